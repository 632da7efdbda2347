import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { feedback, statsOf } from '../learning/node.js';
import { NEVER_MS } from '../learning/users.js';
import { id, type RunningApp, startTestApp, useApp } from '../support/app.js';
import { flow } from '../support/scenario.js';
import { type Cast, close, decide, EXPLANATION_FIELDS } from '../voting/decide.js';
import { makeOlder } from './older.js';

const running = useApp({ sweepMs: NEVER_MS });
const client = new MongoClient(process.env['TEST_MONGODB_URI'] as string, { maxPoolSize: 2 });
afterAll(() => client.close());
const makeOld = (userNodeId: string) => makeOlder(client.db(running.database), userNodeId);

const VOTE = `
  query Vote($executionId: ID!) {
    conversation(executionId: $executionId) {
      status
      context { phase }
      swarmVote {
        totalAgents quorum rule parameterVersion deadline votingCompleted
        votes { agentName status seq action confidence weight abstention }
        results { buy { votes totalConfidence } sell { votes totalConfidence } hold { votes totalConfidence } }
        consensus { action confidence agreement isUnanimous reason }
        explanation { ${EXPLANATION_FIELDS} }
      }
      decision { seq decision { type action symbol confidence } outcome { success pnl } }
    }
    asItWas: conversation(executionId: $executionId, asOfSeq: 1) { swarmVote { votes { agentName } consensus { action } } }
  }
`;
const voteOf = (executionId: string) => running.app.data(VOTE, { executionId });

const vote = async (userNodeId: string, ballots: readonly Cast[], input: object = {}) =>
  (await decide(running.app, ballots, { userNodeId, ...input })).executionId;

describe('a vote that an older version completed is told and explained as that version counted it:', () => {
  const SPLIT: Cast[] = [
    ['a', 'BUY', 90],
    ['b', 'SELL', 20],
    ['c', 'SELL', 20, 2],
    ['d', 'HOLD', 50, 0],
  ];
  const LEVEL: Cast[] = [
    ['a', 'SELL', 80],
    ['b', 'HOLD', 80],
  ];
  /** Three of four seats are silent. */
  const NOT_ENOUGH: Cast[] = [['a', 'BUY', 90]];
  const cases: [what: string, reason: string, ballots: Cast[], seats: number][] = [
    ['by evidence', 'EVIDENCE', SPLIT, 4],
    ['a tie', 'TIE', LEVEL, 2],
    ['without a quorum', 'NO_QUORUM', NOT_ENOUGH, 4],
    ['without a ballot', 'NO_QUORUM', [], 2],
  ];
  test.each(cases)('%s', async (_, reason, ballots, seats) => {
    const userNodeId = id();
    const executionId = await vote(userNodeId, ballots, { totalAgents: seats });
    if (ballots.length < seats) await close(running.app, executionId);
    const before = await voteOf(executionId);
    expect(before.conversation.swarmVote.consensus.reason).toBe(reason);
    await makeOld(userNodeId);
    expect(await voteOf(executionId)).toEqual(before);
  });

  test('without a quorum as nothing else, though the one ballot was for a trade', async () => {
    const userNodeId = id();
    const executionId = await vote(userNodeId, NOT_ENOUGH, { totalAgents: 4 });
    await close(running.app, executionId);
    await makeOld(userNodeId);
    const { swarmVote } = (await voteOf(executionId)).conversation;
    expect(swarmVote.consensus).toMatchObject({ action: 'HOLD', confidence: null, reason: 'NO_QUORUM' });
    expect(swarmVote.explanation).toMatchObject({
      rule: 'LOG_ODDS',
      parameterVersion: 1,
      raw: null,
      margin: null,
      runnerUp: null,
      dissenters: ['a'],
      agreementByHeads: 0,
      pivotalAgents: [],
    });
  });
});

test('a vote that an older version opened goes on, and is counted by what holds for all', async () => {
  const { start, vote: say, outcome } = flow(running.app);
  const { executionId, userNodeId } = await start({ totalAgents: 2 });
  await say(executionId, 'a', { action: 'BUY', confidence: 80 });
  await makeOld(userNodeId);
  const { message } = await say(executionId, 'b', { action: 'BUY', confidence: 60 });
  expect(message.vote.weight).toBe(1);
  const { status, swarmVote, decision } = await outcome(executionId);
  expect([status, swarmVote.consensus]).toMatchObject(['COMPLETED', { action: 'BUY', reason: 'EVIDENCE' }]);
  const { explanation } = (await voteOf(executionId)).conversation.swarmVote;
  expect(explanation).toMatchObject({ rule: 'LOG_ODDS', parameterVersion: 1, decisionSeq: 1 });
  expect(await feedback(running.app, decision.id, { success: true })).toMatchObject({ userErrors: [] });
});

