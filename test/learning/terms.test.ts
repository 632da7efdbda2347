import { expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import { flow, START, startInput } from '../support/scenario.js';
import { type Cast, close, decide } from '../voting/decide.js';
import { approved } from './changes.js';

const running = useApp();

/** One sure, two unsure: by evidence for the one, by heads for the two. */
const SPLIT: Cast[] = [
  ['a', 'BUY', 90],
  ['b', 'SELL', 20],
  ['c', 'SELL', 20],
];

const VOTE = /* GraphQL */ `
  query Vote($executionId: ID!) {
    conversation(executionId: $executionId) {
      swarmVote {
        quorum rule parameterVersion
        votes { agentName weight }
        consensus { action reason }
        explanation { rule parameterVersion }
      }
    }
  }
`;
const voteOf = async (executionId: string) =>
  (await running.app.data(VOTE, { executionId })).conversation.swarmVote;

const weightsOf = async (executionId: string) =>
  Object.fromEntries(
    (await voteOf(executionId)).votes.map(({ agentName, weight }: any) => [agentName, weight]),
  );

test('a change holds for votes that start once it is approved, unless they say otherwise', async () => {
  const { start } = flow(running.app);
  const userNodeId = id();
  await approved(running.app, userNodeId, 'quorum', 100);
  await approved(running.app, userNodeId, 'rule', 'MAJORITY');
  const { executionId } = await start({ userNodeId });
  expect(await voteOf(executionId)).toMatchObject({ quorum: 100, rule: 'MAJORITY', parameterVersion: 3 });
  const { executionId: own } = await start({ userNodeId, quorum: 10, rule: 'HEDGE' });
  expect(await voteOf(own)).toMatchObject({ quorum: 10, rule: 'HEDGE', parameterVersion: 3 });
  const { executionId: counted } = await decide(running.app, SPLIT, { userNodeId });
  expect(await voteOf(counted)).toMatchObject({
    consensus: { action: 'SELL', reason: 'EVIDENCE' },
    explanation: { rule: 'MAJORITY', parameterVersion: 3 },
  });
});

test('an approved weight is what a ballot counts where neither it nor the roster says', async () => {
  const { start, vote } = flow(running.app);
  const userNodeId = id();
  await approved(running.app, userNodeId, 'agents.a.weight', 5);
  await approved(running.app, userNodeId, 'agents.b.weight', 7);
  const buy = { action: 'BUY', confidence: 70 };
  const { executionId: counted } = await start({ userNodeId, totalAgents: 4 });
  await vote(counted, 'a', buy);
  await vote(counted, 'b', { ...buy, weight: 2 });
  await vote(counted, 'c', buy);
  expect(await weightsOf(counted)).toEqual({ a: 5, b: 2, c: 1 });
  const agents = [{ agentName: 'a', weight: 4 }, { agentName: 'b' }, { agentName: 'c' }, { agentName: 'd' }];
  const { executionId: named } = await start({ userNodeId, agents });
  const { message } = await vote(named, 'a', buy);
  await vote(named, 'b', buy);
  await vote(named, 'c', { ...buy, weight: 9 });
  expect([message.vote.weight, await weightsOf(named)]).toEqual([4, { a: 4, b: 7, c: 9, d: null }]);
});

test('a vote that was started before an approval keeps the terms it was started with', async () => {
  const { start, vote } = flow(running.app);
  const userNodeId = id();
  const { executionId: before } = await start({ userNodeId });
  await approved(running.app, userNodeId, 'quorum', 100);
  await approved(running.app, userNodeId, 'rule', 'CONFIDENCE_WEIGHTED');
  await approved(running.app, userNodeId, 'agents.a.weight', 5);
  const { executionId: after } = await start({ userNodeId });
  for (const executionId of [before, after]) {
    for (const name of ['a', 'b']) await vote(executionId, name, { action: 'BUY', confidence: 70 });
    await close(running.app, executionId);
  }
  const told = { action: 'BUY', reason: 'EVIDENCE' };
  expect([await voteOf(before), await voteOf(after)]).toEqual([
    voted(50, 'LOG_ODDS', 1, 1, told),
    voted(100, 'CONFIDENCE_WEIGHTED', 4, 5, { action: 'HOLD', reason: 'NO_QUORUM' }),
  ]);
});

test('a start said again after an approval is the same conversation, at the terms it was started with', async () => {
  const userNodeId = id();
  const input = startInput({ userNodeId });
  const { startConversation: first } = await running.app.data(START, { input });
  await approved(running.app, userNodeId, 'quorum', 100);
  const { startConversation: again } = await running.app.data(START, { input });
  expect(again).toEqual({ ...first, duplicate: true });
  expect(await voteOf(first.conversation.executionId)).toMatchObject({ quorum: 50, parameterVersion: 1 });
});

const voted = (
  quorum: number,
  rule: string,
  parameterVersion: number,
  weight: number,
  consensus: object,
) => ({
  quorum,
  rule,
  parameterVersion,
  votes: [
    { agentName: 'a', weight },
    { agentName: 'b', weight: 1 },
  ],
  consensus,
  explanation: { rule, parameterVersion },
});
