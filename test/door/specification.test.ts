import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { id, type RunningApp, startTestApp, testDatabase } from '../support/app.js';
import { AUTH, mint } from '../support/tokens.js';

const { name } = testDatabase();
let app: RunningApp;
let authorization: string;

beforeAll(async () => {
  app = await startTestApp(name, { auth: AUTH });
  authorization = `Bearer ${await mint({ sub: id() })}`;
});
afterAll(() => app.stop());

const AUDITS = serverAudits({
  url: () => `${app.url}/graphql`,
  fetchFn: (url: string, init: RequestInit = {}) =>
    fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), authorization } }),
});

test('is held against all 61 audits of GraphQL over HTTP', () => {
  expect(AUDITS).toHaveLength(61);
});

test.each(AUDITS.map((audit) => [audit.name, audit] as const))('%s', async (_, audit) => {
  const result = await audit.fn();
  const told = 'reason' in result ? `${result.reason}: ${await result.response.clone().text()}` : null;
  expect([result.status, told]).toEqual(['ok', null]);
});

const post = (body: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const get = (query: string, headers: Record<string, string> = {}) =>
  fetch(`${app.url}/graphql?query=${encodeURIComponent(query)}`, { headers });

/** What graphql-cop asks an endpoint, each with what it takes for a finding. */
const COP: [name: string, ask: () => Promise<Response>, finding: RegExp][] = [
  [
    'alias overloading',
    () =>
      post({
        query: `{ ${'a'.repeat(1)}: __typename ${Array.from({ length: 100 }, (_, i) => `alias${i}: __typename`).join(' ')} }`,
      }),
    /alias100|alias99/,
  ],
  [
    'batched queries',
    () => post(Array.from({ length: 10 }, () => ({ query: '{ __typename }' }))),
    /"__typename"/,
  ],
  [
    'circular introspection',
    () =>
      post({ query: '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }' }),
    /"types"/,
  ],
  [
    'directive overloading',
    () => post({ query: `{ __typename ${'@aa'.repeat(10)} }` }),
    /unknown directive/i,
  ],
  ['field duplication', () => post({ query: `{ ${'__typename '.repeat(500)} }` }), /"__typename"/],
  ['field suggestions', () => post({ query: '{ __schema { directive } }' }), /did you mean/i],
  ['an IDE', () => get('', { accept: 'text/html' }), /graphiql|playground/i],
  ['introspection', () => post({ query: '{ __schema { types { name } } }' }), /"types"/],
  ['queries by GET', () => get('{ __typename }'), /"__typename"/],
  ['mutations by GET', () => get('mutation { __typename }'), /"__typename"/],
  [
    'queries by form',
    () => post('query=%7B__typename%7D', { 'content-type': 'application/x-www-form-urlencoded' }),
    /"__typename"/,
  ],
  ['tracing', () => post({ query: '{ __typename }' }), /tracing/],
];

test.each(COP)('gives somebody without a token nothing by %s', async (_, ask, finding) => {
  const response = await ask();
  const text = await response.text();
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(response.status).toBeLessThan(500);
  expect(text).not.toMatch(finding);
  expect(JSON.parse(text).data).toBeUndefined();
});

test('gives a token introspection and suggestions, but no batches, floods or mutations by GET', async () => {
  const send = async (body: unknown) => {
    const response = await post(body, { 'content-type': 'application/json', authorization });
    return { status: response.status, body: (await response.json()) as any };
  };
  const { body: introspected } = await send({ query: '{ __schema { queryType { name } } }' });
  expect(introspected).toEqual({ data: { __schema: { queryType: { name: 'Query' } } } });
  expect((await send({ query: '{ viewr { id } }' })).body.errors[0].message).toMatch(
    /Did you mean "viewer"\?/,
  );
  expect(await send([{ query: '{ __typename }' }])).toMatchObject({
    status: 400,
    body: { errors: [expect.anything()] },
  });
  const aliases = Array.from({ length: 101 }, (_, i) => `a${i}: __typename`).join(' ');
  expect((await send({ query: `{ ${aliases} }` })).body).toEqual({
    errors: [expect.anything(), expect.anything()],
  });
});
