import { expect, jest, test } from '@jest/globals';
import {
  type GraphQLObjectType,
  type GraphQLOutputType,
  isIntrospectionType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { createSchema } from '../../src/graphql/schema.js';
import { id, useApp } from '../support/app.js';
import { createOperations, rootOf } from '../support/operations.js';
import { ballotInput, messageInput, startInput } from '../support/scenario.js';

jest.setTimeout(60_000);

const running = useApp({ limits: { cost: 1_000_000, documentBytes: 65_536 } });
const schema = createSchema();
const operations = createOperations(schema);
const seen = new Set<string>();

/** Null in any example that local mode can give, in a short time. */
const LEGITIMATELY_NULL = new Map([
  ['Viewer.agentName', 'only a token names an agent, and local mode has none'],
  ['Viewer.subject', 'only a token names somebody, and local mode has none'],
  ['Viewer.expiresAt', 'only a token ends, and local mode has none'],
  ['DecisionBrief.agentGap', 'it takes more than 10,000 decisions'],
]);

/** Notes each coordinate that has a value somewhere in an answer. */
function note(type: GraphQLOutputType, value: unknown): void {
  if (value === null || value === undefined) return;
  if (isNonNullType(type)) return note(type.ofType, value);
  if (isListType(type)) return (value as unknown[]).forEach((item) => note(type.ofType, item));
  if (!isObjectType(type)) return;
  for (const [name, member] of Object.entries(value)) {
    const field = type.getFields()[name];
    if (field === undefined) throw new Error(`Expected ${type.name}.${name} to be a field.`);
    if (member !== null && !(Array.isArray(member) && member.length === 0)) seen.add(`${type.name}.${name}`);
    note(field.type, member);
  }
}

async function ask(kind: 'query' | 'mutation', name: string, variables: Record<string, unknown> = {}) {
  const data = await running.app.data(operations.operation(kind, name).document, variables);
  note(rootOf(schema, kind), data);
  return data[name];
}

const mutate = (name: string, input: Record<string, unknown>) => ask('mutation', name, { input });

async function follow(name: string, variables: Record<string, unknown>): Promise<void> {
  const { document } = operations.operation('subscription', name);
  const subscription = running.app.subscribe(document, variables);
  note(rootOf(schema, 'subscription'), await subscription.next());
  subscription.stop();
}

/** A conversation in which everything that can be said is said, on a node that has learned from it. */
async function fullExample() {
  const userNodeId = id();
  const start = startInput({
    userNodeId,
    agents: [
      { agentName: 'bull', weight: 10 },
      { agentName: 'adviser', weight: 0 },
      ...['shy', 'broken', 'absent'].map((agentName) => ({ agentName })),
    ],
    quorum: 20,
    votingTimeout: 3_600,
    timeout: 7_200,
    decisionContext: {
      marketConditions: { trend: 'up' },
      portfolioState: { cash: 1_000 },
      riskMetrics: { drawdown: 0.1 },
    },
  });
  const executionId = start.executionId as string;
  await mutate('startConversation', start);
  await mutate('addMessage', messageInput(executionId));
  await mutate(
    'addMessage',
    ballotInput(
      executionId,
      'bull',
      { action: 'BUY', confidence: 70 },
      {
        aiModel: 'model-1',
        promptVersion: 'v3',
        replyToSeq: 1,
        phase: 'TRADE_DECISION',
        content: { text: 'Buy.', confidence: 70, sentiment: 'BULLISH', data: { rsi: 31.5 } },
        ui: { tone: 'EXCITED', icon: 'bull', color: '#1a7f37' },
      },
    ),
  );
  await mutate('addMessage', ballotInput(executionId, 'adviser', { action: 'SELL', confidence: 60 }));
  await mutate('addMessage', ballotInput(executionId, 'shy', { abstention: 'NO_DATA' }));
  await mutate('addMessage', ballotInput(executionId, 'broken', { abstention: 'MODEL_ERROR' }));
  for (const [name, input] of [
    ['startConversation', { ...start, quorum: 0 }],
    ['addMessage', ballotInput(executionId, 'Bull', { abstention: 'NO_DATA' })],
    ['closeVoting', { executionId: 'none' }],
    ['recordOutcome', { executionId, executed: true, action: 'BUY' }],
    ['logDecision', { userNodeId, type: 'TRADE', action: 'WAIT', confidence: 50 }],
    ['recordFeedback', { decisionId: id(), success: true }],
  ] as const) {
    expect((await mutate(name, input)).userErrors).toHaveLength(1);
  }
  await mutate('closeVoting', { executionId });
  const { conversation } = await mutate('recordOutcome', {
    executionId,
    executed: true,
    action: 'BUY',
    reasoning: 'As the swarm said.',
  });
  await mutate('recordFeedback', {
    decisionId: conversation.decision.id,
    source: 'MARKET',
    success: true,
    // With more digits than are kept, which is remarked.
    pnl: 37.5 / 3.1,
    timeHeld: 3_600,
    exitReason: 'target',
    lessonsLearned: ['Trends last.'],
  });
  await mutate('logDecision', { userNodeId, type: 'PAUSE', action: 'pause', symbol: 'SPX', confidence: 50 });
  await vote(userNodeId, 'SELL', 55);
  const dispute = startInput({ userNodeId, totalAgents: 2 });
  await mutate('startConversation', dispute);
  for (const [agent, action, weight] of [
    ['bull', 'BUY', 3],
    ['bear', 'SELL', 2],
  ] as const) {
    await mutate('addMessage', ballotInput(dispute.executionId, agent, { action, confidence: 70, weight }));
  }
  await mutate('addMessage', ballotInput(executionId, 'absent', { action: 'SELL', confidence: 60 }));
  await mutate('logDecision', { userNodeId, type: 'PAUSE', action: 'pause', symbol: 'spx', confidence: 50 });
  return { executionId, userNodeId, decisionId: conversation.decision.id as string };
}

/** A vote closed with one ballot, after which another came; answers its execution. */
async function lateExample(userNodeId: string): Promise<string> {
  const start = startInput({ userNodeId, symbol: 'spx', totalAgents: 2, keepLate: true });
  const executionId = start.executionId as string;
  await mutate('startConversation', start);
  await mutate('addMessage', ballotInput(executionId, 'changeling', { action: 'BUY', confidence: 60 }));
  await mutate('closeVoting', { executionId });
  await mutate('addMessage', ballotInput(executionId, 'tardy', { action: 'BUY', confidence: 60 }));
  await mutate('recordFeedback', { decisionId: await decisionIdOf(executionId), success: true, pnl: 1 });
  return executionId;
}

/** One agent alone decides; answers the decision's id. */
async function vote(
  userNodeId: string,
  action: string,
  confidence: number,
  agent = 'changeling',
): Promise<string> {
  const { executionId, ...start } = startInput({ userNodeId, totalAgents: 1 });
  await mutate('startConversation', { executionId, ...start });
  await mutate('addMessage', ballotInput(executionId, agent, { action, confidence }));
  return decisionIdOf(executionId);
}

async function decisionIdOf(executionId: string): Promise<string> {
  const query = 'query Decision($e: ID) { conversation(executionId: $e) { decision { id } } }';
  return (await running.app.data(query, { e: executionId })).conversation.decision.id;
}

/** A node long enough at work for all that takes many cases, whose parameters were changed and changed back. */
async function longExample(): Promise<string> {
  const userNodeId = id();
  for (let i = 0; i < 30; i++) {
    const isRight = i < 6;
    const decisionId = await vote(userNodeId, isRight ? 'BUY' : 'SELL', 50 + i);
    await mutate('recordFeedback', { decisionId, success: isRight, pnl: isRight ? 3 : -2 });
  }
  const other = await vote(userNodeId, 'BUY', 60, 'Changeling');
  await mutate('recordFeedback', { decisionId: other, success: true, pnl: 1 });
  await mutate('startConversation', startInput({ userNodeId, agents: [{ agentName: 'CHANGELING' }] }));
  const propose = async (path: string, to: unknown): Promise<string> => {
    const answer = await mutate('proposeParameterChange', { userNodeId, path, to, reason: 'To see.' });
    return answer.parameterChange.id;
  };
  const comment = 'Agreed.';
  const changeId = await propose('agents.changeling.weight', 7);
  await mutate('decideParameterChange', { changeId, decision: 'APPROVE', comment });
  await propose('agents.CHANGELING.weight', 8);
  const backId = await propose('quorum', 60);
  for (const decision of ['APPROVE', 'ROLL_BACK'])
    await mutate('decideParameterChange', { changeId: backId, decision, comment });
  await mutate('suggestParameterChanges', { userNodeId });
  for (const [name, input] of [
    ['proposeParameterChange', { userNodeId, path: 'quorum', to: 0, reason: 'None.' }],
    ['suggestParameterChanges', { userNodeId: 'none' }],
    ['decideParameterChange', { changeId: id(), decision: 'REJECT' }],
  ] as const) {
    expect((await mutate(name, input)).userErrors).toHaveLength(1);
  }
  return userNodeId;
}

test('answers every field there is, each with a value somewhere in a full example', async () => {
  const { executionId, userNodeId, decisionId } = await fullExample();
  const since = '2000-01-01T00:00:00.000Z';
  const longNode = await longExample();
  const late = await lateExample(longNode);

  await ask('query', 'viewer');
  const conversation = await ask('query', 'conversation', { executionId });
  await ask('query', 'conversation', { executionId: late });
  await ask('query', 'conversations', { first: 20 });
  await ask('query', 'conversations', { first: 20, filter: { symbol: 'Spx' } });
  await ask('query', 'nodes', { first: 20 });
  await ask('query', 'decision', { id: decisionId });
  await ask('query', 'decisions', { userNodeId, first: 20 });
  await ask('query', 'decisions', { userNodeId: longNode, first: 20 });
  await ask('query', 'decisions', { userNodeId, first: 20, filter: { symbol: 'Spx' } });
  await ask('query', 'learningStats', { userNodeId, since });
  await ask('query', 'agentPerformance', { userNodeId });
  for (const node of [userNodeId, longNode]) {
    const symbol = 'SPX';
    await ask('query', 'learningStats', { userNodeId: node });
    await ask('query', 'nodeParameters', { userNodeId: node });
    await ask('query', 'parameterChanges', { userNodeId: node, first: 100 });
    await ask('query', 'decisionBrief', { userNodeId: node, symbol, agentName: 'changeling' });
    await ask('query', 'agentDrift', { userNodeId: node });
    await ask('query', 'whatIf', { input: { userNodeId: node, minConfidence: 60 } });
    await ask('query', 'whatIf', { input: { userNodeId: node, minConfidence: 100 } });
    await follow('agentDrift', { userNodeId: node });
  }
  await ask('query', 'decisionBrief', { userNodeId: longNode, symbol: 'SPX', agentName: 'CHANGELING' });
  await follow('messageAdded', { executionId, afterSeq: 0 });
  await follow('voteCompleted', { executionId });
  await follow('conversationChanged', { executionId });

  const statuses = conversation.swarmVote.votes.map(({ status }: { status: string }) => status);
  expect(statuses).toEqual(['COUNTED', 'ADVISORY', 'ABSTAINED', 'FAILED', 'MISSING']);

  const all = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !isIntrospectionType(type))
    .flatMap((type) =>
      Object.keys((type as GraphQLObjectType).getFields()).map((name) => `${type.name}.${name}`),
    )
    .sort();
  expect([...operations.selected].sort()).toEqual(all);
  expect(all.filter((coordinate) => !seen.has(coordinate))).toEqual([...LEGITIMATELY_NULL.keys()].sort());
});
