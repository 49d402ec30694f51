import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { WebSocketClientTransport } from '@modelcontextprotocol/sdk/client/websocket.js';
import { contract } from './contract.mjs';
import { RESUMED, SESSION_ID, outcomes, until, url } from './daemon.mjs';

/** The client's own transport, which keeps what it hears. */
class ListeningTransport extends WebSocketClientTransport {
  heard = [];

  async start() {
    const deliver = this.onmessage;
    this.onmessage = message => {
      this.heard.push(message);
      deliver?.(message);
    };
    await super.start();
  }
}

/** A client whose calls have the shape that the contract uses; of a session that is there, when one is named. */
async function connect(sessionId) {
  const client = new Client({ name: 'sdk-1', version: '1.0.0' });
  const transport = new ListeningTransport(url(sessionId));
  await client.connect(transport);
  client.heard = transport.heard;
  client.call = (name, args, options) => client.callTool({ name, arguments: args }, undefined, options);
  return client;
}

contract('1.x', () => connect());

test('1.x: receives on a new connection what the lost one was owed', async () => {
  const prompt = 'owed to a client of 1.x';
  const lost = await connect();
  const { [SESSION_ID]: sessionId } = lost.heard[0].result._meta;
  const call = lost.call('chat', { prompt });
  await until('the call runs', async () => (await outcomes(prompt)).length === 1);
  await lost.close();
  await assert.rejects(call);
  const back = await connect(sessionId);
  const initialized = back.heard.find(message => message.result?.serverInfo);
  assert.equal(initialized.result._meta[SESSION_ID], sessionId);
  assert.equal(initialized.result._meta[RESUMED], true);
  await until('the answer', async () => back.heard.some(message => message.result?.content?.[0].text.endsWith(prompt)));
  assert.equal((await back.listTools()).tools.length, 4);
  await back.close();
  assert.deepEqual(await outcomes(prompt), ['ok']);
});
