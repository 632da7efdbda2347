import { expect, test } from '@jest/globals';
import { id } from '../support/app.js';
import { createKeptLog, useServers } from './servers.js';

const startServer = useServers();
const QUERY = /* GraphQL */ `
  query Who { viewer { id } }
  subscription Votes($executionId: ID) { voteCompleted(executionId: $executionId) { neededBallots } }
`;
const WORDS =
  'Expected a query or a mutation over HTTP, got a subscription: send it over graphql-ws, to the WebSocket at this path.';

const by = {
  GET: (url: string, accept: string, request: Record<string, unknown>) => {
    const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(request)) search.set(name, textOf(value));
    return fetch(`${url}/graphql?${search}`, { headers: { accept } });
  },
  POST: (url: string, accept: string, request: Record<string, unknown>) => {
    const headers = { accept, 'content-type': 'application/json' };
    return fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify(request) });
  },
};

/** Sends it by a method, and tells what the answer, the log and the figures say. */
async function ask(method: 'GET' | 'POST', accept: string, request: Record<string, unknown>) {
  const { log, lines } = createKeptLog();
  const { url } = await startServer({ log });
  const response = await by[method](url, accept, request);
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    allow: response.headers.get('allow'),
    body: (await response.json()) as any,
    lines: lines.map((line) => JSON.parse(line)).filter(({ level, codes }) => level > 30 || codes),
    refused: metrics.match(/^graphql_refusals_total.*$/gm) ?? [],
  };
}

const TYPES = ['application/json', 'application/graphql-response+json'];

test.each(TYPES.flatMap((type) => (['GET', 'POST'] as const).map((method) => [method, type] as const)))(
  'refuses a subscription by %s that accepts %s, says where it belongs, and counts it',
  async (method, type) => {
    const variables = { executionId: id() };
    const answer = await ask(method, type, { query: QUERY, operationName: 'Votes', variables });
    expect(answer).toEqual({
      status: 405,
      type: `${type}; charset=utf-8`,
      allow: 'GET, POST',
      body: { errors: [{ message: WORDS, extensions: { code: 'BAD_USER_INPUT' } }] },
      lines: [
        expect.objectContaining({
          level: 30,
          kind: 'subscription',
          operationName: 'Votes',
          fields: ['voteCompleted'],
          codes: ['BAD_USER_INPUT'],
        }),
      ],
      refused: ['graphql_refusals_total{operation="voteCompleted",code="BAD_USER_INPUT"} 1'],
    });
  },
);

test('refuses a subscription that is the only operation of its document', async () => {
  const query = 'subscription { conversationChanged { executionId } }';
  const { status, body } = await ask('POST', 'application/json', { query });
  expect([status, body.errors?.[0]?.message]).toEqual([405, WORDS]);
});

test('answers the query beside a subscription in one document', async () => {
  const { status, body, lines, refused } = await ask('POST', 'application/json', {
    query: QUERY,
    operationName: 'Who',
  });
  expect([status, body.data, lines, refused]).toEqual([200, { viewer: { id: expect.any(String) } }, [], []]);
});
