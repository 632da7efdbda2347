import type { Db } from 'mongodb';

const known = new WeakMap<object, boolean>();

/** The name of the one-node set that the embedded database says it is. */
const EMBEDDED_SET = 'secantus';

/** Whether it is the embedded database, ours or one started by hand: it sorts in memory, whatever the index. */
export async function sortsInMemory(db: Db): Promise<boolean> {
  const before = known.get(db.client);
  if (before !== undefined) return before;
  const { setName } = await db.command({ hello: 1 });
  known.set(db.client, setName === EMBEDDED_SET);
  return setName === EMBEDDED_SET;
}
