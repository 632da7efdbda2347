import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault, noFindings } from './fault.js';
import { startConversation } from './support/api.js';
import type { Asking } from './support/asking.js';
import { decisionKeyFaults } from './support/decisionKeys.js';
import { type Killables, spawnKillables } from './support/killables.js';
import { createLedger, type Ledger } from './support/ledger.js';
import { tenantFaults } from './support/otherTenant.js';
import { conflictFaults, onceFaults, sendAtOnce } from './support/parallel.js';
import { readWhole, seqFaults } from './support/reading.js';
import { ADD_MESSAGE, messageInput, type Said, sayMany, say as sayOnce, textOf } from './support/saying.js';

const ROUNDS = { full: 20, short: 2 };
/** How often each message is sent at once. */
const TIMES = 100;
const DECISION_TIMES = 20;
/** Enough for the first messages to be paged out. */
const MORE = 130;
const SERVERS = [0, 1];

export const retries: Fault = {
  name: 'retries',
  promise: 'P1 P2 P12',
  title:
    '20 × one message sent 100 times at once over two processes, again with both killed meanwhile, paged out, with other words and by another user: stored once, one answer for all; the same of decisions and feedback',
  broken: 'each retry has a key of its own',

  async run({ scale, isBroken, say, database }) {
    const apps = await spawnKillables(database, {}, {});
    const [stranger] = (
      await spawnKillables(database, {
        wrap: ['as-other-user'],
        mongodbDatabase: apps.databaseName,
        options: { sweepMs: 3_600_000 },
      })
    ).urls as [string];
    const ledger = createLedger();
    const failures: string[] = [];
    for (let round = 1; round <= ROUNDS[scale]; round++) {
      failures.push(...(await retryAll({ apps, stranger, ledger, isUnkeyed: isBroken })));
      if (round % 5 === 0) say(`${round} of ${ROUNDS[scale]} rounds`);
    }
    const checked = await ledger.check({ url: apps.next(), subscribers: [] });
    return {
      ...noFindings(),
      ...checked,
      rounds: ROUNDS[scale],
      failures: [...checked.failures, ...failures],
      notes: [`${TIMES} sends of one message at once, ${DECISION_TIMES} of one decision and one feedback`],
    };
  },
};

interface Round {
  apps: Killables;
  /** A process that takes everyone for another user. */
  stranger: string;
  ledger: Ledger;
  isUnkeyed: boolean;
}

async function retryAll({ apps, stranger, ledger, isUnkeyed }: Round): Promise<string[]> {
  const asking: Asking = { urls: apps.next };
  const executionId = await startConversation(apps.next());
  const failures: string[] = [];
  const sendOften = (key: string, text: string) =>
    sendAtOnce<Said>(asking, ADD_MESSAGE, TIMES, (n) => ({
      input: messageInput(executionId, isUnkeyed ? `${key} ${n}` : key, text),
    }));
  const identity = ({ message }: Said) => message;

  const first = await sendOften('first', 'First.');
  failures.push(...onceFaults(first, 'addMessage', identity));
  const stored = first.answers[0]?.message ?? null;

  const sending = sendOften('second', 'Second.');
  await sleep(Math.random() * 300);
  await apps.kill(...SERVERS);
  await apps.restart(...SERVERS);
  failures.push(...onceFaults(await sending, 'addMessage, both killed meanwhile', identity));
  const same = async (when: string): Promise<void> => {
    const again = await sendOften('first', 'First.');
    failures.push(...onceFaults(again, `addMessage ${when}`, identity, true));
    const other = await sayOnce(asking, executionId, 'first', 'Other words.');
    failures.push(...conflictFaults(other, `addMessage ${when}`, other.message, stored));
    const shown = again.answers[0]?.message ?? null;
    if (JSON.stringify(shown) !== JSON.stringify(stored)) {
      failures.push(
        `addMessage ${when}: answered ${JSON.stringify(shown)}, first ${JSON.stringify(stored)}.`,
      );
    }
  };
  await same('after a restart');
  // Its two messages are not in the ledger.
  await sayMany({ ...asking, executionId, first: 3, last: MORE, writers: 4, ledger });
  await same('when it was paged out');

  const decided = await decisionKeyFaults(asking, DECISION_TIMES, isUnkeyed);
  failures.push(...decided.failures);
  const known = { ...decided, executionId, key: 'first', text: 'First.' };
  failures.push(...(await tenantFaults({ urls: () => stranger }, known)));

  const messages = await readWhole(asking, executionId, 'forwards');
  const seqs = messages.map(({ seq }) => seq);
  failures.push(...seqFaults(seqs, 1, MORE, 'with each message stored once'));
  const texts = messages.map(({ text }) => text).sort();
  const said = ['First.', 'Second.', ...Array.from({ length: MORE - 2 }, (_, i) => textOf(i + 3))].sort();
  if (texts.join() !== said.join()) failures.push('Other messages are stored than were said.');
  return failures;
}
