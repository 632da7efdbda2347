import type { MongoClient, TopologyDescription } from 'mongodb';

/** Whether the database is known to be away, as told by the driver's heartbeats. */
export interface Reach {
  readonly isAway: boolean;
  /** Told when it is known to be away, and when it is back; answers what unsubscribes. */
  onChange(listener: (isAway: boolean) => void): () => void;
}

/** What is away for less is a restart or one lost heartbeat: the driver waits through that. */
const AWAY_AFTER_MS = 1_000;

/** Listens to a client from before its first connection until it is closed. */
export function watchReach(client: MongoClient): Reach {
  const listeners = new Set<(isAway: boolean) => void>();
  let isAway = false;
  let timer: NodeJS.Timeout | undefined;
  const become = (now: boolean): void => {
    if (isAway === now) return;
    isAway = now;
    for (const listener of listeners) listener(now);
  };

  const onDescription = ({ newDescription }: { newDescription: TopologyDescription }): void => {
    if (canServe(newDescription)) {
      clearTimeout(timer);
      timer = undefined;
      become(false);
    } else timer ??= setTimeout(() => become(true), AWAY_AFTER_MS).unref();
  };
  client.on('topologyDescriptionChanged', onDescription);

  return {
    get isAway() {
      return isAway;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Of a replica set it takes the primary, not the heartbeat of any member. */
const canServe = ({ type, servers }: TopologyDescription): boolean =>
  [...servers.values()].some((server) => (type === 'Single' ? server.type !== 'Unknown' : server.isWritable));
