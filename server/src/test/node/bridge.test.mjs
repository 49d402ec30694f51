import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as Client1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as StdioClientTransport1 } from '@modelcontextprotocol/sdk/client/stdio.js';
import { contract } from './contract.mjs';
import { url } from './daemon.mjs';

/** How a client starts the bridge. */
const bridge = {
  command: 'java',
  args: ['-jar', process.env.EXAI_TEST_JAR, 'stdio', '--url', url().href],
  stderr: 'pipe',
};

async function connect1() {
  const client = new Client1({ name: 'sdk-1', version: '1.0.0' });
  await client.connect(new StdioClientTransport1(bridge));
  client.call = (name, args, options) => client.callTool({ name, arguments: args }, undefined, options);
  return client;
}

async function connect2(mode) {
  const client = new Client({ name: 'sdk-2', version: '1.0.0' }, { versionNegotiation: { mode } });
  await client.connect(new StdioClientTransport(bridge));
  client.call = (name, args, options) => client.callTool({ name, arguments: args }, options);
  return client;
}

contract('1.x over stdio', connect1);
contract('2.x legacy over stdio', () => connect2('legacy'));
contract('2.x auto over stdio', () => connect2('auto'));
contract('2.x pinned over stdio', () => connect2({ pin: '2026-07-28' }));

test('2.x auto over stdio: speaks the modern revision', async () => {
  const client = await connect2('auto');
  assert.equal(client.getNegotiatedProtocolVersion(), '2026-07-28');
  await client.close();
});

test('1.x over stdio: leaves no bridge behind', async () => {
  const client = await connect1();
  const { pid } = client.transport;
  const begin = performance.now();
  await client.close();
  assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
  assert.ok(performance.now() - begin < 1_900, 'the client had to kill the bridge');
});
