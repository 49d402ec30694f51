import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { channels } from './channel.mjs';

/**
 * Streamable HTTP in front of a channel with a message in each frame or line, for clients that know only HTTP: a legacy
 * session is one channel, all modern requests share one. Nobody here checks headers, resumes streams or knows statuses
 * other than those that follow from a JSON-RPC code.
 *
 *   shim.mjs URL        or        shim.mjs COMMAND ARGUMENT...
 */
const PROTOCOL = 'io.modelcontextprotocol/protocolVersion';
const SUBSCRIPTION = 'io.modelcontextprotocol/subscriptionId';
const STATUS = { 32601: 404, 32600: 400, 32602: 400, 32700: 400, 32020: 400, 32021: 400, 32022: 400 };

/** One answer over HTTP: plain JSON when the result comes first, else a stream of events. */
class Reply {
  constructor(response, modern) {
    this.response = response;
    this.modern = modern;
  }

  stream() {
    if (!this.response.headersSent) {
      this.response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
      this.response.flushHeaders();
    }
  }

  event(message) {
    this.stream();
    this.response.write(`event: message\ndata: ${JSON.stringify(message)}\n\n`);
  }

  end(message, headers = {}) {
    if (this.response.headersSent) {
      this.event(message);
      this.response.end();
      return;
    }
    const status = (this.modern && STATUS[-message.error?.code]) || 200;
    this.response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(message));
  }
}

/** A channel, and who waits for what on it. Requests have ids of our own there, for clients use the same ones. */
class Connection {
  waiting = new Map();
  listener = null;
  last = 0;

  constructor(open, ended) {
    this.channel = open(message => this.heard(message), ended);
  }

  request(message, reply, headers) {
    const id = `shim-${++this.last}`;
    this.waiting.set(id, { reply, headers, original: message.id, token: message.params?._meta?.progressToken });
    this.channel.send(JSON.stringify({ ...message, id }));
    return id;
  }

  tell(message) {
    const params = { ...message.params };
    if (message.method === 'notifications/cancelled') {
      const waits = [...this.waiting];
      params.requestId = waits.find(([, wait]) => wait.original === params.requestId)?.[0] ?? params.requestId;
      this.channel.send(JSON.stringify({ ...message, params }));
    } else {
      this.channel.send(JSON.stringify(message));
    }
  }

  cancel(id) {
    if (this.waiting.delete(id)) {
      this.channel.send(
        JSON.stringify({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id } }),
      );
    }
  }

  heard(message) {
    const wait = 'method' in message ? undefined : this.waiting.get(message.id);
    if (wait) {
      this.waiting.delete(message.id);
      wait.reply.end(this.named({ ...message, id: wait.original }, wait), wait.headers);
    } else {
      this.addressee(message)?.event(this.named(message));
    }
  }

  /** Whose stream a message of the server belongs to: the channel does not say it for all of them. */
  addressee({ method, params }) {
    const waits = [...this.waiting.entries()];
    const subscription = params?._meta?.[SUBSCRIPTION];
    if (subscription !== undefined) {
      return this.waiting.get(subscription)?.reply;
    }
    if (method === 'notifications/progress') {
      return waits.find(([, wait]) => wait.token === params.progressToken)?.[1].reply;
    }
    return method?.endsWith('_changed') ? this.listener : (waits[0]?.[1].reply ?? this.listener);
  }

  /** The message with the client's own id for a subscription. */
  named(message, ended) {
    const meta = (message.params ?? message.result)?._meta;
    if (meta && SUBSCRIPTION in meta) {
      meta[SUBSCRIPTION] = (ended ?? this.waiting.get(meta[SUBSCRIPTION]))?.original;
    }
    return message;
  }
}

const open = channels(process.argv.slice(2));
const sessions = new Map();
let shared;

function modern() {
  shared ??= new Connection(open, () => (shared = undefined));
  return shared;
}

function isModern(request, message) {
  const version = message.params?._meta?.[PROTOCOL] ?? request.headers['mcp-protocol-version'];
  return version !== undefined && !(version < '2026');
}

function post(request, response, message) {
  if (isModern(request, message)) {
    if (message.id === undefined) {
      response.writeHead(202).end();
      return;
    }
    const connection = modern();
    const id = connection.request(message, new Reply(response, true));
    response.on('close', () => connection.cancel(id));
  } else if (message.method === 'initialize') {
    const id = randomUUID();
    sessions.set(id, new Connection(open, () => sessions.delete(id)));
    sessions.get(id).request(message, new Reply(response), { 'Mcp-Session-Id': id });
  } else {
    const session = sessions.get(request.headers['mcp-session-id']);
    if (!session) {
      response.writeHead(request.headers['mcp-session-id'] ? 404 : 400).end();
    } else if (message.method && message.id !== undefined) {
      session.request(message, new Reply(response));
    } else {
      session.tell(message);
      response.writeHead(202).end();
    }
  }
}

async function handle(request, response) {
  if (request.method === 'POST') {
    let body = '';
    for await (const chunk of request) {
      body += chunk;
    }
    post(request, response, JSON.parse(body));
    return;
  }
  const id = request.headers['mcp-session-id'];
  const session = sessions.get(id);
  if (!session) {
    response.writeHead(id ? 404 : 405).end();
  } else if (request.method === 'GET') {
    session.listener = new Reply(response);
    session.listener.stream();
  } else {
    sessions.delete(id);
    session.channel.close();
    response.writeHead(200).end();
  }
}

const server = createServer((request, response) => {
  handle(request, response).catch(error => response.writeHead(400).end(String(error)));
});
server.listen(0, '127.0.0.1', () => console.log(`shim on http://127.0.0.1:${server.address().port}/mcp`));
