import { LOG } from '../input/refusals.js';
import { id, type RunningApp } from '../support/app.js';
import { flow } from '../support/scenario.js';
import { type Cast, close, decide } from '../voting/decide.js';
import { feedback } from './node.js';

/** One sure, two unsure: by evidence for the one, by heads for the two. */
const split = (sure: 'BUY' | 'HOLD', unsure: 'SELL' | 'BUY'): Cast[] => [
  ['a', sure, 90],
  ['b', unsure, 20],
  ['c', unsure, 20],
];

/** All for the same. */
const agreed = (agents: readonly string[], action: 'BUY' | 'SELL', confidence: number): Cast[] =>
  agents.map((agent) => [agent, action, confidence]);

/** A node with eight decisions of its swarm, each with a name here, and one that no swarm took. */
export async function whatIfNode(app: RunningApp): Promise<{ node: string; nameOf: (id: string) => string }> {
  const node = id();
  const vote = async (ballots: readonly Cast[]) =>
    (await decide(app, ballots, { userNodeId: node })).decision;
  /** A vote of three that is closed with so many ballots. */
  const closed = async (ballots: readonly Cast[]) => {
    const { executionId } = await decide(app, ballots, { userNodeId: node, totalAgents: 3 });
    await close(app, executionId);
    return (await flow(app).outcome(executionId)).decision;
  };
  // All are decided before anything is learned: each ballot counts as its stated confidence makes it.
  const decisions: [name: string, decision: { id: string }][] = [
    ['lost', await vote(split('BUY', 'SELL'))],
    ['won', await vote(split('BUY', 'SELL'))],
    ['open', await vote(split('BUY', 'SELL'))],
    ['agreed', await vote(agreed(['a', 'b', 'c'], 'BUY', 70))],
    ['held', await vote(split('HOLD', 'BUY'))],
    ['priceless', await vote(split('BUY', 'SELL'))],
    ['of two', await closed(agreed(['a', 'b'], 'BUY', 80))],
    ['of one', await closed(agreed(['a'], 'SELL', 80))],
  ];
  const ids = Object.fromEntries(decisions.map(([name, decision]) => [name, decision.id]));
  const names = new Map(decisions.map(([name, decision]) => [decision.id, name]));
  const input = { userNodeId: node, type: 'TRADE', action: 'BUY', symbol: 'SPX', confidence: 90 };
  const { logDecision } = await app.data(LOG, { input });
  const learn = (decisionId: string | undefined, success: boolean, pnl?: number) =>
    feedback(app, String(decisionId), { success, pnl });
  await learn(ids['lost'], false, -10);
  await learn(ids['won'], true, 30);
  await learn(ids['agreed'], true, 5);
  await learn(ids['held'], false, 0);
  await learn(ids['priceless'], false);
  await learn(ids['of two'], true, 7);
  await learn(ids['of one'], false);
  await learn(logDecision.decisionLog.id, true, 1_000);
  return { node, nameOf: (decisionId) => names.get(decisionId) ?? decisionId };
}
