const MAX_INT = 2_147_483_647;

/** The whole numbers that a field takes, both ends among them. */
export interface Range {
  min: number;
  max: number;
  isPercent?: boolean;
}

/** The range of each input field that takes a whole number, by its own name: one name means one thing everywhere. */
export const RANGES = {
  confidence: { min: 0, max: 100, isPercent: true },
  expectedRevision: { min: 0, max: MAX_INT },
  last: { min: 1, max: 10_000 },
  minConfidence: { min: 0, max: 100, isPercent: true },
  quorum: { min: 1, max: 100, isPercent: true },
  replyToSeq: { min: 1, max: MAX_INT },
  timeHeld: { min: 0, max: MAX_INT },
  timeout: { min: 1, max: 86_400 },
  totalAgents: { min: 1, max: 200 },
  votingTimeout: { min: 1, max: 86_400 },
  weight: { min: 0, max: 100 },
} as const satisfies Record<string, Range>;

type Ranged = keyof typeof RANGES;

/** The path of such a field in its input, as in `agents.0.weight`. */
export type RangedField = Ranged | `${string}.${Ranged}`;

/** The range of a field by its own name, null when it has none. */
export function rangeOf(name: string): Range | null {
  const ranges: Readonly<Record<string, Range>> = RANGES;
  return Object.hasOwn(ranges, name) ? (ranges[name] ?? null) : null;
}

/** Whether it is a whole number of the range, its ends among them. */
export const isWithin = (value: number, { min, max }: Range): boolean =>
  Number.isInteger(value) && value >= min && value <= max;

/** As it goes on after "Expected …". */
export const rangeText = ({ min, max }: Range): string => `from ${min} to ${max.toLocaleString('en-US')}`;
