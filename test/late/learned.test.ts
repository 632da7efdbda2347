import { afterAll, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { rebuild } from '../../src/domain/upkeep/rebuild.js';
import { feedback, performance } from '../learning/node.js';
import { id, useApp } from '../support/app.js';
import { flow } from '../support/scenario.js';
import { portsOn } from '../support/stores.js';
import { closed, readOf } from './read.js';

const USER = '00000000000000000000face';
const running = useApp();
const client = new MongoClient(process.env['TEST_MONGODB_URI'] as string, {
  maxPoolSize: 2,
  ignoreUndefined: true,
});
afterAll(() => client.close());

const votes = async (userNodeId: string) =>
  (await performance(running.app, userNodeId)).map(({ agentName, evaluatedVotes, hitRate }) => [
    agentName,
    evaluatedVotes,
    hitRate?.value,
  ]);

/** What the log says, against what was added up as it came. */
async function expectExact(userNodeId: string): Promise<void> {
  const before = await performance(running.app, userNodeId);
  const found = await rebuild(portsOn(client.db(running.database)), { userId: USER, userNodeId }, () => {});
  expect(found.largestDifference).toBeLessThanOrEqual(1e-9);
  expect((await performance(running.app, userNodeId)).map((agent) => agent.evaluatedVotes)).toEqual(
    before.map((agent) => agent.evaluatedVotes),
  );
}

const decisionOf = async (executionId: string) => (await readOf(running.app, executionId)).decision;

test('a ballot that came late is evaluated with the decision, and corrected and taken back with it', async () => {
  const { executionId, userNodeId } = await closed(running.app, { keepLate: true });
  await flow(running.app).vote(executionId, 'c', { action: 'SELL', confidence: 90 });
  const { id: decisionId, lateVotes } = await decisionOf(executionId);
  expect(lateVotes).toEqual([]);
  expect((await feedback(running.app, decisionId, { success: false, pnl: -10 })).userErrors).toEqual([]);
  expect(await votes(userNodeId)).toEqual([
    ['a', 1, 0],
    ['b', 1, 0],
    ['c', 1, 1],
  ]);
  expect((await decisionOf(executionId)).lateVotes).toEqual([
    { agentName: 'c', status: 'LATE', seq: 4, action: 'SELL', confidence: 90 },
  ]);
  await expectExact(userNodeId);
  await feedback(running.app, decisionId, { success: true, pnl: 10 });
  expect(await votes(userNodeId)).toEqual([
    ['a', 1, 1],
    ['b', 1, 1],
    ['c', 1, 0],
  ]);
  await expectExact(userNodeId);
  const pnl = (await performance(running.app, userNodeId)).map(({ pnlAttributed }) => pnlAttributed);
  expect([pnl[0]! + pnl[1]!, pnl[2]]).toEqual([10, 0]);
});

test('a ballot that comes once it is known how it turned out is kept and never evaluated', async () => {
  const { executionId, userNodeId } = await closed(running.app, { keepLate: true });
  const { id: decisionId } = await decisionOf(executionId);
  await feedback(running.app, decisionId, { success: false, pnl: -10 });
  expect(
    (await flow(running.app).vote(executionId, 'c', { action: 'SELL', confidence: 90 })).userErrors,
  ).toEqual([]);
  await feedback(running.app, decisionId, { success: false, pnl: -12 });
  expect(await votes(userNodeId)).toEqual([
    ['a', 1, 0],
    ['b', 1, 0],
  ]);
  const { swarmVote, decision } = await readOf(running.app, executionId);
  expect([swarmVote.lateVotes.length, decision.lateVotes]).toEqual([1, []]);
  await expectExact(userNodeId);
});

test('one who gave an action in time is judged by that, one who abstained by the first late ballot', async () => {
  const { start, vote } = flow(running.app);
  const { executionId, userNodeId } = await start({ totalAgents: 2, keepLate: true });
  await vote(executionId, 'a', { action: 'BUY', confidence: 80 });
  await vote(executionId, 'b', { abstention: 'TIMED_OUT' });
  await vote(executionId, 'a', { action: 'SELL', confidence: 60 });
  await vote(executionId, 'b', { action: 'BUY', confidence: 60 });
  await vote(executionId, 'b', { action: 'SELL', confidence: 60 });
  await vote(executionId, 'd', { abstention: 'NO_DATA' });
  await feedback(running.app, (await decisionOf(executionId)).id, { success: true });
  expect(await votes(userNodeId)).toEqual([
    ['a', 1, 1],
    ['b', 1, 1],
  ]);
  await expectExact(userNodeId);
});

test('late ballots and first feedback at once: what is evaluated is what the decision says', async () => {
  const userNodeId = id();
  const executionIds: string[] = [];
  for (let i = 0; i < 4; i++) {
    executionIds.push((await closed(running.app, { keepLate: true, userNodeId })).executionId);
  }
  await Promise.all(
    executionIds.flatMap((executionId, i) => [
      flow(running.app).vote(executionId, 'c', { action: 'SELL', confidence: 50 + i }),
      decisionOf(executionId).then(({ id: decisionId }) =>
        feedback(running.app, decisionId, { success: i % 2 > 0 }),
      ),
      flow(running.app).vote(executionId, 'd', { action: 'BUY', confidence: 50 + i }),
    ]),
  );
  const told = await Promise.all(executionIds.map(decisionOf));
  const evaluated = told.flatMap(({ lateVotes }) => lateVotes.map(({ agentName }: any) => agentName));
  const counts = (await performance(running.app, userNodeId))
    .filter(({ agentName }) => agentName === 'c' || agentName === 'd')
    .reduce((sum, { evaluatedVotes }) => sum + evaluatedVotes, 0);
  expect(counts).toBe(evaluated.length);
  await expectExact(userNodeId);
});

const RECORD = /* GraphQL */ `
  query Record($userNodeId: ID!) {
    agentPerformance(userNodeId: $userNodeId) { agentName evaluatedVotes streak slices(by: ACTION) { key evaluatedVotes } weightHistory { n } }
    whatIf(input: { userNodeId: $userNodeId, rule: MAJORITY }) { decisions changed }
    decisionBrief(userNodeId: $userNodeId, symbol: "SPX", agentName: "c") { agent { evaluatedVotes } }
  }
`;

test("an agent's whole record has its late ballot, and what another rule would have counted has it not", async () => {
  const { executionId, userNodeId } = await closed(running.app, { keepLate: true });
  for (const agent of ['c', 'd', 'e'])
    await flow(running.app).vote(executionId, agent, { action: 'SELL', confidence: 90 });
  await feedback(running.app, (await decisionOf(executionId)).id, { success: false });
  const { agentPerformance, whatIf, decisionBrief } = await running.app.data(RECORD, { userNodeId });
  expect(agentPerformance.find(({ agentName }: any) => agentName === 'c')).toEqual({
    agentName: 'c',
    evaluatedVotes: 1,
    streak: [true],
    slices: [{ key: 'SELL', evaluatedVotes: 1 }],
    weightHistory: [{ n: 1 }],
  });
  expect(whatIf).toEqual({ decisions: 1, changed: 0 });
  expect(decisionBrief.agent.evaluatedVotes).toBe(1);
});
