import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

export interface SubPath {
  /** `http://127.0.0.1:4001/sub` */
  url: string;
  /** What was asked of it beside the path that it serves. */
  outside: string[];
  stop(): Promise<void>;
}

export interface SubPathOptions {
  /** The `Host` it asks the server under; the browser's own unless said. */
  host?: string;
}

/** A usual proxy: it maps `/sub/` to the server's `/`, and knows nothing of anything else. */
export async function startSubPath(target: string, { host }: SubPathOptions = {}): Promise<SubPath> {
  const outside: string[] = [];
  const open = new Set<Duplex>();
  /** The same request of the server; null where it is none of the path's. */
  const passedOn = ({ method, url = '/', headers }: IncomingMessage) => {
    if (!url.startsWith('/sub/')) {
      outside.push(url);
      return null;
    }
    const { hostname, port } = new URL(target);
    const asked = { ...headers, ...(host !== undefined && { host }) };
    return request({ hostname, port, method, path: url.slice('/sub'.length), headers: asked });
  };
  const proxy = createServer((incoming, outgoing) => {
    const sent = passedOn(incoming);
    if (sent === null) return void outgoing.writeHead(404).end();
    sent.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    sent.on('error', () => outgoing.destroy());
    incoming.pipe(sent);
  });
  proxy.on('upgrade', (incoming, client: Duplex) => {
    const sent = passedOn(incoming);
    client.on('error', () => {});
    if (sent === null) return void client.end('HTTP/1.1 404 Not Found\r\n\r\n');
    sent.on('upgrade', (answer, server) => {
      open.add(client).add(server);
      client.write(`HTTP/1.1 101 Switching Protocols\r\n${linesOf(answer)}\r\n\r\n`);
      server.on('error', () => client.destroy()).pipe(client);
      client.on('close', () => server.destroy()).pipe(server);
    });
    sent.on('response', (answer) => client.end(`HTTP/1.1 ${answer.statusCode} Refused\r\n\r\n`));
    sent.on('error', () => client.destroy());
    sent.end();
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/sub`,
    outside,
    async stop() {
      for (const socket of open) socket.destroy();
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}

const linesOf = ({ rawHeaders }: IncomingMessage): string =>
  rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${rawHeaders[i + 1]}`] : [])).join('\r\n');
