import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { useApp } from '../support/app.js';
import { type Client, createClient } from '../support/client.js';
import { ADD, ballotInput, messageInput } from '../support/scenario.js';
import { AUTH, type Claims, mint } from '../support/tokens.js';
import { variablesFor } from './findings.js';
import type { RootField } from './sweep.js';
import { askOnce, FIELDS, fieldAt, SWEEPING, type Tenant, useTenants } from './tenant.js';

const running = useApp({ auth: AUTH, limits: SWEEPING });
const newTenant = useTenants();

/** A new tenant, and a client with another token of the same user. */
function useBound(claims: Claims) {
  const bound = {} as { owner: Tenant; client: Client };
  beforeAll(async () => {
    const { url } = running.app;
    bound.owner = await newTenant(url, 'quokka');
    bound.client = createClient(url, await mint({ ...claims, sub: bound.owner.userId }));
  });
  afterAll(() => bound.client.close());
  return bound;
}

const usual = (field: RootField, { own }: Tenant) =>
  variablesFor(field, { slots: [], given: new Map() }, own);

const codesOf = (errors?: readonly { extensions?: { code?: string } }[]) =>
  errors?.map(({ extensions }) => extensions?.code);

/** Over both transports. */
async function expectForbidden({ client, owner }: { client: Client; owner: Tenant }, field: RootField) {
  const variables = usual(field, owner);
  const { status, data, errors } = await client.send(field.document, variables);
  expect([status, data, codesOf(errors)]).toEqual([403, undefined, ['FORBIDDEN']]);
  const told = await client.sendOverSocket(field.document, variables);
  expect([told.data, codesOf(told.errors)]).toEqual([undefined, ['FORBIDDEN']]);
}

async function expectAnswered({ client, owner }: { client: Client; owner: Tenant }, field: RootField) {
  const told = await askOnce(client, field, usual(field, owner));
  expect(told).toMatchObject({ data: { [field.name]: expect.anything() } });
  expect(told.errors).toBeUndefined();
}

const DECIDING = 'decideParameterChange';

const SCOPES: [scope: string, opens: (field: RootField) => boolean][] = [
  ['read', ({ kind }) => kind !== 'mutation'],
  ['write', ({ kind, name }) => kind === 'mutation' && name !== DECIDING],
  ['admin', ({ name }) => name === DECIDING],
  ['read admin', ({ kind, name }) => kind !== 'mutation' || name === DECIDING],
  ['', () => false],
];

describe.each(SCOPES)('a token with scope "%s"', (scope, opens) => {
  const bound = useBound({ scope });
  const isOpen = (field: RootField): boolean => opens(field) || field.coordinate === 'Query.viewer';

  test.each(FIELDS.filter(isOpen))('is answered by $coordinate', (field) => expectAnswered(bound, field));

  test.each(FIELDS.filter((field) => !isOpen(field)))('is forbidden $coordinate', (field) =>
    expectForbidden(bound, field),
  );

  test('may ask what there is to ask', async () => {
    const { data } = await bound.client.send('{ __typename __schema { queryType { name } } }');
    expect(data).toEqual({ __typename: 'Query', __schema: { queryType: { name: 'Query' } } });
  });
});

test('a token that may only write is forbidden a reading beside who it is, also in a fragment', async () => {
  const { userId } = await newTenant(running.app.url, 'quokka');
  const client = createClient(running.app.url, await mint({ sub: userId, scope: 'write' }));
  const reading = 'conversations { edges { cursor } }';
  for (const query of [
    `{ viewer { id } ${reading} }`,
    `{ viewer { id } ... on Query { ${reading} } }`,
    `{ viewer { id } ...All } fragment All on Query { ${reading} }`,
    `{ viewer: conversations { edges { cursor } } }`,
  ]) {
    const { status, data, errors } = await client.send(query);
    expect([status, data, codesOf(errors)]).toEqual([403, undefined, ['FORBIDDEN']]);
  }
});

