/** A WebSocket transport for the 2.x client, which has none of its own: one JSON-RPC message per text frame. */
export class WebSocketTransport {
  #url;
  #socket;

  constructor(url) {
    this.#url = url;
  }

  start() {
    return new Promise((resolve, reject) => {
      this.#socket = new WebSocket(this.#url, 'mcp');
      this.#socket.onopen = () => resolve();
      this.#socket.onerror = event => {
        const error = event.error ?? new Error('WebSocket failed');
        reject(error);
        this.onerror?.(error);
      };
      this.#socket.onclose = () => this.onclose?.();
      this.#socket.onmessage = event => this.onmessage?.(JSON.parse(event.data));
    });
  }

  async send(message) {
    this.#socket.send(JSON.stringify(message));
  }

  async close() {
    this.#socket?.close();
  }
}
