import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from '@modelcontextprotocol/client';
import { contract } from './contract.mjs';
import { SESSION_ID, url } from './daemon.mjs';
import { WebSocketTransport } from './websocket-transport.mjs';

const MODERN = '2026-07-28';

async function connect(mode, sessionId) {
  const client = new Client({ name: 'sdk-2', version: '1.0.0' }, { versionNegotiation: { mode } });
  await client.connect(new WebSocketTransport(url(sessionId)));
  client.call = (name, args, options) => client.callTool({ name, arguments: args }, options);
  return client;
}

const modes = { legacy: 'legacy', auto: 'auto', pinned: { pin: MODERN } };
for (const [name, mode] of Object.entries(modes)) {
  contract(`2.x ${name}`, () => connect(mode));

  test(`2.x ${name}: speaks the revision of its mode`, async () => {
    const client = await connect(mode);
    assert.equal(client.getNegotiatedProtocolVersion(), name === 'legacy' ? '2025-11-25' : MODERN);
    await client.close();
  });
}

test('2.x pinned: has its session back by id', async () => {
  const first = await connect(modes.pinned);
  const { [SESSION_ID]: sessionId } = first.getDiscoverResult()._meta;
  await first.call('chat', { prompt: 'opens the session' });
  await first.close();
  const again = await connect(modes.pinned, sessionId);
  assert.equal(again.getDiscoverResult()._meta[SESSION_ID], sessionId);
  assert.match((await again.call('chat', { prompt: 'in it again' })).content[0].text, /in it again/);
  await again.close();
});
