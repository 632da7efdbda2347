import WebSocket from 'ws';

/** A user's socket, over which a client follows what it subscribes to. */
export interface Follower {
  /** Returns what ends it. An error of the subscription is told as an event. */
  subscribe(query: string, onEvent: (payload: unknown) => void): () => void;
  close(): void;
}

/** Resolves once the server has let the user in. */
export async function openFollower(url: string, token: string): Promise<Follower> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
  const send = (message: object) => socket.send(JSON.stringify(message));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const acknowledged = new Promise((resolve) => socket.once('message', resolve));
  send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
  await acknowledged;
  const listeners = new Map<string, (payload: unknown) => void>();
  let count = 0;
  socket.on('message', (frame) => {
    const { id, payload } = JSON.parse(String(frame));
    listeners.get(id)?.(payload);
  });
  return {
    subscribe(query, onEvent) {
      const id = String(++count);
      listeners.set(id, onEvent);
      send({ id, type: 'subscribe', payload: { query } });
      return () => {
        listeners.delete(id);
        send({ id, type: 'complete' });
      };
    },
    close: () => socket.terminate(),
  };
}

/** Waits for the first event of a subscription and ends that. */
export async function firstEvent(follower: Follower, query: string): Promise<void> {
  let end = () => {};
  const event = await new Promise<unknown>((resolve) => (end = follower.subscribe(query, resolve)));
  end();
  if ((event as { data?: unknown }).data == null)
    throw new Error(`Expected an event of ${query}, got ${JSON.stringify(event)}`);
}