test.each(['write', 'admin'])(
  'a token with scope "%s" may not change in one go what needs both',
  async (scope) => {
    const { userId, own } = await newTenant(running.app.url, 'quokka');
    const client = createClient(running.app.url, await mint({ sub: userId, scope }));
    const proposing = 'proposeParameterChange(input: $proposal) { userErrors { code } }';
    const deciding = 'decideParameterChange(input: $decision) { userErrors { code } }';
    const proposal = { userNodeId: own['userNodeId']?.(), path: 'quorum', to: 80, reason: 'Surer.' };
    const decision = { changeId: own['DecideParameterChangeInput.changeId']?.(), decision: 'ROLL_BACK' };
    const head = 'mutation ($proposal: ProposeParameterChangeInput!, $decision: DecideParameterChangeInput!)';
    for (const query of [
      `${head} { ${proposing} ${deciding} }`,
      `${head} { ${proposing} ...Deciding } fragment Deciding on Mutation { ${deciding} }`,
      `${head} { proposeParameterChange: ${deciding} ... on Mutation { decideParameterChange: ${proposing} } }`,
    ]) {
      const { status, data, errors } = await client.send(query, { proposal, decision });
      expect([status, data, codesOf(errors)]).toEqual([403, undefined, ['FORBIDDEN']]);
    }
  },
);

describe('a token bound to one agent', () => {
  const agent = 'bull-quokka';
  const bound = useBound({ agent, scope: 'read write admin' });
  const isOpen = ({ kind, name }: RootField): boolean => kind !== 'mutation' || name === 'addMessage';

  const add = async (input: Record<string, unknown>) => (await bound.client.data(ADD, { input })).addMessage;
  const open = () => String(bound.owner.own['executionId']?.());

  test.each(FIELDS.filter((field) => !isOpen(field)))('is forbidden $coordinate', (field) =>
    expectForbidden(bound, field),
  );

  test.each(FIELDS.filter((field) => isOpen(field) && field.kind !== 'mutation'))(
    'is answered by $coordinate',
    (field) => expectAnswered(bound, field),
  );

  test('is forbidden another change beside a message, also in a fragment', async () => {
    const query = `
      mutation Both($input: AddMessageInput!, $closing: CloseVotingInput!) {
        addMessage(input: $input) { duplicate }
        ...Closing
      }
      fragment Closing on Mutation { closeVoting(input: $closing) { userErrors { code } } }
    `;
    const variables = { input: messageInput(open(), { agentName: agent }), closing: { executionId: open() } };
    const { status, data, errors } = await bound.client.send(query, variables);
    expect([status, data, codesOf(errors)]).toEqual([403, undefined, ['FORBIDDEN']]);
  });

  test('speaks as that agent', async () => {
    const { userErrors, message } = await add(messageInput(open(), { agentName: agent }));
    expect([userErrors, message.agentName]).toEqual([[], agent]);
  });

  test('is refused to speak as another', async () => {
    const { userErrors, message } = await add(messageInput(open(), { agentName: 'bear-quokka' }));
    const refusal = {
      code: 'AGENT_NOT_ALLOWED',
      message: 'Expected the agent this token speaks for, "bull-quokka", got "bear-quokka".',
      field: ['input', 'agentName'],
    };
    expect([userErrors, message]).toEqual([[refusal], null]);
  });

  test('is refused to say how much its ballot counts', async () => {
    const vote = { action: 'BUY', confidence: 70, weight: 10 };
    const { userErrors, message } = await add(ballotInput(open(), agent, vote));
    const refusal = {
      code: 'INVALID',
      message: 'Expected no `vote.weight` with a token bound to one agent, got 10.',
      field: ['input', 'vote', 'weight'],
    };
    expect([userErrors, message]).toEqual([[refusal], null]);
  });

  test('leaves nothing but what it said', async () => {
    const { document } = fieldAt('Query.conversation');
    const { conversation } = await bound.client.data(document, { executionId: open() });
    const said = conversation.messages.edges.map(({ node }: any) => [node.agentName, node.messageType]);
    expect([conversation.status, said]).toEqual([
      'VOTING',
      [
        ['analyst-quokka', 'ANALYSIS'],
        ['bull-quokka', 'VOTE'],
        ['bull-quokka', 'ANALYSIS'],
      ],
    ]);
  });
});
