import { expect, test } from '@jest/globals';
import { useApp } from '../support/app.js';
import { until } from '../support/until.js';
import { START, startInput } from '../support/scenario.js';

const running = useApp();
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${running.app.url}${path}`, { headers });
const post = (body: string, contentType = 'application/json') =>
  fetch(`${running.app.url}/graphql`, { method: 'POST', headers: { 'content-type': contentType }, body });
const QUERY = `/graphql?query=${encodeURIComponent('{ viewer { id } }')}`;
const VIEWER = { data: { viewer: { id: '00000000000000000000face' } } };
const codesOf = async (response: Response): Promise<string[]> =>
  ((await response.json()) as any).errors.map((error: any) => error.extensions.code);

test('says that it lives and that it is ready', async () => {
  const live = await get('/health/live');
  expect([live.status, await live.json()]).toEqual([200, { status: 'live' }]);
  await until('it is ready', async () => (await get('/health/ready')).status === 200);
  expect(await (await get('/health/ready')).json()).toEqual({ status: 'ready' });
});

test('gives metrics of what it did, for Prometheus', async () => {
  await running.app.data('{ viewer { id } }');
  await running.app.sendOverSocket('{ viewer { id } }');
  const response = await get('/metrics');
  expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
  const text = await response.text();
  expect(text).toMatch(/^graphql_operation_duration_seconds_count\{transport="http",outcome="ok"\} [1-9]/m);
  expect(text).toMatch(/^graphql_operation_duration_seconds_count\{transport="ws",outcome="ok"\} [1-9]/m);
  expect(text).toMatch(/^graphql_sockets 1$/m);
  expect(text).toMatch(/^graphql_socket_operations 0$/m);
  expect(text).toMatch(/^process_cpu_seconds_total /m);
});

test.each(['/', '/nothing', '/graphql//', '/health', '/__proto__', '/constructor', '/toString'])(
  'answers 404 at %s, naming what there is',
  async (path) => {
    const response = await get(path);
    expect([response.status, await response.json()]).toEqual([
      404,
      { error: 'Expected a page, /graphql, /health/live, /health/ready or /metrics.' },
    ]);
  },
);

test('gives each answer a request id of its own', async () => {
  const ids = await Promise.all(
    ['/health/live', '/nothing', QUERY].map(async (path) => (await get(path)).headers.get('x-request-id')),
  );
  expect(new Set(ids).size).toBe(3);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f-]{36}$/);
});

test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', ''])(
  'refuses a body of type "%s" with 415',
  async (contentType) => {
    const response = await post('{"query":"{ viewer { id } }"}', contentType);
    expect([response.status, await codesOf(response)]).toEqual([415, ['BAD_USER_INPUT']]);
  },
);

test('takes a body of type application/json with a charset', async () => {
  const response = await post('{"query":"{ viewer { id } }"}', 'Application/JSON; charset=utf-8');
  expect([response.status, await response.json()]).toEqual([200, VIEWER]);
});

test.each(['', '{', 'null', '[]', '"text"', '{"query":1}', '{}'])(
  'refuses the body %j with 400',
  async (body) => {
    const response = await post(body);
    expect([response.status, await codesOf(response)]).toEqual([400, ['BAD_USER_INPUT']]);
  },
);

test('takes a body of exactly 2 MiB and refuses a larger one with 413, by its size and its largest part', async () => {
  const bodyOf = (bytes: number) => {
    const [start, end] = ['{"query":"{ viewer { id } }","variables":{"note":"', '"}}'];
    return `${start}${'x'.repeat(bytes - start.length - end.length)}${end}`;
  };
  const most = 2 * 1024 * 1024;
  expect((await post(bodyOf(most))).status).toBe(200);
  for (const [bytes, part] of [
    [most + 1, '; its largest part is `variables.note` with 2,097,102 bytes'],
    [4 * most + 1, ''],
  ] as const) {
    const response = await post(bodyOf(bytes));
    const { errors } = (await response.json()) as any;
    const message = `Expected a body of at most 2,097,152 bytes (MAX_BODY_BYTES), got ${bytes.toLocaleString('en-US')}${part}.`;
    expect([response.status, errors]).toEqual([413, [{ message, extensions: { code: 'BAD_USER_INPUT' } }]]);
  }
});

test.each([
  [
    '{"query":"q","variables":{"input":{"content":{"data":{"x":NaN}}}}}',
    '`NaN` at `variables.input.content.data.x`',
  ],
  ['{"query":"q","variables":{"list":[1,[-Infinity]]}}', '`-Infinity` at `variables.list.1.0`'],
  ['{"query":"q","variables":{"a b":None}}', '`None` at `variables."a b"`'],
  ['{"query":"q","variables":{"a":{"b":1,}}}', '`}` at `variables.a`'],
  ['{"query":"q"} and more', '`and` after its end'],
  ['{"query":"q', 'its end too early in a text at `query`'],
])('says what is no JSON in the body %s, and where', async (body, got) => {
  const response = await post(body);
  const message = `Expected well-formed JSON, got ${got}.`;
  expect([response.status, await response.json()]).toEqual([
    400,
    { errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] },
  ]);
});

test.each([
  ['{"a":{"x":NaN}}', 'well-formed JSON, got `NaN` at `variables.a.x`'],
  ['{"a":[1,]}', 'well-formed JSON, got `]` at `variables.a.1`'],
  ['{a:1}', 'well-formed JSON, got `a` at `variables`'],
  ['', 'well-formed JSON, got nothing at `variables`'],
  ['{"a":1,"a":2}', 'each key once, got "a" twice at `variables.a`'],
  ['{"a":1e400}', 'numbers that a double can hold, got 1e400 at `variables.a`'],
])('says what is no JSON in the variables %s of a GET, and where', async (variables, got) => {
  const search = new URLSearchParams({ query: '{ viewer { id } }', variables });
  const response = await get(`/graphql?${search}`, { 'apollo-require-preflight': '1' });
  expect([response.status, await response.json()]).toEqual([
    400,
    { errors: [{ message: `Expected ${got}.`, extensions: { code: 'BAD_USER_INPUT' } }] },
  ]);
});

test('answers a query by GET that says it comes from no simple form', async () => {
  for (const headers of [{ 'apollo-require-preflight': '1' }, { 'content-type': 'application/json' }]) {
    const response = await get(QUERY, headers as unknown as Record<string, string>);
    expect([response.status, await response.json()]).toEqual([200, VIEWER]);
  }
});

test('refuses a query by GET that any web page could have sent', async () => {
  const response = await get(QUERY);
  expect([response.status, await codesOf(response)]).toEqual([400, ['BAD_USER_INPUT']]);
});

test('refuses a mutation by GET, and stores nothing', async () => {
  const input = startInput();
  const search = new URLSearchParams({ query: START, variables: JSON.stringify({ input }) });
  const response = await get(`/graphql?${search}`, { 'apollo-require-preflight': '1' });
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  const query = 'query Q($id: ID) { conversation(executionId: $id) { id } }';
  expect(await running.app.data(query, { id: input.executionId })).toEqual({ conversation: null });
});

test.each(['PUT', 'DELETE', 'PATCH'])('refuses %s', async (method) => {
  const headers = { 'apollo-require-preflight': '1' };
  const response = await fetch(`${running.app.url}/graphql`, { method, headers });
  expect([response.status, await codesOf(response)]).toEqual([405, ['BAD_USER_INPUT']]);
});

test.each([
  ['a syntax error', '{ viewer', undefined, 'GRAPHQL_PARSE_FAILED'],
  ['an unknown field', '{ nothing }', undefined, 'GRAPHQL_VALIDATION_FAILED'],
  ['a bad variable', 'query Q($id: ID!) { decision(id: $id) { id } }', {}, 'BAD_USER_INPUT'],
])('answers %s with its code', async (_, query, variables, code) => {
  const { errors } = await running.app.send(query, variables);
  expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code }]);
});
