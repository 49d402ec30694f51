import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { CLIENTS, sdk1 } from './clients.mjs';
import { FIXTURES, host, outcomes, until } from './daemon.mjs';
import { proxy } from './proxy.mjs';

const WORDS = 'word '.repeat(60).trim();

/** Calls `chat`, cuts every connection when text is seen, and gives the call and its prompt. */
async function cutInTheMiddle(name, timeout, body) {
  const wire = await proxy(host);
  const client = await CLIENTS[name](wire.host);
  try {
    const prompt = `${randomUUID()} is cut ${WORDS}`;
    const begun = Promise.withResolvers();
    const call = client.call('chat', { prompt }, { onprogress: begun.resolve, timeout });
    call.catch(() => {});
    await begun.promise;
    wire.cut();
    await body(call, prompt, client);
  } finally {
    await client.close();
    wire.close();
  }
}

for (const name of ['1.x over HTTP', '2.x legacy over HTTP']) {
  test(`${name}: has its answer though the stream was cut, from one run`, () =>
    cutInTheMiddle(name, 30_000, async (call, prompt, client) => {
      assert.equal((await call).content[0].text, `[sandbox] You said: ${prompt}`);
      assert.deepEqual(await outcomes(prompt), ['ok']);
      assert.equal((await client.listTools()).tools.length, 4);
    }));

  test(`${name}: fetches the answer to a call whose stream the server has closed`, async () => {
    const client = await CLIENTS[name](FIXTURES);
    const result = await client.call('test_reconnection', {});
    assert.match(result.content[0].text, /after the stream was closed/);
    await client.close();
  });
}

for (const name of ['2.x auto over HTTP', '2.x pinned over HTTP']) {
  test(`${name}: ends a call by losing its stream, down to the vendor`, () =>
    cutInTheMiddle(name, 3_000, async (call, prompt, client) => {
      await until('the sandbox notices', async () => (await outcomes(prompt)).includes('cancelled'));
      await assert.rejects(call, /timed out/); // the client does not tell its caller before
      assert.equal((await client.listTools()).tools.length, 4);
    }));
}

test('1.x over HTTP: goes on in a session that another client began, until it is ended', async () => {
  const url = new URL(`http://${host}/mcp`);
  const first = await CLIENTS['1.x over HTTP'](host);
  const { sessionId, protocolVersion } = first.transport;
  await first.close();
  const transport = new StreamableHTTPClientTransport(url, { sessionId });
  transport.setProtocolVersion(protocolVersion);
  const second = await sdk1(transport);
  assert.equal(second.transport.sessionId, sessionId);
  assert.match((await second.call('chat', { prompt: 'in it again' })).content[0].text, /in it again/);
  await second.transport.terminateSession();
  const late = new StreamableHTTPClientTransport(url, { sessionId });
  late.setProtocolVersion(protocolVersion);
  const third = await sdk1(late);
  await assert.rejects(third.listTools(), { code: 404 });
  await third.close();
  await second.close();
});
