import type { FaultDatabase } from './support/database.js';

/** One kind of failure, done to a running system, and what the system promises to hold through it. */
export interface Fault {
  /** Kebab-case, for `--only`. */
  name: string;
  /** The promises of `docs/promises.md` that it is about: "P1 P3". */
  promise: string;
  /** The behaviour in one sentence, with its figures. */
  title: string;
  /** What its broken variant does wrong, in a phrase. */
  broken: string;
  /** Throws when it cannot be carried out. What it starts by way of `support/` is ended after it by itself. */
  run(options: RunOptions): Promise<Findings>;
}

export interface RunOptions {
  /** `short` is a few rounds, to see that the fault works at all. A broken variant is always run short. */
  scale: 'full' | 'short';
  /** Run the variant that must be caught: a flag of the harness, never one of the server. */
  isBroken: boolean;
  /** Tells the person who waits how far it is. */
  say(line: string): void;
  /** Shared by all faults; take a database of your own on it with `newName()`, start one of your own to kill it. */
  database: FaultDatabase;
}

/** What a run saw. The five counts are zero, the lists of what was missed empty when the promise holds. */
export interface Findings {
  /** How often the fault was done. */
  rounds: number;
  /** Writes that were acknowledged. */
  acknowledged: number;
  /** Acknowledged, but not stored, or stored with another number or text. */
  lost: number;
  storedTwice: number;
  /** Not seen by a subscriber, and numbers that were left out in the store. */
  missing: number;
  /** Seen more than once by one subscriber. */
  repeated: number;
  outOfOrder: number;
  /** The slowest single attempt at a write that was answered or given up; null when none was measured. */
  slowestMs: number | null;
  /** The longest time from a fault to the next acknowledged write; null when none was measured. */
  recoveredMs: number | null;
  /** Goals that were missed: a sentence each, with the figure that was measured. */
  failures: string[];
  /** Of the same kind, goals in time of our own, which depend on the machine: in short they are reported only. */
  late: string[];
  /** Of the same kind, bounds in time that are promised: 5 s to stop (P6), 3 s to answer without a database (P7). */
  overdue: string[];
  /** Figures worth telling: "delivery p99 41 ms". */
  notes: string[];
  /** Why it could not be tried on this machine; it neither held nor failed then. */
  skipped?: string;
}

/** Nothing done and nothing seen: what findings are built from. */
export const noFindings = (): Findings => ({
  rounds: 0,
  acknowledged: 0,
  lost: 0,
  storedTwice: 0,
  missing: 0,
  repeated: 0,
  outOfOrder: 0,
  slowestMs: null,
  recoveredMs: null,
  failures: [],
  late: [],
  overdue: [],
  notes: [],
});

/** Whether the promise held, goals in time of our own included. */
export const holds = (findings: Findings): boolean => holdsButLate(findings) && findings.late.length === 0;

/** Whether the promise held, with its own bounds in time. */
export const holdsButLate = (findings: Findings): boolean =>
  holdsButOverdue(findings) && findings.overdue.length === 0;

/** Whether it held, maybe later than promised. */
export const holdsButOverdue = (findings: Findings): boolean =>
  findings.lost === 0 &&
  findings.storedTwice === 0 &&
  findings.missing === 0 &&
  findings.repeated === 0 &&
  findings.outOfOrder === 0 &&
  findings.failures.length === 0;
