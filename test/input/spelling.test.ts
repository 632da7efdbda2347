import { describe, expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import { settings } from '../learning/changes.js';
import { ballotInput, flow, messageInput, startInput } from '../support/scenario.js';
import { storingNothing } from './refusals.js';

const running = useApp();
const buy = { action: 'BUY', confidence: 70 };
const REFUSAL = 'userErrors { code message field didYouMean } remarks { code text field didYouMean }';
const ADD = `mutation Add($input: AddMessageInput!) { addMessage(input: $input) { duplicate ${REFUSAL} message { seq agentName } } }`;
const START = `mutation Start($input: StartConversationInput!) {
  startConversation(input: $input) { ${REFUSAL} conversation { swarmVote { votes { agentName } } } }
}`;
const add = async (input: object) => (await running.app.data(ADD, { input })).addMessage;
const start = async (input: object) =>
  (await running.app.data(START, { input: startInput(input as Record<string, unknown>) })).startConversation;
const roster = (...names: string[]) => ({ agents: names.map((agentName) => ({ agentName })) });

/** A node on which `Momentum` has one evaluated vote. */
async function momentumNode(): Promise<string> {
  const { start: open, vote, outcome, feedback } = flow(running.app);
  const { executionId, userNodeId } = await open({ agents: [{ agentName: 'Momentum' }] });
  await vote(executionId, 'Momentum', buy);
  await feedback((await outcome(executionId)).decision.id, { success: true, pnl: 5 });
  return userNodeId;
}

test('takes white space from the ends of a name and keeps the rest in NFC', async () => {
  const given = ['Quant\n', '  Bull Researcher\u00a0', 'Cafe\u0301'];
  const { conversation, userErrors } = await start(roster(...given));
  const named = conversation.swarmVote.votes.map((vote: { agentName: string }) => vote.agentName);
  expect({ userErrors, named }).toEqual({ userErrors: [], named: ['Quant', 'Bull Researcher', 'Café'] });
});

test('takes a ballot under a name with white space for one of the agent, and the same again for the same', async () => {
  const { executionId } = await flow(running.app).start(roster('Quant', 'other'));
  const ballot = ballotInput(executionId, 'Quant\n', buy, { idempotencyKey: 'one' });
  expect(await add(ballot)).toMatchObject({ duplicate: false, message: { seq: 1, agentName: 'Quant' } });
  expect(await add({ ...ballot, agentName: 'Quant' })).toMatchObject({ duplicate: true, userErrors: [] });
});

test.each([
  ['analyst-3', ['analyst-1', 'analyst-2']],
  ['analyst', ['analyst-1', 'trader']],
  ['cat', ['bat', 'dog']],
  ['Momentux', ['Momentum', 'Momentus']],
])('names nobody for %s beside %j, of whom it may be another or any', async (given, named) => {
  const { executionId } = await flow(running.app).start(roster(...named));
  const { userErrors } = await add(ballotInput(executionId, given, buy));
  expect(userErrors).toMatchObject([{ code: 'AGENT_NOT_ALLOWED', didYouMean: null }]);
});

describe('a ballot under nearly the name of an agent is refused with that name,', () => {
  test.each([
    ['Momentum', 'momentum'],
    ['Bull Researcher', 'bull_researcher'],
    ['Straße', 'STRASSE'],
    ['model-4.1', 'model-4-1'],
    ['Momentum', 'Momentun'],
    ['Momentum', 'Momntum'],
    ['Momentum', 'Moementum'],
    ['Momentum', 'Mmoentum'],
  ])('with %s on the roster, from %s', async (named, given) => {
    const open = await flow(running.app).start(roster(named, 'other'));
    const refused = await storingNothing(running.app, open, () =>
      add(ballotInput(open.executionId, given, buy)),
    );
    const text = `Expected a ballot of one of the 2 agents named at the start, got one of "${given}". Did you mean "${named}"?`;
    expect(refused).toMatchObject({
      message: null,
      userErrors: [
        { code: 'AGENT_NOT_ALLOWED', message: text, field: ['input', 'agentName'], didYouMean: named },
      ],
    });
  });

  test('without a roster, after a voter of that name', async () => {
    const open = await flow(running.app).start({ totalAgents: 3 });
    await flow(running.app).vote(open.executionId, 'Momentum', buy);
    const again = ballotInput(open.executionId, 'ｍomentum', buy);
    const refused = await storingNothing(running.app, open, () => add(again));
    const text =
      'Expected each agent to vote under one spelling of its name, got "ｍomentum" after "Momentum". Did you mean "Momentum"?';
    expect(refused.userErrors).toEqual([
      { code: 'AGENT_NOT_ALLOWED', message: text, field: ['input', 'agentName'], didYouMean: 'Momentum' },
    ]);
    expect((await add({ ...again, agentName: 'Momentum' })).userErrors).toEqual([]);
  });

  test('without a roster, of several at once only one spelling is counted', async () => {
    const { executionId } = await flow(running.app).start({ totalAgents: 9 });
    const names = ['Momentum', 'momentum', 'MOMENTUM', 'mOMENTUM'];
    await Promise.all(names.map((name) => add(ballotInput(executionId, name, buy))));
    expect((await flow(running.app).outcome(executionId)).swarmVote.votes).toHaveLength(1);
  });
});

describe('remarks that an agent is not the one on record,', () => {
  const near = (field: string[], how: string) => ({
    code: 'NEAR_NAME',
    text: `"momentum" is another agent than "Momentum", which ${how}. Did you mean "Momentum"?`,
    field: ['input', ...field],
    didYouMean: 'Momentum',
  });

  test('where it is named at the start', async () => {
    const { remarks } = await start({ userNodeId: await momentumNode(), ...roster('other', 'momentum') });
    expect(remarks).toEqual([near(['agents', '1', 'agentName'], 'has a record for this node')]);
  });

  test('where it votes without a roster', async () => {
    const input = { userNodeId: await momentumNode(), totalAgents: 2 };
    const { executionId } = await flow(running.app).start(input);
    const { remarks } = await add(ballotInput(executionId, 'momentum', buy));
    expect(remarks).toEqual([near(['agentName'], 'has a record for this node')]);
    expect((await add(ballotInput(executionId, 'other', buy))).remarks).toEqual([]);
  });

  test('where it only talks beside the one on the roster', async () => {
    const { executionId } = await flow(running.app).start(roster('Momentum', 'other'));
    const { remarks } = await add(messageInput(executionId, { agentName: 'momentum' }));
    expect(remarks).toEqual([near(['agentName'], 'is named at the start')]);
  });

  test('where a default weight is proposed for it', async () => {
    const query = `mutation P($input: ProposeParameterChangeInput!) {
      proposeParameterChange(input: $input) { duplicate ${REFUSAL} }
    }`;
    const userNodeId = await momentumNode();
    const propose = async (path: string) => {
      const input = { userNodeId, path, to: 3, reason: 'It knows the market.' };
      return (await running.app.data(query, { input })).proposeParameterChange;
    };
    const remarks = [near(['path'], 'has a record for this node')];
    const path = 'agents.momentum.weight';
    expect(await propose(path)).toEqual({ duplicate: false, userErrors: [], remarks });
    expect(await propose(path)).toEqual({ duplicate: true, userErrors: [], remarks });
    for (const other of ['agents["ｍomentum"].weight', 'agents["mo-mentum "].weight']) {
      expect((await propose(other)).remarks).toMatchObject([{ didYouMean: 'Momentum' }]);
    }
    for (const fine of ['agents.Momentum.weight', 'agents.other.weight', 'quorum']) {
      expect((await propose(fine)).remarks).toEqual([]);
    }
  });

  test('where it asks for its own record', async () => {
    const query = `query Q($node: ID!, $name: String) {
      decisionBrief(userNodeId: $node, symbol: "SPX", agentName: $name) { agent { agentName } agentDidYouMean text }
    }`;
    const node = await momentumNode();
    const { decisionBrief } = await running.app.data(query, { node, name: 'momentum ' });
    expect(decisionBrief).toMatchObject({ agent: null, agentDidYouMean: 'Momentum' });
    expect(decisionBrief.text).toMatch(/\nThis agent has no record; Momentum has one\.$/);
    const own = await running.app.data(query, { node, name: 'Momentum' });
    expect(own.decisionBrief).toMatchObject({ agent: { agentName: 'Momentum' }, agentDidYouMean: null });
  });
});

test('names agents of nearly one name with each other where both have a record', async () => {
  const userNodeId = await momentumNode();
  const { start: open, vote, outcome, feedback } = flow(running.app);
  const { executionId } = await open({ userNodeId, agents: [{ agentName: 'momentum' }, { agentName: 'b' }] });
  for (const name of ['momentum', 'b']) await vote(executionId, name, buy);
  await feedback((await outcome(executionId)).decision.id, { success: true, pnl: 5 });
  const query = `query P($node: ID!) { agentPerformance(userNodeId: $node) { agentName nearNames } }`;
  const { agentPerformance } = await running.app.data(query, { node: userNodeId });
  expect(Object.fromEntries(agentPerformance.map(Object.values))).toEqual({
    Momentum: ['momentum'],
    momentum: ['Momentum'],
    b: [],
  });
});

test('a default weight is given by a path with the name quoted, or not where it need not be', async () => {
  const { propose, decideOn, inForce, history } = settings(running.app);
  const node = id();
  for (const [path, canonical] of [
    ['agents["model-4.1"].weight', 'agents["model-4.1"].weight'],
    ['agents["plain"].weight', 'agents.plain.weight'],
    ['agents["say \\"no\\" \\\\"].weight', 'agents["say \\"no\\" \\\\"].weight'],
    ['agents["市场分析师"].weight', 'agents["市场分析师"].weight'],
  ] as const) {
    const { parameterChange, userErrors } = await propose(node, path, 7);
    expect({ userErrors, path: parameterChange?.path }).toEqual({ userErrors: [], path: canonical });
    await decideOn(parameterChange.id, 'APPROVE');
    expect((await history(node, { filter: { path } })).edges).toHaveLength(1);
  }
  expect(new Map((await inForce(node)).weights.map(Object.values))).toEqual(
    new Map([
      ['model-4.1', 7],
      ['plain', 7],
      ['say "no" \\', 7],
      ['市场分析师', 7],
    ]),
  );
});
