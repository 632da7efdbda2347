import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { id, type RunningApp, startTestApp, testDatabase } from '../support/app.js';
import { flow } from '../support/scenario.js';
import { settings } from '../learning/changes.js';
import { fillWithOthers } from './large.js';

const { name } = testDatabase();
let apps: RunningApp[] = [];

beforeAll(async () => {
  const client = new MongoClient(process.env['TEST_MONGODB_URI'] as string, { maxPoolSize: 2 });
  apps = await Promise.all([startTestApp(name), startTestApp(name)]);
  await fillWithOthers(client.db(name));
  await client.close();
});
afterAll(() => Promise.all(apps.map((app) => app.stop())));

const count = (n: number) => Array.from({ length: n }, (_, i) => i);
const [left, right] = [0, 1].map((i) => () => flow(apps[i] as RunningApp)) as [Side, Side];
type Side = () => ReturnType<typeof flow>;
const sideOf = (i: number) => (i % 2 === 0 ? left() : right());

test('messages sent at once, through two servers, take a number each', async () => {
  const { executionId } = await left().start({ totalAgents: 30 });
  const sent = await Promise.all(
    count(30).map((i) =>
      i % 3 === 0
        ? sideOf(i).vote(executionId, `agent ${i}`, { action: 'BUY', confidence: 70 })
        : sideOf(i).say(executionId, { agentName: `agent ${i}` }),
    ),
  );
  expect(sent.flatMap(({ userErrors }) => userErrors)).toEqual([]);
  expect(sent.map(({ message }) => message.seq).sort((a, b) => a - b)).toEqual(count(30).map((i) => i + 1));
  expect((await left().outcome(executionId)).lastSeq).toBe(30);
});

test('one message sent several times at once is stored once', async () => {
  const { executionId } = await left().start();
  const idempotencyKey = id();
  const sent = await Promise.all(count(6).map((i) => sideOf(i).say(executionId, { idempotencyKey })));
  expect(sent.map(({ message }) => message.seq)).toEqual(count(6).map(() => 1));
  expect(sent.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
  expect((await left().outcome(executionId)).lastSeq).toBe(1);
});

test('last ballots at once complete each vote once, and feedback at once is learned once', async () => {
  const userNodeId = id();
  const decisions = await Promise.all(
    count(6).map(async () => {
      const { executionId } = await left().start({ totalAgents: 3, userNodeId });
      await Promise.all(
        count(3).map((i) => sideOf(i).vote(executionId, `agent ${i}`, { action: 'BUY', confidence: 80 })),
      );
      const { status, lastSeq, decision } = await right().outcome(executionId);
      expect({ status, lastSeq }).toEqual({ status: 'COMPLETED', lastSeq: 4 });
      return decision;
    }),
  );
  // A number that was taken for a vote another server completed is left out.
  expect(new Set(decisions.map(({ seq }) => seq)).size).toBe(6);
  const given = await Promise.all(
    decisions.map(({ id: decisionId }, i) => sideOf(i).feedback(decisionId, { success: true, pnl: 10 })),
  );
  expect(given.map(({ decisionLog }) => decisionLog.revision)).toEqual(count(6).map(() => 1));
  const stats = 'query ($node: ID!) { learningStats(userNodeId: $node) { evaluatedDecisions totalPnl } }';
  const { learningStats } = await (apps[0] as RunningApp).data(stats, { node: userNodeId });
  expect(learningStats).toEqual({ evaluatedDecisions: 6, totalPnl: 60 });
});

test('two who decide on a change at once decide once', async () => {
  const userNodeId = id();
  const [one, other] = apps.map(settings) as [ReturnType<typeof settings>, ReturnType<typeof settings>];
  const { parameterChange } = await one.propose(userNodeId, 'quorum', 70);
  const answers = await Promise.all([
    one.decideOn(parameterChange.id, 'APPROVE'),
    other.decideOn(parameterChange.id, 'REJECT'),
  ]);
  expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
  const [kept] = (await one.history(userNodeId)).edges;
  const isApproved = kept.node.status === 'APPROVED';
  expect((await other.inForce(userNodeId)).quorum === 70).toBe(isApproved);
});
