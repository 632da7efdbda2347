import { expect, test } from '@jest/globals';
import { useApp } from '../support/app.js';
import { flow } from '../support/scenario.js';

const running = useApp();
const NAMES = [
  '__proto__',
  'constructor',
  '$last_seq',
  'a.b',
  'model-4.1',
  '市场分析师',
  'Bull Researcher',
  'say "100%" \\ ]',
];

const PERFORMANCE = /* GraphQL */ `
  query Performance($userNodeId: ID!) {
    agentPerformance(userNodeId: $userNodeId) { agentName evaluatedVotes hitRate { value n } pnlAttributed }
    learningStats(userNodeId: $userNodeId) { totalPnl adjustments { path } }
  }
`;

const LEARNING = /* GraphQL */ `
  query Learning($id: ID!) { decision(id: $id) { learning { parametersToAdjust { path from to reason } } } }
`;

const pathOf = (name: string): string =>
  `agents${/^[A-Za-z0-9_-]+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`}.learned_weight`;

test.each([
  ['named at the start', { agents: NAMES.map((agentName) => ({ agentName, weight: 10 })) }],
  ['only counted', { totalAgents: NAMES.length }],
])('agents of any name, %s, vote and learn as any other', async (_, how) => {
  const { start, say, vote, outcome, feedback } = flow(running.app);
  const { executionId, userNodeId } = await start(how);
  for (const agentName of NAMES) {
    expect((await say(executionId, { agentName, idempotencyKey: agentName })).userErrors).toEqual([]);
    const cast = await vote(executionId, agentName, { action: 'BUY', confidence: 70 });
    expect(cast.userErrors).toEqual([]);
  }
  const { status, swarmVote, decision } = await outcome(executionId);
  expect({ status, votes: swarmVote.votes.map((cast: { agentName: string }) => cast.agentName) }).toEqual({
    status: 'COMPLETED',
    votes: NAMES,
  });
  expect((await feedback(decision.id, { success: true, pnl: 24 })).userErrors).toEqual([]);

  const { agentPerformance, learningStats } = await running.app.data(PERFORMANCE, { userNodeId });
  expect(agentPerformance).toEqual(
    [...NAMES].sort().map((agentName) => ({
      agentName,
      evaluatedVotes: 1,
      hitRate: { value: 1, n: 1 },
      pnlAttributed: 3,
    })),
  );
  const paths = learningStats.adjustments.map(({ path }: { path: string }) => path);
  for (const agentName of NAMES) expect(paths).toContain(pathOf(agentName));
  const { decision: logged } = await running.app.data(LEARNING, { id: decision.id });
  const adjusted = logged.learning.parametersToAdjust.map(({ path }: { path: string }) => path);
  for (const agentName of NAMES) expect(adjusted).toContain(pathOf(agentName));
});

test('an agent named __proto__ is missing until it has voted', async () => {
  const { start, outcome } = flow(running.app);
  const { executionId } = await start({ agents: NAMES.map((agentName) => ({ agentName })) });
  const { swarmVote } = await outcome(executionId);
  expect(swarmVote.votes.map(({ agentName, status }: Record<string, string>) => [agentName, status])).toEqual(
    NAMES.map((agentName) => [agentName, 'MISSING']),
  );
});
