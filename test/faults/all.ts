import { abuses } from './abuses.js';
import { badCursors } from './bad-cursors.js';
import { clocks } from './clocks.js';
import {
  databaseBlackHole,
  databaseCut,
  databaseFrozen,
  databaseLate,
  databaseSlow,
  databaseTardy,
} from './database-away.js';
import { deadlines } from './deadlines.js';
import { exactSums } from './exact-sums.js';
import type { Fault } from './fault.js';
import { feedbackRaces } from './feedback-races.js';
import { killDatabase } from './kill-database.js';
import { killPagingOutFault } from './kill-paging-out.js';
import { killServer } from './kill-server.js';
import { lastBallots } from './last-ballots.js';
import { longConversation } from './long-conversation.js';
import { lostWakeUps } from './lost-wake-ups.js';
import { poisonedOperation } from './poisoned-operation.js';
import { resetSubscribers } from './reset-subscribers.js';
import { retries } from './retries.js';
import { socketsClosed } from './sockets-closed.js';
import { stopUnderLoad } from './stop-under-load.js';
import { stopWithDatabase } from './stop-with-database.js';
import { stoppedReader } from './stopped-reader.js';
import { twoServers } from './two-servers.js';

/** In the order in which they are run and listed. */
export const FAULTS: readonly Fault[] = [
  killServer,
  killDatabase,
  poisonedOperation,
  abuses,
  socketsClosed,
  databaseCut,
  databaseFrozen,
  databaseBlackHole,
  databaseSlow,
  databaseTardy,
  databaseLate,
  longConversation,
  killPagingOutFault,
  retries,
  badCursors,
  feedbackRaces,
  exactSums,
  resetSubscribers,
  stoppedReader,
  twoServers,
  lostWakeUps,
  lastBallots,
  deadlines,
  stopUnderLoad,
  stopWithDatabase,
  clocks,
];
