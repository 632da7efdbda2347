import { expect, test } from '@jest/globals';
import { useApp } from '../support/app.js';

const running = useApp();
const QUERY = '{ viewer { id } }';
const PERSISTED = { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } };
const TYPES = ['application/json', 'application/graphql-response+json'];

async function ask(method: string, path: string, headers: Record<string, string>, body?: unknown) {
  const response = await fetch(`${running.app.url}${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const { errors } = (await response.json()) as any;
  return { status: response.status, type: response.headers.get('content-type'), errors, response };
}

const refusedWith = (status: number, type: string, message: string) => ({
  status,
  type: `${type}; charset=utf-8`,
  errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }],
});

const NO_HASHES =
  'Expected a document in `query`, got `extensions.persistedQuery`: send the document without it.';

const BODIES: [body: unknown, message: string][] = [
  [null, 'Expected a body with a `query`, got null.'],
  ['text', 'Expected a body with a `query`, got "text".'],
  [{}, 'Expected `query` to be a document as a string, got none.'],
  [{ query: null }, 'Expected `query` to be a document as a string, got null.'],
  [{ query: '' }, 'Expected `query` to be a document as a string, got "".'],
  [{ query: 1 }, 'Expected `query` to be a document as a string, got 1.'],
  [
    { query: { kind: 'Document' } },
    'Expected `query` to be a document as a string, got {"kind":"Document"}.',
  ],
  [[], 'Expected one operation, got a list of 0: send each by itself.'],
  [[{ query: QUERY }, { query: QUERY }], 'Expected one operation, got a list of 2: send each by itself.'],
  [{ query: QUERY, operationName: 1 }, 'Expected `operationName` to be a string, got 1.'],
  [{ query: QUERY, variables: '{}' }, 'Expected `variables` to be an object, got "{}".'],
  [{ query: QUERY, variables: [7] }, 'Expected `variables` to be an object, got [7].'],
  [{ query: QUERY, extensions: false }, 'Expected `extensions` to be an object, got false.'],
];

test.each(BODIES.flatMap(([body, message]) => TYPES.map((type) => [body, type, message] as const)))(
  'says what is wrong with the body %j to one that accepts %s',
  async (body, accept, message) => {
    const answer = await ask('POST', '/graphql', { accept, 'content-type': 'application/json' }, body);
    expect(answer).toMatchObject(refusedWith(400, accept, message));
  },
);

const SEARCHES: [search: string, message: string][] = [
  ['', 'Expected `query` to be a document as a string, got none.'],
  ['query=a&query=b', 'Expected `query` once in the URL, got it 2 times.'],
  [
    `query=${QUERY}&operationName=a&operationName=a`,
    'Expected `operationName` once in the URL, got it 2 times.',
  ],
  [`query=${QUERY}&variables={}&variables={}`, 'Expected `variables` once in the URL, got it 2 times.'],
  [`query=${QUERY}&variables=null`, 'Expected `variables` to be an object, got null.'],
  [`query=${QUERY}&extensions=[1]`, 'Expected `extensions` to be an object, got [1].'],
  [`query=${QUERY}&extensions=a`, 'Expected well-formed JSON, got `a` at `extensions`.'],
];

test.each(SEARCHES.flatMap(([search, message]) => TYPES.map((type) => [search, type, message] as const)))(
  'says what is wrong with a GET of ?%s to one that accepts %s',
  async (search, accept, message) => {
    expect(await ask('GET', `/graphql?${search}`, { accept })).toMatchObject(
      refusedWith(400, accept, message),
    );
  },
);

test.each([
  [TYPES[0] as string, 200],
  [TYPES[1] as string, 400],
])('answers one that accepts %s and asks for a persisted query with %i', async (accept, status) => {
  const refusal = refusedWith(status, accept, NO_HASHES);
  const headers = { accept, 'content-type': 'application/json' };
  for (const body of [{ extensions: PERSISTED }, { query: QUERY, extensions: PERSISTED }]) {
    expect(await ask('POST', '/graphql', headers, body)).toMatchObject(refusal);
  }
  const search = new URLSearchParams({ extensions: JSON.stringify(PERSISTED) });
  expect(await ask('GET', `/graphql?${search}`, { accept })).toMatchObject(refusal);
});

test.each(TYPES)('names the methods there are to one that accepts %s and uses another', async (accept) => {
  const { response, ...answer } = await ask(
    'PUT',
    '/graphql',
    { accept, 'content-type': 'application/json' },
    {},
  );
  expect(answer).toEqual(refusedWith(405, accept, 'Expected GET or POST, got PUT.'));
  expect(response.headers.get('allow')).toBe('GET, POST');
});

test.each(TYPES)('says that a mutation goes by POST to one that accepts %s', async (accept) => {
  const { response, ...answer } = await ask('GET', '/graphql?query=mutation{__typename}', { accept });
  expect(answer).toEqual(
    refusedWith(405, accept, 'Expected a query by GET, got a mutation: send it by POST.'),
  );
  expect(response.headers.get('allow')).toBe('POST');
});

test.each(TYPES)('takes no GET of another type from one that accepts %s', async (accept) => {
  const message = 'Expected a GET without `content-type`, or of application/json, got "text/plain".';
  const headers = { accept, 'content-type': 'text/plain' };
  expect(await ask('GET', `/graphql?query=${QUERY}`, headers)).toMatchObject(
    refusedWith(415, accept, message),
  );
});
