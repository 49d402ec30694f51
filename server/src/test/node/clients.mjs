import { Client as Client2, StreamableHTTPClientTransport as Http2 } from '@modelcontextprotocol/client';
import { Client as Client1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as Http1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { WebSocketClientTransport } from '@modelcontextprotocol/sdk/client/websocket.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  LoggingMessageNotificationSchema,
  PromptListChangedNotificationSchema,
  ToolListChangedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { WebSocketTransport } from './websocket-transport.mjs';

export const MODERN = '2026-07-28';
const CAPABILITIES = { elicitation: { form: {} }, sampling: {}, roots: {} };
const SCHEMAS = {
  'elicitation/create': ElicitRequestSchema,
  'sampling/createMessage': CreateMessageRequestSchema,
  'roots/list': ListRootsRequestSchema,
  'notifications/message': LoggingMessageNotificationSchema,
  'notifications/tools/list_changed': ToolListChangedNotificationSchema,
  'notifications/prompts/list_changed': PromptListChangedNotificationSchema,
};

/** What each field of a form is filled with, by name. */
const FIELDS = { username: 'ada', email: 'ada@example.org', name: 'Ada', color: 'blue', ok: true, confirm: true };

/** How the user and the user's model answer the server. */
const ANSWERS = {
  'elicitation/create': ({ message, requestedSchema }) =>
    message === 'refuse me'
      ? { action: 'decline' }
      : {
          action: 'accept',
          content: Object.fromEntries(Object.keys(requestedSchema.properties).map(field => [field, FIELDS[field]])),
        },
  'sampling/createMessage': () => ({ model: 'none', role: 'assistant', content: { type: 'text', text: 'Paris' } }),
  'roots/list': () => ({ roots: [{ uri: 'file:///work', name: 'work' }] }),
};

/** Answers requests, and keeps notifications in `heard`. */
function prepare(client, key) {
  client.heard = [];
  for (const [method, answer] of Object.entries(ANSWERS)) {
    client.setRequestHandler(key(method), async request => answer(request.params));
  }
  for (const method of Object.keys(SCHEMAS).filter(name => name.startsWith('notifications/'))) {
    client.setNotificationHandler(key(method), notification => void client.heard.push(notification));
  }
  return client;
}

/** A connected client of SDK 1.x, whose calls have the shape that the contracts use. */
export async function sdk1(transport) {
  const options = { capabilities: CAPABILITIES };
  const client = prepare(new Client1({ name: 'sdk-1', version: '1.0.0' }, options), method => SCHEMAS[method]);
  await client.connect(transport);
  client.call = (name, args, options) => client.callTool({ name, arguments: args }, undefined, options);
  return client;
}

/** A connected client of SDK 2.x, alike. */
export async function sdk2(transport, mode) {
  const options = { capabilities: CAPABILITIES, versionNegotiation: { mode } };
  const client = prepare(new Client2({ name: 'sdk-2', version: '1.0.0' }, options), method => method);
  await client.connect(transport);
  client.modern = client.getNegotiatedProtocolVersion() === MODERN;
  client.call = (name, args, options) => client.callTool({ name, arguments: args }, options);
  return client;
}

export const MODES = { legacy: 'legacy', auto: 'auto', pinned: { pin: MODERN } };

/** Every client on every transport: its name, and how to connect it to a host and port. */
export const CLIENTS = {
  '1.x over WebSocket': host => sdk1(new WebSocketClientTransport(new URL(`ws://${host}/mcp/ws`))),
  '1.x over HTTP': host => sdk1(new Http1(new URL(`http://${host}/mcp`))),
};
for (const [name, mode] of Object.entries(MODES)) {
  CLIENTS[`2.x ${name} over WebSocket`] = host => sdk2(new WebSocketTransport(new URL(`ws://${host}/mcp/ws`)), mode);
  CLIENTS[`2.x ${name} over HTTP`] = host => sdk2(new Http2(new URL(`http://${host}/mcp`)), mode);
}
