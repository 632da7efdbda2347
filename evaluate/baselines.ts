import { TRADE_ACTIONS, type TradeAction } from '../src/domain/tradeAction.js';
import type { CastVote } from './swarm.js';
import type { Step } from './worlds.js';

/** The action with the most votes; hold where two are level. */
export const plurality = (votes: readonly CastVote[]): TradeAction => leaderOf(votes, () => 1);

/** The action with the most stated confidence; hold where two are level. */
export const byConfidence = (votes: readonly CastVote[]): TradeAction =>
  leaderOf(votes, ({ confidence }) => confidence);

function leaderOf(votes: readonly CastVote[], worthOf: (vote: CastVote) => number): TradeAction {
  const scores = { buy: 0, sell: 0, hold: 0 };
  for (const vote of votes) scores[vote.action] += worthOf(vote);
  const most = Math.max(scores.buy, scores.sell, scores.hold);
  const leaders = TRADE_ACTIONS.filter((action) => scores[action] === most);
  return leaders.length === 1 && leaders[0] ? leaders[0] : 'hold';
}

/** How often a way of deciding without a memory picks what was right, 0 to 1. */
export const accuracyOf = (
  steps: readonly Step[],
  decide: (votes: readonly CastVote[]) => TradeAction,
): number => steps.filter(({ truth, votes }) => decide(votes) === truth).length / steps.length;

/** The highest share of right votes among the agents, 0 to 1: nobody knows beforehand whose it will be. */
export function bestInHindsight(steps: readonly Step[]): number {
  const records = new Map<string, { votes: number; hits: number }>();
  for (const { truth, votes } of steps) {
    for (const { agentName, action } of votes) {
      const { votes: cast, hits } = records.get(agentName) ?? { votes: 0, hits: 0 };
      records.set(agentName, { votes: cast + 1, hits: hits + (action === truth ? 1 : 0) });
    }
  }
  return Math.max(...[...records.values()].map(({ votes, hits }) => hits / votes));
}
