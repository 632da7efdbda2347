import { parseArgs } from 'node:util';

export interface EvaluationOptions {
  /** Whether less is run, and times are told only. */
  isShort: boolean | undefined;
  /** How many random worlds, 1 to 10,000. */
  worlds: number;
  /** Runs of the falling star. */
  starRuns: number;
  /** Histories of each kind that drift is looked for in. */
  driftHistories: number;
  seed: number;
  json: boolean;
  help: boolean;
}

/** Wrong words on the command line; the message is for the person who typed them. */
export class UsageError extends Error {
  override name = 'UsageError';
}

export const USAGE = `npm run evaluate -- [--worlds N] [--seed N] [--short] [--json]

  --worlds N  random worlds, 1 to 10000 (200; short: 100)
  --seed N    of the worlds, the star and the log, 0 to 4294967295 (1)
  --short     fewer worlds, runs of the star and histories, the same goals; a time that is missed is told only
  --json      one JSON document on stdout, progress on stderr

Ends with 1 when a goal is missed.
`;

/** Checks the words after the script's name; throws `UsageError`. */
export function parseOptions(args: string[]): EvaluationOptions {
  const values = parse(args);
  const isShort = values.short ?? false;
  return {
    isShort: values.short,
    worlds: whole('worlds', values.worlds ?? (isShort ? '100' : '200'), 1, 10_000),
    starRuns: isShort ? 200 : 400,
    driftHistories: isShort ? 200 : 1_000,
    seed: whole('seed', values.seed ?? '1', 0, 2 ** 32 - 1),
    json: values.json ?? false,
    help: values.help ?? false,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        worlds: { type: 'string' },
        seed: { type: 'string' },
        short: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new UsageError(`Expected --${name} from ${least} to ${most}, got ${text}.`);
}
