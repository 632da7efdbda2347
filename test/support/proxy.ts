import { connect, createServer, type Socket } from 'node:net';

/** What happens to bytes on their way: as they come, late, not at all, or not even a connection. */
type State = { is: 'passing' | 'silent' | 'cut' } | { is: 'slow'; ms: number };

export interface Proxy {
  port: number;
  /** Connections made in another state keep silent where they were silent: as behind a firewall that forgot them. */
  become(state: State): void;
  close(): Promise<void>;
}

/** A line to `127.0.0.1:port` that a test can break. */
export async function createProxy(port: number): Promise<Proxy> {
  let state: State = { is: 'passing' };
  const open = new Set<Socket>();
  const forgotten = new WeakSet<Socket>();
  const timers = new Set<NodeJS.Timeout>();
  const hand = (from: Socket, to: Socket): void => {
    open.add(from);
    from.on('error', () => {});
    from.on('close', () => {
      open.delete(from);
      to.destroy();
    });
    from.on('data', (chunk) => {
      if (state.is === 'silent') forgotten.add(from);
      if (forgotten.has(from)) return;
      if (state.is !== 'slow') return void to.write(chunk);
      const timer = setTimeout(() => {
        timers.delete(timer);
        if (!to.destroyed) to.write(chunk);
      }, state.ms);
      timers.add(timer);
    });
  };
  const server = createServer((client) => {
    if (state.is === 'cut') return void client.destroy();
    const database = connect(port, '127.0.0.1');
    hand(client, database);
    hand(database, client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Expected an address with a port.');
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: address.port,
    become(next) {
      state = next;
      if (next.is === 'silent') for (const socket of open) forgotten.add(socket);
      if (next.is === 'cut') cut();
    },
    async close() {
      for (const timer of timers) clearTimeout(timer);
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
