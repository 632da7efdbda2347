import type { AgentsChangesQuery, AgentsMajorityQuery, AgentsProfitQuery } from '../generated/graphql.js';

export type Decided = NonNullable<AgentsProfitQuery['decisions']>['edges'][number]['node'];
export type Change = NonNullable<AgentsChangesQuery['parameterChanges']>['edges'][number]['node'];

export interface ProfitPoint {
  seq: number;
  /** The sum of pnl up to here, from the first decision that was read. */
  total: number;
}

/** Oldest first; a decision without a pnl, such as a hold, leaves the sum as it was. */
export function cumulated(newestFirst: readonly Decided[]): ProfitPoint[] {
  let total = 0;
  return newestFirst.toReversed().map(({ seq, outcome }) => {
    total += outcome?.pnl ?? 0;
    return { seq, total };
  });
}

type History = NonNullable<AgentsMajorityQuery['whatIf']>['pnlHistory'];

/**
 * What a plain majority would have come to along the line: the line itself and what heads would have gained or lost by
 * then. Null between the points that the server told, empty where it told none.
 */
export function majorityLine(line: readonly ProfitPoint[], history: History): (number | null)[] {
  const [start, end] = [line[0]?.seq ?? 0, line.length - 1];
  const gains = new Map(history.map(({ seq, actual, counterfactual }) => [seq, counterfactual - actual]));
  if (gains.size === 0) return [];
  // Like the line it starts at 0, whatever was gained before.
  const before = history.findLast(({ seq }) => seq < start);
  const zero = before === undefined ? 0 : before.counterfactual - before.actual;
  let gain = zero;
  return line.map(({ seq, total }, i) => {
    const isTold = gains.has(seq);
    gain = gains.get(seq) ?? gain;
    return isTold || i === end ? total + gain - zero : null;
  });
}

export interface Marker {
  key: string;
  /** The number on the chart and in the list. */
  number: number;
  /** The first decision taken after it; null when none of those that were read was. */
  seq: number | null;
  at: string;
  text: string;
}

const said = (value: unknown): string => (value == null ? 'unset' : String(value));

/** What people changed, oldest first: each approval and each roll-back; what feedback changed by itself is not. */
export function markersOf(changes: readonly Change[], newestFirst: readonly Decided[]): Marker[] {
  const oldestFirst = newestFirst.toReversed();
  const start = Date.parse(oldestFirst[0]?.timestamp ?? '');
  const found = changes.flatMap(
    ({ id, path, from, to, decidedAt, version, rolledBackAt, rolledBackVersion }) => [
      ...(decidedAt == null
        ? []
        : [{ key: id, at: decidedAt, text: `${path}: ${said(from)} to ${said(to)}, version ${version}` }]),
      ...(rolledBackAt == null
        ? []
        : [
            {
              key: `${id} back`,
              at: rolledBackAt,
              text: `${path}: rolled back to ${said(from)}, version ${rolledBackVersion}`,
            },
          ]),
    ],
  );
  return found
    .filter(({ at }) => Date.parse(at) >= start)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .map((one, i) => ({
      ...one,
      number: i + 1,
      seq: oldestFirst.find(({ timestamp }) => Date.parse(timestamp) > Date.parse(one.at))?.seq ?? null,
    }));
}

/** At most so many of a line's points, evenly spaced, the last among them. */
export const thinned = <T>(points: readonly T[], most: number): T[] => {
  const step = Math.max(1, Math.ceil(points.length / most));
  return points.filter((_, i) => (points.length - 1 - i) % step === 0);
};
