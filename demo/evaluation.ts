import { type Action, provedRight } from './market.js';
import type { AgentVote, DecisionNode, Performance } from './operations.js';
import { calibration, correlation, type Forecast, type Rate, rateOf } from './statistics.js';

/** The figures of a replay, all from what the server gave back. Null where there are no cases. */
export interface Evaluation {
  decisions: number;
  agents: (Omit<Performance, 'evaluatedVotes'> & { n: number })[];
  consensus: {
    hitRate: Rate | null;
    ece: number | null;
    /** The ECE that a perfectly calibrated swarm would show by chance. */
    eceFloor: number | null;
    /** The ECE of the mean stated confidence of the counted ballots. */
    meanStatedEce: number | null;
    /** Currency units, without costs. */
    pnl: number;
  };
  /** The action with the most counted ballots, a tie being HOLD; judged as a vote is. */
  majority: { hitRate: Rate | null };
  /** The highest hit rate among agents with a vote on at least half of the days: known in hindsight only. */
  bestAgent: { agentName: string; hitRate: Rate } | null;
  /** Pearson's, between the agents' learned weights and hit rates. */
  correlation: number | null;
  /** The same actions against the market alone: whether each would have proved right if taken. */
  market: Record<'consensus' | 'majority' | 'bestAgent' | 'alwaysBuy', Rate | null>;
}

type Judged = DecisionNode & {
  outcome: NonNullable<DecisionNode['outcome']>;
  conversation: NonNullable<DecisionNode['conversation']>;
};

/** The rule of judgement for any vote: right = (it agreed with the decision) === the decision succeeded. */
export function isRight(action: Action, decision: Judged): boolean {
  return (action === decision.decision.action) === decision.outcome.success;
}

/** Decisions of a vote that proved right or wrong: a scratch did neither. */
export function judgedOnes(decisions: readonly DecisionNode[]): Judged[] {
  return decisions.filter(
    (one): one is Judged =>
      one.outcome !== null && one.outcome.result !== 'SCRATCH' && one.conversation !== null,
  );
}

/** The action with the most counted ballots, whatever their weight; HOLD on a tie. */
export function plainMajority(votes: readonly AgentVote[]): Action {
  const counts: Record<Action, number> = { BUY: 0, SELL: 0, HOLD: 0 };
  for (const { status, action } of votes) if (status === 'COUNTED' && action) counts[action] += 1;
  const most = Math.max(...Object.values(counts));
  const leaders = (Object.keys(counts) as Action[]).filter((action) => counts[action] === most);
  return leaders.length === 1 && leaders[0] ? leaders[0] : 'HOLD';
}

/** Works out all figures from decisions, oldest first, and the server's own record of the agents. */
export function evaluate(
  decisions: readonly DecisionNode[],
  performances: readonly Performance[],
): Evaluation {
  const judged = judgedOnes(decisions);
  const consensus = calibration(consensusForecasts(judged));
  const bestAgent = findBest(judged);
  return {
    decisions: decisions.length,
    agents: performances.map(({ evaluatedVotes, ...rest }) => ({ ...rest, n: evaluatedVotes })),
    consensus: {
      hitRate: rateOf(judged.map((one) => one.outcome.success)),
      ece: consensus?.ece ?? null,
      eceFloor: consensus?.floor ?? null,
      meanStatedEce: calibration(meanStatedForecasts(judged))?.ece ?? null,
      pnl: Math.round(1e8 * judged.reduce((sum, one) => sum + (one.outcome.pnl ?? 0), 0)) / 1e8,
    },
    majority: { hitRate: rateOf(judged.map((one) => isRight(plainMajority(votesOf(one)), one))) },
    bestAgent,
    correlation: correlation(
      performances.flatMap((one) => (one.hitRate ? [[one.learnedWeight, one.hitRate.value] as const] : [])),
    ),
    market: againstMarket(judged, bestAgent?.agentName),
  };
}

const votesOf = (one: Judged) => one.conversation.swarmVote.votes;

function consensusForecasts(judged: readonly Judged[]): Forecast[] {
  return judged.flatMap(({ decision, outcome }) =>
    decision.confidence === null ? [] : [{ stated: decision.confidence / 100, cameTrue: outcome.success }],
  );
}

function meanStatedForecasts(judged: readonly Judged[]): Forecast[] {
  return judged.flatMap((one) => {
    const stated = votesOf(one).flatMap((vote) => (vote.status === 'COUNTED' ? [vote.confidence ?? 0] : []));
    if (stated.length === 0) return [];
    const sum = stated.reduce((total, confidence) => total + confidence, 0);
    return [{ stated: sum / stated.length / 100, cameTrue: one.outcome.success }];
  });
}

function findBest(judged: readonly Judged[]): Evaluation['bestAgent'] {
  const records = new Map<string, boolean[]>();
  for (const one of judged) {
    for (const { agentName, action } of votesOf(one)) {
      const record = records.get(agentName) ?? [];
      records.set(agentName, record);
      if (action) record.push(isRight(action, one));
    }
  }
  let best: Evaluation['bestAgent'] = null;
  for (const [agentName, record] of records) {
    const hitRate = rateOf(record);
    if (!hitRate || hitRate.n < judged.length / 2) continue;
    if (!best || hitRate.value > best.hitRate.value) best = { agentName, hitRate };
  }
  return best;
}

/** The move after each day is read from the close that the next decision was taken on; the last day has none. */
function againstMarket(judged: readonly Judged[], best: string | undefined): Evaluation['market'] {
  const rights = {
    consensus: [] as boolean[],
    majority: [] as boolean[],
    bestAgent: [] as boolean[],
    alwaysBuy: [] as boolean[],
  };
  judged.slice(1).forEach((next, i) => {
    const one = judged[i];
    const [today, tomorrow] = [one?.context.marketConditions, next.context.marketConditions];
    if (!one || !today?.close || today.holdBand === undefined || !tomorrow?.close) return;
    const move = tomorrow.close / today.close - 1;
    const right = (action: Action) => provedRight(action, move, today.holdBand ?? 0);
    rights.consensus.push(right(one.decision.action));
    rights.majority.push(right(plainMajority(votesOf(one))));
    rights.alwaysBuy.push(right('BUY'));
    const bestVote = votesOf(one).find((vote) => vote.agentName === best)?.action;
    if (bestVote) rights.bestAgent.push(right(bestVote));
  });
  return {
    consensus: rateOf(rights.consensus),
    majority: rateOf(rights.majority),
    bestAgent: rateOf(rights.bestAgent),
    alwaysBuy: rateOf(rights.alwaysBuy),
  };
}
