/** A feed in use, and what lets go of it. */
export interface Held<T> {
  feed: T;
  release: () => void;
}

/** One feed per key, for as long as anybody holds it. */
export function shared<T extends { close(): void }>() {
  const feeds = new Map<string, { opening: Promise<T | null>; holders: number }>();
  const leave = (key: string, entry: { opening: Promise<T | null>; holders: number }): void => {
    entry.holders--;
    if (entry.holders > 0) return;
    if (feeds.get(key) === entry) feeds.delete(key);
    void entry.opening.then(
      (feed) => feed?.close(),
      () => {},
    );
  };
  return {
    async hold(key: string, open: () => Promise<T | null>): Promise<Held<T> | null> {
      let entry = feeds.get(key);
      if (entry === undefined) feeds.set(key, (entry = { opening: open(), holders: 0 }));
      entry.holders++;
      const held = entry;
      let isHeld = true;
      const release = () => {
        if (isHeld) leave(key, held);
        isHeld = false;
      };
      try {
        const feed = await entry.opening;
        if (feed !== null) return { feed, release };
        release();
        return null;
      } catch (error) {
        release();
        throw error;
      }
    },
    closeAll(): void {
      for (const { opening } of feeds.values()) {
        void opening.then(
          (feed) => feed?.close(),
          () => {},
        );
      }
      feeds.clear();
    },
  };
}
