// A network between one browser and the server that can be cut and healed.
// The browser's own "offline" switch leaves open WebSockets alone.

import { connect, createServer } from "node:net";

export class Proxy {
  /** Listens on a free port and passes everything on to `port`. */
  static async start(port) {
    const proxy = new Proxy();
    proxy.isCut = false;
    proxy.sockets = new Set();
    proxy.server = createServer((client) => proxy.pass(client, port));
    await new Promise((resolve) => proxy.server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get url() {
    return `http://127.0.0.1:${this.server.address().port}`;
  }

  /** The same link, through this network. */
  through(link) {
    const { pathname, hash } = new URL(link);
    return `${this.url}${pathname}${hash}`;
  }

  /** Breaks every connection and lets none in. */
  cut() {
    this.isCut = true;
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  /** Lets connections in again. */
  heal() {
    this.isCut = false;
  }

  async stop() {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  pass(client, port) {
    if (this.isCut) {
      client.on("error", () => {});
      client.resetAndDestroy();
      return;
    }
    const upstream = connect(port, "127.0.0.1");
    for (const [socket, other] of [[client, upstream], [upstream, client]]) {
      this.sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        this.sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  }
}
