import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { FAULTS } from './all.js';
import { type Fault, type Findings, holds, holdsButLate, holdsButOverdue, type RunOptions } from './fault.js';
import { cleanUp, cleanupMark } from './support/cleanup.js';
import { type FaultDatabase, startFaultDatabase } from './support/database.js';
import { formatTable, type Outcome } from './table.js';

const USAGE = `Usage: tsx test/faults/main.ts [--short] [--only NAME,NAME] [--sound] [--list]
  --short  a few rounds of each fault
  --only   these faults
  --sound  without the broken variants
  --list   only says which faults there are
`;
const LIMIT_MS = 10 * 60_000;
/** In short, how often a fault is tried that is overdue and nothing else: a defect of the server is so each time. */
const TRIES = 3;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

interface Plan {
  faults: readonly Fault[];
  scale: RunOptions['scale'];
  isSoundOnly: boolean;
}

/** Does to a running system what may happen to one, and says in one table what it held. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      short: { type: 'boolean', default: false },
      only: { type: 'string' },
      sound: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
    },
  });
  const faults = choose(values.only);
  if (values.list) {
    for (const { name, promise, title } of faults) process.stdout.write(`${name} (${promise})\n  ${title}\n`);
    return 0;
  }
  return runAll({ faults, scale: values.short ? 'short' : 'full', isSoundOnly: values.sound });
}

function choose(only: string | undefined): readonly Fault[] {
  if (only === undefined) return FAULTS;
  return only.split(',').map((name) => {
    const fault = FAULTS.find((known) => known.name === name);
    if (fault === undefined) throw new Error(`There is no fault "${name}"; --list names them.`);
    return fault;
  });
}

async function runAll({ faults, scale, isSoundOnly }: Plan): Promise<number> {
  const database = await startFaultDatabase(say);
  const outcomes: Outcome[] = [];
  for (const fault of faults) {
    outcomes.push(await runSound(fault, scale, database));
    if (!isSoundOnly) outcomes.push(await runOne(fault, { scale: 'short', isBroken: true }, database));
  }
  const failed = new Set(outcomes.filter(({ verdict }) => isBad(verdict)).map(({ fault }) => fault)).size;
  const skipped = outcomes.filter(({ verdict, isBroken }) => verdict === 'skipped' && !isBroken).length;
  const held = faults.length - failed - skipped;
  const told = skipped === 0 ? '' : `, ${skipped} skipped`;
  for (const line of lateOf(outcomes)) say(line);
  process.stdout.write(`${formatTable(outcomes)}\nFaults: ${held} held, ${failed} failed${told}\n`);
  return failed === 0 ? 0 : 1;
}

/** What was late and held all the same: in short goals in time of our own are told only. */
const lateOf = (outcomes: readonly Outcome[]): string[] =>
  outcomes.flatMap(({ fault, verdict, findings }) =>
    verdict === 'held'
      ? (findings?.late ?? []).map((what) => `late, which fails in full: ${fault.name}: ${what}`)
      : [],
  );

const isBad = (verdict: Outcome['verdict']): boolean => verdict === 'FAILED' || verdict === 'NOT CAUGHT';

/** Machines that run it in short do other things besides; in full it has one try. */
async function runSound(fault: Fault, scale: RunOptions['scale'], database: FaultDatabase): Promise<Outcome> {
  for (let tries = 1; ; tries++) {
    const outcome = await runOne(fault, { scale, isBroken: false }, database);
    const isOverdue =
      outcome.verdict === 'FAILED' && outcome.findings !== null && holdsButOverdue(outcome.findings);
    if (!isOverdue || scale === 'full' || tries === TRIES) return outcome;
    say(`  overdue, and nothing else: try ${tries + 1} of ${TRIES}`);
  }
}

/** An exception fails a sound run; a broken variant is caught by it, unless the harness itself is at fault. */
async function runOne(
  fault: Fault,
  variant: Pick<RunOptions, 'scale' | 'isBroken'>,
  database: FaultDatabase,
): Promise<Outcome> {
  const { isBroken } = variant;
  say(isBroken ? `${fault.name}, broken: ${fault.broken}` : `${fault.name}: ${fault.title}`);
  const mark = cleanupMark();
  const startedMs = performance.now();
  let findings: Findings | null = null;
  let failures: string[];
  let isHarnessFault = false;
  try {
    const told = (line: string) => say(`  ${line}`);
    findings = await limited(fault.run({ ...variant, database, say: told }));
    failures = [...findings.failures, ...findings.overdue, ...findings.late];
  } catch (error) {
    isHarnessFault = isProgrammingError(error);
    const isWhole = error instanceof Error && (!isBroken || isHarnessFault);
    failures = [isWhole ? (error.stack ?? error.message) : String(error)];
  }
  await cleanUp(mark, say);
  const isStrict = isBroken || variant.scale === 'full';
  const isHeld = findings !== null && (isStrict ? holds : holdsButLate)(findings);
  // A broken variant that the harness itself trips over was not caught by anything.
  const verdict = verdictOf(isBroken, isHeld || (isBroken && isHarnessFault), findings?.skipped);
  for (const note of findings?.notes ?? []) say(`  ${note}`);
  for (const failure of failures) say(`  ✗ ${failure}`);
  // Goals in time are for a machine that has nothing else to do.
  if (failures.length > 0)
    say(`  load average ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`);
  say(`  ${verdict} after ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
  return { fault, isBroken, findings, verdict };
}

function verdictOf(isBroken: boolean, isHeld: boolean, skipped: string | undefined): Outcome['verdict'] {
  if (skipped !== undefined) {
    say(`  skipped: ${skipped}`);
    return 'skipped';
  }
  if (isBroken) return isHeld ? 'NOT CAUGHT' : 'caught';
  return isHeld ? 'held' : 'FAILED';
}

/** `fetch` throws a TypeError with a cause for a broken connection. */
const isProgrammingError = (error: unknown): boolean =>
  error instanceof ReferenceError ||
  error instanceof SyntaxError ||
  (error instanceof TypeError && error.cause === undefined);

/** What goes on behind it then has its processes taken away. */
async function limited<T>(run: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It is not over after ${LIMIT_MS / 60_000} min.`)), LIMIT_MS);
  });
  try {
    return await Promise.race([run, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Ends all that was started, then this process: by then there is nothing that could hold it up. */
async function leave(code: number): Promise<never> {
  await cleanUp(0, say);
  process.exit(code);
}

let isLeaving = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // Who asks twice does not want to wait; processes are killed at exit.
    if (isLeaving) process.exit(130);
    isLeaving = true;
    void leave(130);
  });
}
// What nobody waits for any more, since its run is over, spoils no other run.
process.on('unhandledRejection', (error) => say(`  nobody waited for: ${error}`));
process.on('uncaughtException', (error) => {
  say(`Uncaught: ${error.stack}`);
  void leave(1);
});
main().then(leave, (error: unknown) => {
  say(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  void leave(2);
});
