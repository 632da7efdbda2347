import { beforeAll, describe, expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import { ADD, ballotInput, flow, messageInput, START, startInput } from '../support/scenario.js';
import { invalid, storingNothing, type UserError } from './refusals.js';

const running = useApp();
let open: { executionId: string; userNodeId: string };
beforeAll(async () => {
  open = await flow(running.app).start();
});

const buy = { action: 'BUY', confidence: 70 };
const ballot = (vote: object) => ballotInput(open.executionId, 'analyst', vote as Record<string, unknown>);
const percent = (got: string, advice = '') =>
  invalid(
    'vote.confidence',
    `Expected \`vote.confidence\` in percent from 0 to 100 as a whole number, got ${got}.${advice}`,
  );
const action = (got: string, advice = '') =>
  invalid('vote.action', `Expected \`vote.action\` to be BUY, SELL or HOLD, got ${got}.${advice}`);

const CASES: [what: string, vote: object, fault: UserError][] = [
  ['0.85', { ...buy, confidence: 0.85 }, percent('0.85', ' For a share of 0.85 send 85.')],
  ['70.5', { ...buy, confidence: 70.5 }, percent('70.5', ' Send 71.')],
  ['850.5', { ...buy, confidence: 850.5 }, percent('850.5')],
  ['"85%"', { ...buy, confidence: '85%' }, percent('"85%"', ' Send 85.')],
  ['"85"', { ...buy, confidence: '85' }, percent('"85"', ' Send 85.')],
  ['"0.85"', { ...buy, confidence: '0.85' }, percent('"0.85"', ' For a share of 0.85 send 85.')],
  ['"85 percent"', { ...buy, confidence: '85 percent' }, percent('"85 percent"', ' Send 85.')],
  ['"８５％"', { ...buy, confidence: '８５％' }, percent('"８５％"', ' Send 85.')],
  ['"8.5e1"', { ...buy, confidence: '8.5e1' }, percent('"8.5e1"', ' Send 85.')],
  ['".85"', { ...buy, confidence: '.85' }, percent('".85"', ' For a share of 0.85 send 85.')],
  ['"high"', { ...buy, confidence: 'high' }, percent('"high"')],
  ['true', { ...buy, confidence: true }, percent('true')],
  ['[85]', { ...buy, confidence: [85] }, percent('[85]')],
  ['buy', { ...buy, action: 'buy' }, action('"buy"', ' Did you mean BUY?')],
  ['WAIT', { ...buy, action: 'WAIT' }, action('"WAIT"')],
  ['SEL', { ...buy, action: 'SEL' }, action('"SEL"', ' Did you mean SELL?')],
  ['7', { ...buy, action: 7 }, action('7')],
];

test.each(CASES)('refuses a ballot of %s as data, with what to send', async (_, vote, fault) => {
  const answer = await storingNothing(running.app, open, () =>
    running.app.send(ADD, { input: ballot(vote) }),
  );
  expect([answer.status, answer.errors]).toEqual([200, undefined]);
  expect(answer.data).toEqual({
    addMessage: {
      duplicate: false,
      userErrors: [fault],
      message: null,
      conversation: { status: 'IN_PROGRESS', lastSeq: 0 },
    },
  });
  const overSocket = await running.app.sendOverSocket(ADD, { input: ballot(vote) });
  expect(overSocket).toEqual({ data: answer.data });
});

test.each(['56.00000000000001', '55.99999999999999', '56.0', '56'])(
  'takes a confidence of %s for 56, in a variable and in the document',
  async (confidence) => {
    const { executionId } = await flow(running.app).start();
    const inDocument = `mutation { addMessage(input: { executionId: "${executionId}", agentName: "a", agentRole: "r",
      messageType: VOTE, content: { text: "Up." }, vote: { action: BUY, confidence: ${confidence} } }) {
      userErrors { message } message { vote { confidence } } } }`;
    const input = ballotInput(executionId, 'b', { action: 'BUY', confidence: 0 });
    const body = JSON.stringify({ query: ADD, variables: { input } }).replace(
      '"confidence":0',
      `"confidence":${confidence}`,
    );
    const response = await fetch(`${running.app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const { data } = (await response.json()) as { data: any };
    for (const { addMessage } of [await running.app.data(inDocument), data]) {
      expect([addMessage.userErrors, addMessage.message?.vote.confidence]).toEqual([[], 56]);
    }
  },
);

describe('of several mutations in one operation only the one at fault is refused,', () => {
  const both = (good: string, bad: string, variables = '') => `mutation Both${variables} {
    good: addMessage(input: ${good}) { userErrors { message field } message { seq } }
    bad: addMessage(input: ${bad}) { duplicate userErrors { code message field } message { seq } remarks { code } }
  }`;
  const fault = { ...percent('0.85', ' For a share of 0.85 send 85.') };
  const expected = (data: any) => {
    expect(data.good).toEqual({ userErrors: [], message: { seq: expect.any(Number) } });
    expect(data.bad).toEqual({ duplicate: false, userErrors: [fault], message: null, remarks: [] });
  };

  test('with its input in a variable', async () => {
    const { executionId } = await flow(running.app).start();
    const query = both('$good', '$bad', '($good: AddMessageInput!, $bad: AddMessageInput!)');
    const good = messageInput(executionId);
    expected(await running.app.data(query, { good, bad: ballot({ ...buy, confidence: 0.85 }) }));
  });

  test('with its input in the document, in a fragment, and a variable for its confidence', async () => {
    const { executionId } = await flow(running.app).start();
    const written = (vote: string) => `{ executionId: "${executionId}", agentName: "a", agentRole: "r",
      messageType: ${vote === '' ? 'ANALYSIS' : 'VOTE'}, content: { text: "Up." } ${vote} }`;
    const inDocument = both(written(''), written('vote: { action: BUY, confidence: 0.85 }'));
    expected(await running.app.data(inDocument));
    const ofVariable = both(written(''), written('vote: { action: BUY, confidence: $c }'), '($c: Int!)');
    expected(await running.app.data(ofVariable, { c: 0.85 }));
    const inFragment = inDocument.replace('{', '{ ...F } fragment F on Mutation {');
    expected(await running.app.data(inFragment));
  });
});

test('names everything that the types refuse of one input at once', async () => {
  const input = {
    executionId: { $gt: '' },
    agentRole: null,
    agentName: 7,
    messageType: 'analysis',
    content: { txt: 'Up.', confidence: '70', data: { any: [0.5, 'thing'] } },
    vote: 'BUY',
    mood: 'good',
  };
  const { addMessage } = await running.app.data(ADD, { input });
  const faults = [
    invalid('mood', 'Expected a field of AddMessageInput, got `mood`.'),
    invalid('executionId', 'Expected `executionId` to be an id as a text, got {"$gt":""}.'),
    invalid('agentName', 'Expected `agentName` to be a text, got 7. Send "7".'),
    invalid('agentRole', 'Expected `agentRole`, got null.'),
    invalid(
      'messageType',
      'Expected `messageType` to be THOUGHT, ANALYSIS, VOTE or DECISION, got "analysis". Did you mean ANALYSIS?',
    ),
    invalid('content.txt', 'Expected a field of MessageContentInput, got `txt`. Did you mean `text`?'),
    invalid('content.text', 'Expected `content.text`, got none.'),
    invalid(
      'content.confidence',
      'Expected `content.confidence` in percent from 0 to 100 as a whole number, got "70". Send 70.',
    ),
    invalid('vote', 'Expected `vote` to be an object of action, confidence, weight, abstention, got "BUY".'),
  ];
  expect(addMessage).toMatchObject({ message: null, conversation: null });
  expect(new Set(addMessage.userErrors)).toEqual(new Set(faults));
});

test('names what the types refuse of an input and what is out of range in one answer', async () => {
  const bad = { quorum: 0.5, timeout: 0, agents: [{ agentName: 7 }, { agentName: 'b', weight: 101 }] };
  const faults = [
    invalid(
      'quorum',
      'Expected `quorum` in percent from 1 to 100 as a whole number, got 0.5. For a share of 0.5 send 50.',
    ),
    invalid('agents.0.agentName', 'Expected `agents.0.agentName` to be a text, got 7. Send "7".'),
    invalid('timeout', 'Expected `timeout` from 1 to 86,400, got 0.'),
    invalid('agents.1.weight', 'Expected `agents.1.weight` from 0 to 100, got 101.'),
  ];
  const { startConversation } = await running.app.data(START, { input: startInput(bad) });
  expect(new Set(startConversation.userErrors)).toEqual(new Set(faults));
  const inDocument = await running.app.data(`mutation { startConversation(input: {
    executionId: "${id()}", flowId: "${id()}", userNodeId: "${id()}", symbol: "SPX", quorum: 0.5, timeout: 0,
    agents: [{ agentName: 7 }, { agentName: "b", weight: 101 }]
  }) { userErrors { code message field } } }`);
  expect(new Set(inDocument.startConversation.userErrors)).toEqual(new Set(faults));
});

test('names at most 100 faults of one input', async () => {
  const agents = Array.from({ length: 200 }, () => ({ agentName: 1, weight: '1' }));
  const { startConversation } = await running.app.data(START, { input: startInput({ agents }) });
  expect(startConversation).toMatchObject({ conversation: null, duplicate: false });
  expect(startConversation.userErrors).toHaveLength(100);
  expect(startConversation.userErrors[1]).toEqual(
    invalid(
      'agents.0.weight',
      'Expected `agents.0.weight` from 0 to 100 as a whole number, got "1". Send 1.',
    ),
  );
});

test('says what a field that is not there was probably meant to be, as a value of its own', async () => {
  const query = `mutation M($input: LogDecisionInput!, $unused: Int) { logDecision(input: $input) {
    duplicate userErrors { field didYouMean } decisionLog { id } } 
    second: suggestParameterChanges(input: { userNodeId: "${id()}", note: $unused }) {
      parameterChanges { id } userErrors { field didYouMean } } }`;
  const input = { userNodeID: id(), type: 'pause', action: 'p', confidence: 0.5 };
  expect(await running.app.data(query, { input, unused: 1 })).toEqual({
    logDecision: {
      duplicate: false,
      decisionLog: null,
      userErrors: [
        { field: ['input', 'userNodeID'], didYouMean: 'userNodeId' },
        { field: ['input', 'userNodeId'], didYouMean: null },
        { field: ['input', 'type'], didYouMean: 'PAUSE' },
        { field: ['input', 'confidence'], didYouMean: '50' },
      ],
    },
    second: { parameterChanges: [], userErrors: [{ field: ['input', 'note'], didYouMean: null }] },
  });
});

test.each([0, 1])('remarks on a confidence of %d, which is taken as percent', async (confidence) => {
  const { executionId } = await flow(running.app).start();
  const query = `mutation A($input: AddMessageInput!) { addMessage(input: $input) {
    message { vote { confidence } } remarks { code text field } } }`;
  const { addMessage } = await running.app.data(query, {
    input: ballotInput(executionId, 'a', { ...buy, confidence }),
  });
  expect(addMessage).toEqual({
    message: { vote: { confidence } },
    remarks: [
      {
        code: 'CONFIDENCE_SCALE',
        text: `\`vote.confidence\` was taken as ${confidence} %: it is in percent, from 0 to 100.${confidence === 1 ? ' For a share of 1 send 100.' : ''}`,
        field: ['input', 'vote', 'confidence'],
      },
    ],
  });
});

test.each([0, 1])('remarks on a decision of confidence %d, which is taken as percent', async (confidence) => {
  const query = `mutation L($input: LogDecisionInput!) { logDecision(input: $input) {
    decisionLog { decision { confidence } } remarks { code field } } }`;
  const input = { userNodeId: id(), type: 'PAUSE', action: 'pause', confidence };
  expect((await running.app.data(query, { input })).logDecision).toEqual({
    decisionLog: { decision: { confidence } },
    remarks: [{ code: 'CONFIDENCE_SCALE', field: ['input', 'confidence'] }],
  });
});

test('remarks on a quorum of 1, which is taken as percent', async () => {
  const query = `mutation S($input: StartConversationInput!) { startConversation(input: $input) {
    conversation { swarmVote { quorum } } remarks { code text field } } }`;
  const input = startInput({ quorum: 1 });
  expect((await running.app.data(query, { input })).startConversation).toEqual({
    conversation: { swarmVote: { quorum: 1 } },
    remarks: [
      {
        code: 'QUORUM_SCALE',
        text: '`quorum` is 1 %: it is in percent, from 1 to 100. For a share of 1 send 100.',
        field: ['input', 'quorum'],
      },
    ],
  });
});
