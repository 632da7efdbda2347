import { existsSync } from 'node:fs';
import { createClient } from './client.js';
import { evaluate } from './evaluation.js';
import { goOn } from './goOn.js';
import { loadBars } from './market.js';
import { type DemoOptions, endpoint, parseOptions, USAGE, UsageError } from './options.js';
import { readDecisions, readPerformance } from './readback.js';
import { newId, replay } from './replay.js';
import { addressesText, areStreamsWhole, type Report, reportText } from './report.js';
import { onStopRequest, startServer } from './server.js';
import { createStreams } from './streams.js';
import { createTally } from './tally.js';
import { createTape } from './tape.js';

/** The command line was wrong (sysexits.h). */
const EXIT_USAGE = 64;
/** Ended before there was what was asked for. */
const EXIT_INTERRUPTED = 130;
/** Nothing keeps the process longer once it is to end; the database ends with it. */
const STOP_LIMIT_MS = 4_900;
const STREAM_GRACE_MS = 10_000;

async function play(options: DemoOptions, url: string): Promise<Report> {
  const client = createClient(url);
  const tally = createTally();
  const tape = createTape(options.json ? process.stderr : process.stdout, options.days);
  const streams = createStreams(client, tally, tape);
  const userNodeId = newId();
  try {
    const bars = await loadBars();
    const { days } = options;
    const pace = { firstDay: 0, days, paceMs: 0 };
    const run = await replay({ client, streams, observer: tape, bars, userNodeId, ...pace });
    await streams.drain(STREAM_GRACE_MS);
    const decisions = await readDecisions(client, userNodeId);
    const evaluation = evaluate(decisions, await readPerformance(client, userNodeId));
    return {
      ...evaluation,
      days,
      seconds: run.seconds,
      decisionsPerSecond: decisions.length / run.seconds,
      streams: tally.summary(decisions.flatMap((one) => one.conversation ?? [])),
      url,
      userNodeId,
      executionId: run.lastExecutionId,
    };
  } finally {
    tape.end();
    streams.stop();
    await client.close();
  }
}

/** Prints the report, and where to look on when the server outlives it. */
function tell(report: Report, options: DemoOptions, staysUp: boolean): void {
  process.stdout.write(`${options.json ? JSON.stringify(report, null, 2) : reportText(report)}\n`);
  const say = options.json ? process.stderr : process.stdout;
  if (!options.exit) say.write(`${addressesText(report)}\n`);
  if (staysUp) say.write('\nThe swarm goes on, one word at a time: watch it in the room. Ctrl-C ends it.\n');
}

/** Resolves when we are to end; who asks again does not want to wait. */
function interruption(): Promise<'interrupted'> {
  return new Promise((resolve) => {
    onStopRequest(
      process,
      () => {
        setTimeout(() => process.exit(EXIT_INTERRUPTED), STOP_LIMIT_MS).unref();
        resolve('interrupted');
      },
      () => process.exit(EXIT_INTERRUPTED),
    );
  });
}

async function main(args: string[]): Promise<number> {
  const options = parseOptions(args);
  if (options.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (existsSync('.env')) process.loadEnvFile('.env');
  const interrupted = interruption();
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  // Who asked for an end in any case has not got the figures.
  const interruptedCode = options.exit ? EXIT_INTERRUPTED : 0;
  const starting = options.url ? null : startServer(process.env, say);
  const server = await Promise.race([starting, interrupted]);
  // The database ends with us.
  if (server === 'interrupted') return interruptedCode;
  try {
    const url = server ? endpoint(server.url) : (options.url ?? '');
    say(`Watch it: ${new URL('/', url).href} · try it: ${new URL('/playground', url).href}`);
    const report = await Promise.race([play(options, url), interrupted]);
    if (report === 'interrupted') return interruptedCode;
    const staysUp = server !== null && !options.exit;
    tell(report, options, staysUp);
    if (staysUp) {
      const going = new AbortController();
      const gone = goOn(url, report, going.signal);
      await Promise.race([interrupted, gone.then(() => interrupted)]);
      going.abort();
      await gone;
    }
    return areStreamsWhole(report.streams) && report.decisions === options.days ? 0 : 1;
  } finally {
    await server?.stop();
  }
}

main(process.argv.slice(2)).then(
  (code) => process.stdout.write('', () => process.exit(code)), // once a slow pipe has taken everything
  (error: unknown) => {
    const isUsage = error instanceof UsageError;
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(isUsage ? `${reason}\n\n${USAGE}` : `The demo failed: ${reason}\n`);
    process.exit(isUsage ? EXIT_USAGE : 1);
  },
);
