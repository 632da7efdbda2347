import Table from 'cli-table3';
import { type Fault, type Findings, noFindings } from './fault.js';

/** How one run of a fault ended; without findings when it threw. */
export interface Outcome {
  fault: Fault;
  isBroken: boolean;
  findings: Findings | null;
  verdict: 'held' | 'FAILED' | 'caught' | 'NOT CAUGHT' | 'skipped';
}

const HEAD = [
  'fault',
  'promise',
  'rounds',
  'acknow-\nledged',
  'lost',
  'stored\ntwice',
  'missing',
  'repeated',
  'out of\norder',
  'slowest\nanswer',
  'time to\nrecover',
  'verdict',
];

/** A row for each run; the broken variant of a fault is below it. */
export function formatTable(outcomes: readonly Outcome[]): string {
  const table = new Table({
    head: HEAD,
    colAligns: ['left', 'left', ...Array.from({ length: 9 }, () => 'right' as const), 'left'],
    colWidths: [34],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  for (const { fault, isBroken, findings, verdict } of outcomes) {
    const seen = findings ?? noFindings();
    const counts = [
      seen.rounds,
      seen.acknowledged,
      seen.lost,
      seen.storedTwice,
      seen.missing,
      seen.repeated,
      seen.outOfOrder,
    ].map((count) => (findings === null ? '–' : String(count)));
    table.push([
      isBroken ? `└ broken: ${fault.broken}` : fault.name,
      isBroken ? '' : fault.promise,
      ...counts,
      milliseconds(seen.slowestMs),
      milliseconds(seen.recoveredMs),
      verdict,
    ]);
  }
  return table.toString();
}

const milliseconds = (ms: number | null): string => (ms === null ? '–' : `${Math.round(ms)} ms`);
