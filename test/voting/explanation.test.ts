import { expect, test } from '@jest/globals';
import { type RuleName, RULES } from '../../src/domain/rules.js';
import type { Ballot } from '../../src/domain/voting.js';
import { TRADE_ACTIONS, type TradeAction } from '../../src/domain/tradeAction.js';
import { abstention, ballot, count, nodeAt } from '../domain/builders.js';
import { type RunningApp, id, useApp } from '../support/app.js';
import { flow, START, startInput } from '../support/scenario.js';
import { close, decide, decideGolden, EXPLANATION_FIELDS, GOLDEN } from './decide.js';

const running = useApp();

const EXPLANATION = `
  query Explanation($executionId: ID!) {
    conversation(executionId: $executionId) {
      decision { id }
      swarmVote {
        rule
        consensus { action confidence agreement isUnanimous reason }
        explanation { ${EXPLANATION_FIELDS} }
      }
      messages(last: 1) { edges { node { agentName content { text data } } } }
    }
  }
`;

const explanationOf = async (app: RunningApp, executionId: string) => {
  const { swarmVote, decision, messages } = (await app.data(EXPLANATION, { executionId })).conversation;
  const closing = messages.edges[0]?.node;
  return { ...swarmVote, decisionId: decision?.id, closing };
};

/** The golden ballots as the domain counts them. */
const goldenBallots = (): Ballot[] => [
  ...GOLDEN.map(([agentName, action, confidence, weight]) =>
    ballot(agentName, action.toLowerCase() as TradeAction, confidence, weight),
  ),
  abstention('news', 'parse_error'),
];

const counted = (ballots: Ballot[], rule: RuleName = 'log_odds') =>
  count(ballots, nodeAt(1), ballots.length, 50, RULES[rule]);

/** All single changes of one counted ballot that change the action, each counted as a vote of its own. */
function pivotalByBruteForce(ballots: Ballot[], rule: RuleName) {
  const { action } = counted(ballots, rule).consensus;
  return ballots
    .flatMap((own, at) => {
      if (own.action === null) return [];
      const changes = [...TRADE_ACTIONS, null].flatMap((vote) => {
        if (vote === own.action) return [];
        const changed = vote === null ? abstention(own.agentName, 'abstained') : { ...own, action: vote };
        const instead = counted(ballots.with(at, changed), rule).consensus;
        if (instead.action === action) return [];
        const [to, reason] = [instead.action.toUpperCase(), instead.reason.toUpperCase()];
        return [{ vote: vote?.toUpperCase() ?? null, action: to, reason }];
      });
      return changes.length === 0 ? [] : [{ agentName: own.agentName, changes }];
    })
    .sort((a, b) => (a.agentName < b.agentName ? -1 : 1));
}

const odds = (percent: number): number => Math.log(percent / (100 - percent));
const about = (value: number): unknown => expect.closeTo(value, 9);

test('explains the golden conversation', async () => {
  const { executionId } = await decideGolden(running.app);
  const { rule, consensus, explanation } = await explanationOf(running.app, executionId);
  // The mean weight is 73/7; a newcomer who states s % is right 60 % + (s − 60 %) / 4.
  const agents = GOLDEN.map(([agentName, action, confidence, weight]) => {
    const percent = 60 + (confidence - 60) / 4;
    const evidence = ((weight * 7) / 73) * odds(percent);
    return { agentName, action, confidence, weight, percent, evidence };
  });
  const sum = (of: typeof agents) => of.reduce((all, { evidence }) => all + evidence, 0);
  const [buy, sell, hold] = (['BUY', 'SELL', 'HOLD'] as const).map((action) =>
    sum(agents.filter((one) => one.action === action)),
  ) as [number, number, number];
  expect(rule).toBe('LOG_ODDS');
  expect(consensus).toMatchObject({ action: 'HOLD', agreement: 48, isUnanimous: false, reason: 'EVIDENCE' });
  expect(explanation).toEqual({
    rule: 'LOG_ODDS',
    ruleVersion: 1,
    parameterVersion: 1,
    decisionSeq: 1,
    raw: about(1 / (1 + Math.exp(-(hold - buy)))),
    buy: about(buy),
    sell: about(sell),
    hold: about(hold),
    agents: agents
      .sort((a, b) => b.evidence - a.evidence)
      .map(({ percent, evidence, ...said }) => ({
        ...said,
        probability: about(percent / 100),
        evidence: about(evidence),
        share: about(evidence / (buy + sell + hold)),
      })),
    agreementByWeight: 48,
    agreementByHeads: 43,
    dissenters: ['breakout', 'contrarian', 'momentum', 'sentiment'],
    runnerUp: 'BUY',
    margin: about(hold - buy),
    pivotalAgents: pivotalByBruteForce(goldenBallots(), 'log_odds'),
  });
  expect(explanation.pivotalAgents.length).toBeGreaterThan(0);
});

test('explains nothing until the vote is complete', async () => {
  const { start, vote } = flow(running.app);
  const { executionId } = await start({ totalAgents: 2 });
  expect(await explanationOf(running.app, executionId)).toMatchObject({ explanation: null, consensus: null });
  await vote(executionId, 'a', { action: 'BUY', confidence: 80 });
  expect((await explanationOf(running.app, executionId)).explanation).toBeNull();
  await vote(executionId, 'b', { action: 'BUY', confidence: 80 });
  expect((await explanationOf(running.app, executionId)).explanation).not.toBeNull();
});

