import { expect, test } from '@jest/globals';
import { useApp } from '../support/app.js';
import { ballotInput, flow, messageInput } from '../support/scenario.js';
import { invalid, refusal } from './refusals.js';

const running = useApp();

const FIELDS = 'userErrors { code message field } message { agentName }';
const OBJECT = `Expected \`input\` to be an object of executionId, idempotencyKey, agentName, agentRole, aiModel, promptVersion, messageType, replyToSeq, content, vote, ui, phase, got`;
const ofInput = (message: string) => ({ ...refusal('INVALID', null, message), field: ['input'] });

const NOT_INPUTS: [what: string, input: unknown, message: string][] = [
  ['null', null, 'Expected `input`, got null.'],
  ['nothing', undefined, 'Expected `input`, got none.'],
  ['a number', 5, `${OBJECT} 5.`],
  ['a list', [], `${OBJECT} [].`],
  [
    'JSON as a text',
    '{"agentName":"a"}',
    `${OBJECT} "{\\"agentName\\":\\"a\\"}". Send the object itself, not its JSON as a text.`,
  ],
];

test.each(NOT_INPUTS)(
  'refuses %s for an input as data, and carries out the others',
  async (_, bad, message) => {
    const { executionId } = await flow(running.app).start();
    const query = `mutation Both($bad: AddMessageInput!, $good: AddMessageInput!) {
    bad: addMessage(input: $bad) { ${FIELDS} } good: addMessage(input: $good) { ${FIELDS} } }`;
    const good = messageInput(executionId, { agentName: 'analyst' });
    const expected = {
      bad: { userErrors: [ofInput(message)], message: null },
      good: { userErrors: [], message: { agentName: 'analyst' } },
    };
    expect(await running.app.data(query, { bad, good })).toEqual(expected);
    const overSocket = await running.app.sendOverSocket(query, { bad, good });
    expect(overSocket).toEqual({ data: expected });
  },
);

test.each([
  ['null', 'Expected `input`, got null.'],
  ['[]', `${OBJECT} [].`],
  ['"BUY"', `${OBJECT} "BUY".`],
])('refuses an input of %s in the document as data, and carries out the others', async (bad, message) => {
  const { executionId } = await flow(running.app).start();
  const query = `mutation Both($good: AddMessageInput!) {
    bad: addMessage(input: ${bad}) { ${FIELDS} } good: addMessage(input: $good) { ${FIELDS} } }`;
  const good = messageInput(executionId, { agentName: 'analyst' });
  expect(await running.app.data(query, { good })).toEqual({
    bad: { userErrors: [ofInput(message)], message: null },
    good: { userErrors: [], message: { agentName: 'analyst' } },
  });
});

test.each([
  [null, 'Expected `agentName`, got null.'],
  [5, 'Expected `agentName` to be a text, got 5. Send "5".'],
])('refuses %p as data for a variable that has a default and is nullable', async (name, message) => {
  const { executionId } = await flow(running.app).start();
  const query = `mutation M($name: String = "analyst") { addMessage(input: { executionId: "${executionId}",
    agentName: $name, agentRole: "r", messageType: THOUGHT, content: { text: "Up." } }) { ${FIELDS} } }`;
  expect(await running.app.data(query, { name })).toEqual({
    addMessage: { userErrors: [invalid('agentName', message)], message: null },
  });
  const { addMessage } = await running.app.data(query);
  expect(addMessage).toEqual({ userErrors: [], message: { agentName: 'analyst' } });
});

const action = (got: string, advice: string) =>
  invalid('vote.action', `Expected \`vote.action\` to be BUY, SELL or HOLD, got ${got}.${advice}`);

test.each([
  ['"BUY"', ' Send BUY without quotation marks.'],
  ['"buy"', ' Did you mean BUY?'],
  ['"WAIT"', ''],
])('refuses a word in quotation marks, %s, as data', async (word, advice) => {
  const { executionId } = await flow(running.app).start();
  const query = `mutation { addMessage(input: { executionId: "${executionId}", agentName: "a", agentRole: "r",
    messageType: VOTE, content: { text: "Up." }, vote: { action: ${word}, confidence: 70 } }) { ${FIELDS} } }`;
  expect(await running.app.data(query)).toEqual({
    addMessage: { userErrors: [action(word, advice)], message: null },
  });
});

test('refuses a list for a word as data', async () => {
  const { executionId } = await flow(running.app).start();
  const query = `mutation M($input: AddMessageInput!) { addMessage(input: $input) { ${FIELDS} } }`;
  const input = ballotInput(executionId, 'a', { action: ['BUY'], confidence: 70 });
  expect(await running.app.data(query, { input })).toEqual({
    addMessage: { userErrors: [action('["BUY"]', ' Did you mean BUY?')], message: null },
  });
});

test('names types and number ranges first, and lengths and other rules once the types are right', async () => {
  const { executionId } = await flow(running.app).start();
  const query = `mutation M($input: AddMessageInput!) { addMessage(input: $input) { ${FIELDS} } }`;
  const refusalsOf = async (aiModel: unknown) => {
    const content = { text: 'Up.', confidence: 101 };
    const input = messageInput(executionId, { aiModel, agentRole: '', content });
    const { addMessage } = await running.app.data(query, { input });
    return new Set(addMessage.userErrors.map(({ field }: any) => field.slice(1).join('.')));
  };
  expect(await refusalsOf(7)).toEqual(new Set(['aiModel', 'content.confidence']));
  expect(await refusalsOf('m')).toEqual(new Set(['agentRole', 'content.confidence']));
});