describe('a node of decisions that an older version logged', () => {
  const READ = /* GraphQL */ `
    query Read($userNodeId: ID!) {
      agentDrift(userNodeId: $userNodeId) { agentName votes isDrifting findings { kind sinceSeq text } reason }
      decisionBrief(userNodeId: $userNodeId, symbol: "SPX", agentName: "a") {
        isEmpty text openDecisions { seq } lastOutcomes { seq }
        lessons { lesson count source text }
        agent { agentName evaluatedVotes streak }
      }
      agentPerformance(userNodeId: $userNodeId) {
        agentName
        symbols: slices(by: SYMBOL) { key evaluatedVotes edge hitRate { value n } pnlAttributed }
        actions: slices(by: ACTION) { key evaluatedVotes edge }
        weightHistory { seq learnedWeight n }
      }
      decisions(userNodeId: $userNodeId) {
        edges {
          node {
            seq revision
            learning { wasCorrect confidenceAccuracy lessonsLearned parametersToAdjust { path from to reason applied } }
            feedback { revision source }
          }
        }
      }
    }
  `;
  const SAID = /* GraphQL */ `
    query Said($userNodeId: ID!) {
      agentPerformance(userNodeId: $userNodeId) {
        agentName
        phases: slices(by: PHASE) { key evaluatedVotes }
        models: slices(by: MODEL) { key evaluatedVotes }
      }
    }
  `;
  const WHAT_IF = /* GraphQL */ `
    query WhatIf($input: WhatIfInput!) {
      whatIf(input: $input) { decisions evaluated changed changes { from to } actualSuccess { n } actualPnl }
    }
  `;
  const whatIf = async () =>
    (await running.app.data(WHAT_IF, { input: { userNodeId: node, rule: 'MAJORITY' } })).whatIf;
  const read = (app: RunningApp) => app.data(READ, { userNodeId: node });

  const node = id();
  let before: any;
  beforeAll(async () => {
    const learn = async (ballots: Cast[], outcome: Record<string, unknown>, input = {}) => {
      const { decision } = await decide(running.app, ballots, { userNodeId: node, ...input });
      expect(await feedback(running.app, decision.id, outcome)).toMatchObject({ userErrors: [] });
    };
    const agreed: Cast[] = [
      ['a', 'BUY', 90],
      ['b', 'BUY', 80],
    ];
    const lessonsLearned = ['Mind the gap.', 'OVERCONFIDENT of us.'];
    await learn(agreed, { success: false, pnl: -4, lessonsLearned, source: 'MARKET' });
    await learn(agreed, { success: false, pnl: -6, lessonsLearned }, { symbol: 'NDX' });
    await learn([['a', 'SELL', 60]], { success: true, pnl: 9 });
    await decide(running.app, agreed, { userNodeId: node });
    before = await read(running.app);
    await makeOld(node);
  });

  test('tells its adjustments, drift, slices and all of its brief but whose lessons they are as before', async () => {
    expect(before.decisions.edges[3].node.learning.parametersToAdjust.length).toBeGreaterThan(0);
    const told = ({ decisionBrief, ...rest }: any) => {
      const { isEmpty, openDecisions, lastOutcomes, agent } = decisionBrief;
      return { ...rest, isEmpty, openDecisions, lastOutcomes, agent };
    };
    // What changes under a running server is told within a minute; an older version's is there from the start.
    const upgraded = await startTestApp(running.database, { sweepMs: NEVER_MS });
    const now = await read(upgraded).finally(() => upgraded.stop());
    expect(told(now)).toEqual(told(before));
    const { text, lessons } = now.decisionBrief;
    expect(lessons).toContainEqual({
      lesson: 'Mind the gap.',
      count: 2,
      source: 'CALLER',
      text: 'Mind the gap.',
    });
    expect(text).toContain('Mind the gap.');
  });

  test('counts lessons by their code, and others as a caller’s', async () => {
    const { topLessons } = await statsOf(running.app, node);
    const sourceOf = (lesson: string) => topLessons.find((one: any) => one.lesson === lesson)?.source;
    expect(topLessons).toContainEqual({ lesson: 'Mind the gap.', count: 2, source: 'CALLER' });
    expect(topLessons).toContainEqual({ lesson: 'OVERCONFIDENT of us.', count: 2, source: 'CALLER' });
    expect(sourceOf('UNANIMOUS_MISS')).toBe('SERVER');
  });

  test('knows no phase and no model of its votes', async () => {
    const { agentPerformance } = await running.app.data(SAID, { userNodeId: node });
    const unsaid = (evaluatedVotes: number) => [{ key: null, evaluatedVotes }];
    expect(agentPerformance).toEqual(
      expect.arrayContaining([
        { agentName: 'a', phases: unsaid(3), models: unsaid(3) },
        { agentName: 'b', phases: unsaid(2), models: unsaid(2) },
      ]),
    );
  });

  test('is counted again without them, and with those that are counted now', async () => {
    const none = { decisions: 0, evaluated: 0, changed: 0, changes: [], actualSuccess: null, actualPnl: 0 };
    expect(await whatIf()).toEqual(none);
    await decide(
      running.app,
      [
        ['x', 'BUY', 90],
        ['y', 'SELL', 20],
        ['z', 'SELL', 20],
      ],
      { userNodeId: node },
    );
    expect(await whatIf()).toEqual({
      ...none,
      decisions: 1,
      changed: 1,
      changes: [{ from: 'BUY', to: 'SELL' }],
    });
  });
});
