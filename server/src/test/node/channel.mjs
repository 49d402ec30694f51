import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Opens a WebSocket that carries JSON-RPC messages, one in each frame. */
function socket(url, onmessage, onclose) {
  const socket = new WebSocket(url, 'mcp');
  const opened = new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error(`no connection to ${url}`));
  });
  opened.catch(() => {});
  socket.onmessage = event => onmessage(JSON.parse(event.data));
  socket.onclose = onclose;
  return { send: text => opened.then(() => socket.send(text), onclose), close: () => socket.close() };
}

/** Starts a program that carries JSON-RPC messages, one in each line. */
function program([command, ...args], onmessage, onclose) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  child.on('error', onclose);
  child.on('exit', onclose);
  child.stdin.on('error', onclose);
  createInterface({ input: child.stdout }).on('line', line => onmessage(JSON.parse(line)));
  return { send: text => child.stdin.write(`${text}\n`), close: () => child.stdin.end() };
}

/** How to open a channel to where these arguments point: the URL of a WebSocket, or a command. */
export function channels(target) {
  const open = target[0].startsWith('ws:') ? socket : program;
  const address = target[0].startsWith('ws:') ? target[0] : target;
  return (onmessage, onclose) => open(address, onmessage, onclose);
}
