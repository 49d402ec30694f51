import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WebSocketClientTransport } from '@modelcontextprotocol/sdk/client/websocket.js';
import { sdk1 } from './clients.mjs';
import { RESUMED, SESSION_ID, outcomes, until, url } from './daemon.mjs';

/** The client's own transport, which keeps what it hears. */
class ListeningTransport extends WebSocketClientTransport {
  messages = [];

  async start() {
    const deliver = this.onmessage;
    this.onmessage = message => {
      this.messages.push(message);
      deliver?.(message);
    };
    await super.start();
  }
}

/** A client of a session that is there, when one is named. */
const connect = sessionId => sdk1(new ListeningTransport(url(sessionId)));

test('1.x over WebSocket: receives on a new connection what the lost one was owed', async () => {
  const prompt = 'owed to a client of 1.x';
  const lost = await connect();
  const { [SESSION_ID]: sessionId } = lost.transport.messages[0].result._meta;
  const call = lost.call('chat', { prompt });
  await until('the call runs', async () => (await outcomes(prompt)).length === 1);
  await lost.close();
  await assert.rejects(call);
  const back = await connect(sessionId);
  const { messages } = back.transport;
  const initialized = messages.find(message => message.result?.serverInfo);
  assert.equal(initialized.result._meta[SESSION_ID], sessionId);
  assert.equal(initialized.result._meta[RESUMED], true);
  await until('the answer', async () => messages.some(message => message.result?.content?.[0].text.endsWith(prompt)));
  assert.equal((await back.listTools()).tools.length, 4);
  await back.close();
  assert.deepEqual(await outcomes(prompt), ['ok']);
});
