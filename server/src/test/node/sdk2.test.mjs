import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLIENTS, MODERN, MODES, sdk2 } from './clients.mjs';
import { SESSION_ID, host, url } from './daemon.mjs';
import { WebSocketTransport } from './websocket-transport.mjs';

for (const name of Object.keys(CLIENTS).filter(each => each.startsWith('2.x'))) {
  test(`${name}: speaks the revision of its mode`, async () => {
    const client = await CLIENTS[name](host);
    assert.equal(client.getNegotiatedProtocolVersion(), name.includes('legacy') ? '2025-11-25' : MODERN);
    await client.close();
  });
}

test('2.x pinned over WebSocket: has its session back by id', async () => {
  const connect = sessionId => sdk2(new WebSocketTransport(url(sessionId)), MODES.pinned);
  const first = await connect();
  const { [SESSION_ID]: sessionId } = first.getDiscoverResult()._meta;
  await first.call('chat', { prompt: 'opens the session' });
  await first.close();
  const again = await connect(sessionId);
  assert.equal(again.getDiscoverResult()._meta[SESSION_ID], sessionId);
  assert.match((await again.call('chat', { prompt: 'in it again' })).content[0].text, /in it again/);
  await again.close();
});
