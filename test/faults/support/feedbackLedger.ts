import { type Asking, ask } from './asking.js';

/** Feedback that the server has said is recorded. Its pnl tells it from all other feedback. */
export interface Given {
  decisionId: string;
  pnl: number;
  /** When its first attempt was sent, and when the first answer came, by `performance.now()`. */
  sentMs: number;
  answeredMs: number;
}

const HISTORY = /* GraphQL */ `
  query History($id: ID!) {
    decision(id: $id) {
      revision
      outcome { success pnl }
      feedback { revision outcome { success pnl } }
    }
  }
`;

export interface HistoryFaults {
  lost: number;
  storedTwice: number;
  missing: number;
  outOfOrder: number;
  failures: string[];
}

/** The history of a decision as the API tells it, against what was acknowledged of it. */
export async function historyFaults(
  asking: Asking,
  decisionId: string,
  given: readonly Given[],
): Promise<HistoryFaults> {
  const { decision } = await ask(asking, HISTORY, { id: decisionId });
  const stored: { revision: number; outcome: { pnl: number } }[] = decision.feedback;
  const revisionOf = new Map(stored.map(({ revision, outcome }) => [outcome.pnl, revision]));
  const known = new Set(given.map(({ pnl }) => pnl));
  const failures: string[] = [];
  const unknown = stored.filter(({ outcome }) => !known.has(outcome.pnl)).length;
  if (unknown > 0) failures.push(`A decision has ${unknown} feedbacks that nobody gave.`);
  const last = stored.at(-1)?.outcome ?? null;
  if (JSON.stringify(last) !== JSON.stringify(decision.outcome) || decision.revision !== stored.length) {
    failures.push(`Expected the outcome of the last of ${stored.length} revisions to stand.`);
  }
  const placed = given.flatMap((one) => ({ ...one, revision: revisionOf.get(one.pnl) ?? null }));
  const isBehind = (one: (typeof placed)[number]) =>
    placed.some(
      (later) =>
        later.sentMs > one.answeredMs &&
        later.revision !== null &&
        one.revision !== null &&
        later.revision < one.revision,
    );
  return {
    lost: placed.filter(({ revision }) => revision === null).length,
    storedTwice: stored.length - revisionOf.size,
    missing: stored.filter(({ revision }, i) => revision !== i + 1).length,
    outOfOrder: placed.filter(isBehind).length,
    failures,
  };
}
