import { connect, createServer } from 'node:net';

/** A TCP proxy in front of a host and port, whose connections can be cut. */
export async function proxy(target) {
  const [host, port] = target.split(':');
  const open = new Set();
  const server = createServer(inner => {
    const outer = connect(Number(port), host);
    for (const [socket, other] of [[inner, outer], [outer, inner]]) {
      open.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${server.address().port}`,
    cut: () => open.forEach(socket => socket.destroy()),
    close() {
      this.cut();
      server.close();
    },
  };
}
