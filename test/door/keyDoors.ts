import { afterEach } from '@jest/globals';
import { createClient } from '../support/client.js';
import { type KeyServer, keysOf, type Pair, startKeyServer } from '../support/keyServer.js';
import { until } from '../support/until.js';
import { useServers } from '../transport/servers.js';
import { useProtocolSockets } from './protocolSocket.js';

export const AWAY = 'The keys for tokens cannot be had just now; try again in a moment.';
export const NOT_OURS = 'Expected a token signed for this server, got one that is not.';

/** Call once per test file: servers whose tokens are checked by keys of a key server of their own, and both doors. */
export function useKeyDoors() {
  const startServer = useServers();
  const { connect } = useProtocolSockets({
    get app(): never {
      throw new Error('Each test has a server of its own.');
    },
  });
  let keyServers: KeyServer[] = [];
  afterEach(async () => {
    for (const { stop } of keyServers) await stop();
    keyServers = [];
  });

  return {
    startServer,
    async keyServerOf(...pairs: Pair[]): Promise<KeyServer> {
      const keyServer = await startKeyServer(keysOf(...pairs));
      keyServers.push(keyServer);
      return keyServer;
    },
    post: (url: string, token: string) => createClient(url, token).send('{ viewer { id } }'),
    /** What a socket is closed with, 0 when it is let in. */
    async enter(url: string, token: string): Promise<[code: number, reason: string]> {
      const { socket, send, frames, closed } = await connect({ url });
      send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
      await until('it is answered', () => frames.length > 0 || socket.readyState === socket.CLOSED);
      return frames.length > 0 ? [0, ''] : closed;
    },
  };
}
