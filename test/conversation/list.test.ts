import { beforeEach, describe, expect, test } from '@jest/globals';
import type { MessageSlice } from '../../src/domain/ports.js';
import { id, useApp } from '../support/app.js';
import { flow } from '../support/scenario.js';
import { close } from '../voting/decide.js';

/** What each reading of a list or of a conversation asked for of its messages. */
let readings: (readonly MessageSlice[])[] = [];

const running = useApp({
  wrapPorts: (ports) => ({
    ...ports,
    conversations: {
      ...ports.conversations,
      list(userId, filter, page, slices = []) {
        readings.push(slices);
        return ports.conversations.list(userId, filter, page, slices);
      },
      findMany(userId, executionIds, slices = []) {
        readings.push(slices);
        return ports.conversations.findMany(userId, executionIds, slices);
      },
    },
  }),
});

const LIST = /* GraphQL */ `
  query List($first: Int, $after: String, $filter: ConversationFilter) {
    conversations(first: $first, after: $after, filter: $filter) {
      edges { cursor node { executionId } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
`;

async function list(variables: Record<string, unknown>) {
  const { edges, pageInfo } = (await running.app.data(LIST, variables)).conversations;
  return {
    executionIds: edges.map((edge: { node: { executionId: string } }) => edge.node.executionId) as string[],
    pageInfo,
  };
}

const foundBy = async (filter: Record<string, unknown>) => (await list({ filter })).executionIds;

describe('five conversations of one flow', () => {
  let flowId = '';
  let started: string[] = [];

  beforeEach(async () => {
    flowId = id();
    started = [];
    for (let i = 0; i < 5; i++) started.unshift((await flow(running.app).start({ flowId })).executionId);
  });

  test('are listed newest first, page by page, each once', async () => {
    const filter = { flowId };
    const first = await list({ first: 2, filter });
    expect(first).toEqual({
      executionIds: started.slice(0, 2),
      pageInfo: {
        hasNextPage: true,
        hasPreviousPage: false,
        startCursor: expect.any(String),
        endCursor: expect.any(String),
      },
    });
    // One that starts meanwhile does not move what comes behind the cursor.
    await flow(running.app).start({ flowId });
    const second = await list({ first: 2, filter, after: first.pageInfo.endCursor });
    expect(second.executionIds).toEqual(started.slice(2, 4));
    expect(second.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    const third = await list({ first: 2, filter, after: second.pageInfo.endCursor });
    expect(third.executionIds).toEqual(started.slice(4));
    expect(third.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  test('can be told apart by status', async () => {
    const [completed = '', voting = '', ...talking] = started;
    await close(running.app, completed);
    await flow(running.app).vote(voting, 'a', { action: 'BUY', confidence: 80 });
    expect(await foundBy({ flowId, status: 'COMPLETED' })).toEqual([completed]);
    expect(await foundBy({ flowId, status: 'VOTING' })).toEqual([voting]);
    expect(await foundBy({ flowId, status: 'IN_PROGRESS' })).toEqual(talking);
  });
});

test('a list is narrowed by symbol, node and change, and by all of it at once', async () => {
  const { start, say } = flow(running.app);
  const flowId = id();
  const spx = await start({ flowId });
  const ndx = await start({ flowId, symbol: 'NDX' });
  const sameNode = await start({ flowId, symbol: 'NDX', userNodeId: spx.userNodeId });
  const { conversation } = await running.app.data(
    'query Changed($id: ID!) { conversation(executionId: $id) { updatedAt } }',
    { id: sameNode.executionId },
  );
  expect(await foundBy({ flowId, symbol: 'NDX' })).toEqual([sameNode.executionId, ndx.executionId]);
  expect(await foundBy({ flowId, userNodeId: spx.userNodeId })).toEqual([
    sameNode.executionId,
    spx.executionId,
  ]);
  expect(await foundBy({ flowId, userNodeId: spx.userNodeId, symbol: 'SPX' })).toEqual([spx.executionId]);
  expect(await foundBy({ flowId: id() })).toEqual([]);

  await say(spx.executionId);
  const changed = await foundBy({ flowId, updatedSince: conversation.updatedAt });
  expect(changed).toEqual(expect.arrayContaining([sameNode.executionId, spx.executionId]));
  expect(await foundBy({ flowId, updatedSince: '2100-01-01T00:00:00.000Z' })).toEqual([]);
});

test.each([
  [{ first: 0 }, 'Expected `first` from 1 to 100, got 0.'],
  [{ first: 101 }, 'Expected `first` from 1 to 100, got 101.'],
  [{ after: 'x' }, 'Expected `after` to be a cursor of this list, got "x".'],
])('a list %j is refused', async (variables, message) => {
  const { errors = [] } = await running.app.send(LIST, variables);
  expect(errors.map((error) => ({ message: error.message, code: error.extensions.code }))).toEqual([
    { message, code: 'BAD_USER_INPUT' },
  ]);
});

describe('reading a list', () => {
  let flowId = '';

  beforeEach(async () => {
    flowId = id();
    const { start, say } = flow(running.app);
    for (let i = 0; i < 3; i++) {
      const { executionId } = await start({ flowId });
      for (let n = 0; n < 3; n++) await say(executionId);
    }
    readings = [];
  });

  test('never loads messages', async () => {
    const query = `query All($flowId: ID!) {
      conversations(filter: { flowId: $flowId }) {
        edges { node { id status lastSeq updatedAt swarmVote { votes { agentName } consensus { action } } decision { id } } }
      }
    }`;
    const { conversations } = await running.app.data(query, { flowId });
    expect(conversations.edges).toHaveLength(3);
    expect(readings).toEqual([[]]);
  });

  test('loads just the messages that are asked for, in the same reading', async () => {
    const query = `query Some($flowId: ID!) {
      conversations(filter: { flowId: $flowId }) { edges { node { messages(last: 1) { edges { node { seq } } } } } }
    }`;
    const { conversations } = await running.app.data(query, { flowId });
    const newest = { node: { messages: { edges: [{ node: { seq: 3 } }] } } };
    expect(conversations.edges).toEqual([newest, newest, newest]);
    expect(readings).toEqual([[{ before: null, last: 1 }]]);
  });
});
