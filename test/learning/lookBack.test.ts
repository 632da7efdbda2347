import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ObjectId } from 'mongodb';
import { id, type RunningApp, startTestApp, testDatabase } from '../support/app.js';
import { decide } from '../voting/decide.js';
import { feedback } from './node.js';

const { name, collection } = testDatabase();
let apps: RunningApp[] = [];
beforeAll(async () => {
  apps = [await startTestApp(name), await startTestApp(name)];
});
afterAll(() => Promise.all(apps.map((app) => app.stop())));

const BRIEF = /* GraphQL */ `
  query Brief($node: ID!) {
    decisionBrief(userNodeId: $node, symbol: "SPX") { lessons { lesson count } }
  }
`;

test('a brief tells each lesson as it stands, through every server, however often it was asked before', async () => {
  const [one, other] = apps as [RunningApp, RunningApp];
  const node = id();
  const told = async () => {
    const briefs = await Promise.all([one, other, one].map((app) => app.data(BRIEF, { node })));
    const lessons = briefs.map(({ decisionBrief }) =>
      decisionBrief.lessons.map(({ lesson, count }: any) => `${lesson} ${count}`),
    );
    expect(lessons).toEqual([lessons[0], lessons[0], lessons[0]]);
    return lessons[0];
  };
  const decided = async () => (await decide(one, [['a', 'BUY', 80]], { userNodeId: node })).decision.id;
  const say = (app: RunningApp, decisionId: string, lessonsLearned: string[]) =>
    feedback(app, decisionId, { success: true, lessonsLearned });
  expect(await told()).toEqual([]);
  const [first, second] = [await decided(), await decided()];
  await say(one, first, ['wait', 'mind the gap']);
  expect(await told()).toEqual(['mind the gap 1', 'wait 1']);
  await say(other, second, ['wait']);
  expect(await told()).toEqual(['wait 2', 'mind the gap 1']);
  await say(one, first, []);
  expect(await told()).toEqual(['wait 1']);
});

test('a brief tells nothing of decisions further back than the last 1,000, nor their spellings', async () => {
  const [app] = apps as [RunningApp];
  const node = id();
  for (const symbol of ['AAPL', 'aapl']) {
    const { decision } = await decide(app, [['a', 'BUY', 80]], { userNodeId: node, symbol });
    await feedback(app, decision.id, { success: true, lessonsLearned: ['wait'] });
  }
  const told = async () => {
    const asked =
      'query ($node: ID!) { decisionBrief(userNodeId: $node, symbol: "AAPL") { didYouMean lastOutcomes { seq } lessons { lesson } } }';
    return (await app.data(asked, { node })).decisionBrief;
  };
  const newestIs = (seq: number) =>
    collection('ai_node_learning').updateOne(
      { user_node_id: new ObjectId(node) },
      { $set: { last_decision_seq: seq } },
    );
  await newestIs(1_000);
  expect(await told()).toEqual({
    didYouMean: ['aapl'],
    lastOutcomes: [{ seq: 1 }],
    lessons: [{ lesson: 'wait' }],
  });
  await newestIs(1_001);
  expect(await told()).toMatchObject({ didYouMean: ['aapl'], lastOutcomes: [] });
  await newestIs(1_002);
  expect(await told()).toEqual({ didYouMean: [], lastOutcomes: [], lessons: [] });
});