test('explains a vote the same when feedback on it, and on later ones, was learned', async () => {
  const { executionId, userNodeId } = await decideGolden(running.app);
  const before = await explanationOf(running.app, executionId);
  const { feedback } = flow(running.app);
  await feedback(before.decisionId, { success: false, pnl: -100 });
  const later = await decideGolden(running.app, { userNodeId });
  const learned = await explanationOf(running.app, later.executionId);
  await feedback(learned.decisionId, { success: false, pnl: -50 });
  await feedback(before.decisionId, { success: true, pnl: 100 });
  expect(await explanationOf(running.app, executionId)).toEqual(before);
  expect(learned.explanation.decisionSeq).toBe(2);
  expect(learned.explanation.raw).not.toBe(before.explanation.raw);
});

test.each(['LOG_ODDS', 'MAJORITY', 'CONFIDENCE_WEIGHTED', 'HEDGE'])(
  'counts and explains the golden conversation by %s where its start says so',
  async (rule) => {
    const name = rule.toLowerCase() as RuleName;
    const { executionId } = await decideGolden(running.app, { rule });
    const told = await explanationOf(running.app, executionId);
    const { consensus, ballots, basis } = counted(goldenBallots(), name);
    const [action, reason] = [consensus.action.toUpperCase(), consensus.reason.toUpperCase()];
    expect(told.rule).toBe(rule);
    expect(told.consensus).toEqual({ ...consensus, action, reason });
    expect(told.closing).toMatchObject({ agentName: 'swarm', content: { data: { rule: name, counted: 7 } } });
    const { agents, ...explanation } = told.explanation;
    expect(explanation).toMatchObject({ rule, ruleVersion: 1, decisionSeq: 1, raw: basis.raw });
    expect(explanation.pivotalAgents).toEqual(pivotalByBruteForce(goldenBallots(), name));
    const evidenceOf = (of: { agentName: string; evidence: number | null }[]) =>
      Object.fromEntries(of.map(({ agentName, evidence }) => [agentName, evidence]));
    expect({ ...evidenceOf(agents), news: null }).toEqual(evidenceOf(ballots));
  },
);

test('a start with another rule is a conflict, the same again a duplicate', async () => {
  const input = startInput({ rule: 'MAJORITY' });
  const startOf = async (rule: string | null) =>
    (await running.app.data(START, { input: { ...input, rule } })).startConversation;
  expect(await startOf('MAJORITY')).toMatchObject({ duplicate: false, userErrors: [] });
  expect(await startOf('MAJORITY')).toMatchObject({ duplicate: true, userErrors: [] });
  for (const other of ['HEDGE', 'LOG_ODDS', null]) {
    expect(await startOf(other)).toMatchObject({ duplicate: false, userErrors: [{ code: 'CONFLICT' }] });
  }
  const { executionId } = input as { executionId: string };
  expect((await explanationOf(running.app, executionId)).rule).toBe('MAJORITY');
});

test('a start that left the rule to the node conflicts with one that names it', async () => {
  const input = startInput();
  const startOf = async (given: object) =>
    (await running.app.data(START, { input: given })).startConversation;
  expect(await startOf(input)).toMatchObject({ duplicate: false, userErrors: [] });
  expect(await startOf({ ...input, rule: null })).toMatchObject({ duplicate: true, userErrors: [] });
  expect(await startOf({ ...input, rule: 'HEDGE' })).toMatchObject({ userErrors: [{ code: 'CONFLICT' }] });
});

test('explains a vote that nobody counted in', async () => {
  const { start, vote } = flow(running.app);
  const { executionId } = await start({ totalAgents: 3, rule: 'CONFIDENCE_WEIGHTED', userNodeId: id() });
  await vote(executionId, 'a', { action: 'BUY', confidence: 80, weight: 0 });
  await vote(executionId, 'b', { abstention: 'TIMED_OUT' });
  await close(running.app, executionId);
  const { explanation, closing, decisionId } = await explanationOf(running.app, executionId);
  expect(decisionId).toBeUndefined();
  expect(closing.content.data).toMatchObject({ rule: 'confidence_weighted', counted: 0 });
  expect(explanation).toEqual({
    rule: 'CONFIDENCE_WEIGHTED',
    ruleVersion: 1,
    parameterVersion: 1,
    decisionSeq: null,
    raw: null,
    buy: 0,
    sell: 0,
    hold: 0,
    agents: [],
    agreementByWeight: 0,
    agreementByHeads: 0,
    dissenters: [],
    runnerUp: null,
    margin: null,
    pivotalAgents: [],
  });
});

test('explains a tie, whose runner-up is the first that was level', async () => {
  const { executionId } = await decide(running.app, [
    ['a', 'SELL', 80],
    ['b', 'HOLD', 80],
  ]);
  expect((await explanationOf(running.app, executionId)).explanation).toMatchObject({
    raw: 0.5,
    runnerUp: 'SELL',
    margin: 0,
    dissenters: ['a'],
    pivotalAgents: [
      {
        agentName: 'b',
        changes: [
          { vote: 'SELL', action: 'SELL', reason: 'EVIDENCE' },
          { vote: null, action: 'SELL', reason: 'EVIDENCE' },
        ],
      },
    ],
  });
});
