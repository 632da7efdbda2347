import { expect, test } from '@jest/globals';
import type { DecisionLog, DecisionOutcome } from '../../src/domain/decision.js';
import { forgetOldest } from '../../src/domain/forgetting.js';
import { addOutcome } from '../../src/domain/learning.js';
import { newAgent, type NodeRecord } from '../../src/domain/node.js';
import { ballot, decisionOf, nodeAt, outcomeOf, randomFrom } from './builders.js';

const MOST = 3;

/** Feedback of any decision in any order, corrected and made a scratch, of agents that come and go. */
function lived(seed: number) {
  const random = randomFrom(seed);
  const whole = (n: number): number => Math.floor(random() * n);
  const log: DecisionLog[] = [];
  let node = nodeAt(0);
  for (let step = 0; step < 60; step++) {
    if (log.length === 0 || whole(3) === 0) {
      const names = new Set(Array.from({ length: 1 + whole(3) }, () => `agent ${whole(8)}`));
      const ballots = [...names].map((name) => ballot(name, whole(2) === 0 ? 'buy' : 'sell', 50 + whole(50)));
      node = { ...node, lastDecisionSeq: log.length + 1 };
      log.push(decisionOf(ballots, nodeAt(log.length + 1)));
    } else {
      const at = whole(log.length);
      const decision = log[at] as DecisionLog;
      const outcome = [outcomeOf(null, 0), outcomeOf(true, 5), outcomeOf(false, -3)][
        whole(3)
      ] as DecisionOutcome;
      const without = decision.outcome === null ? node : addOutcome(node, decision, decision.outcome, -1);
      const next = forgetOldest(addOutcome(without, decision, outcome, 1), MOST);
      node = { ...next, agents: next.agents.filter(({ votes }) => votes > 0) };
      log[at] = { ...decision, outcome };
    }
  }
  return { node, log };
}

/** As a rebuild sums up. */
const summedUp = ({ lastDecisionSeq, forgottenUpTo, agents }: NodeRecord, log: readonly DecisionLog[]) =>
  log.reduce(
    (node, decision) => (decision.outcome === null ? node : addOutcome(node, decision, decision.outcome, 1)),
    {
      ...nodeAt(lastDecisionSeq),
      forgottenUpTo,
      agents: agents.map(({ agentName, countedAbove }) => newAgent(agentName, countedAbove)),
    },
  );

const readable = ({ agents }: NodeRecord) =>
  agents.map(({ agentName, votes, hits, pnl, bins, n, o, c }) => ({
    agentName,
    votes,
    hits,
    pnl,
    bins,
    sums: [n, o, c].map((sum) => Math.round(sum * 1e9) / 1e9 + 0),
  }));

test('what is kept of agents that were forgotten and came back is what the decisions say', () => {
  const forgotten = new Set<boolean>();
  for (let seed = 1; seed <= 100; seed++) {
    const { node, log } = lived(seed);
    expect(node.agents.length).toBeLessThanOrEqual(MOST);
    expect(readable(node)).toEqual(readable(summedUp(node, log)));
    forgotten.add(node.forgottenUpTo > 0);
  }
  expect(forgotten).toContain(true);
});
