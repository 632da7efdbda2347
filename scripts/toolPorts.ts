import type { Db } from 'mongodb';
import { steadyClock } from '../src/clock.js';
import { createInTurn } from '../src/domain/inTurn.js';
import type { Ports } from '../src/domain/ports.js';
import { newId } from '../src/mongo/ids.js';
import { createStores } from '../src/mongo/stores.js';

/** The ports of a tool beside the servers, which see what it writes by their change streams. */
export const toolPorts = (db: Db, report: Ports['report']): Ports => ({
  ...createStores(db, report),
  bus: { publish: () => {}, wakeAll: () => {}, subscribe: () => () => {} },
  clock: steadyClock,
  inTurn: createInTurn(),
  longInTurn: createInTurn(),
  newId: () => newId(steadyClock.now()),
  report,
});
