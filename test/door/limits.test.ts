import { describe, expect, test } from '@jest/globals';
import { useApp } from '../support/app.js';

const running = useApp();

interface Asked {
  query: string;
  variables?: Record<string, unknown>;
}

const many = (n: number, text: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => text(i)).join(' ');
const viewerWith = (fields: string): string => `{ viewer { ${fields} } }`;
const messagesOf = (size: string): string =>
  `conversations(first: 100) { edges { node { messages(first: ${size}) { edges { node { content { text } } } } } } }`;
const deep = (inmost: string): string =>
  `conversation(id: "0123456789abcdef01234567") { messages(first: 1) { edges { node { conversation { messages(first: 1) { edges { node { conversation { ${inmost} } } } } } } } } }`;

/** Refused as data, since there is no such decision. */
const lessons = (values: string): string =>
  `recordFeedback(input: { decisionId: "x", success: true, lessonsLearned: [${values}] }) { duplicate }`;

/** What a document is refused with, by its limit's value and its own figure. */
const told = (limit: string, what: string, figure: string): string =>
  `Expected a document with at most ${limit} ${what}, got ${figure}.${what === BYTES || what === TOKENS ? ' Send values as variables, which do not count.' : ''}`;

const BYTES = 'bytes of UTF-8 (MAX_DOCUMENT_BYTES)';
const TOKENS = 'tokens (MAX_TOKENS)';
const DEPTH = 'levels of fields (MAX_DEPTH)';
const ALIASES = 'aliases (MAX_ALIASES)';
const DIRECTIVES = 'directives (MAX_DIRECTIVES)';
const ROOT_FIELDS = 'root fields (MAX_ROOT_FIELDS)';
const COST = 'objects in the answer it asks for (MAX_COST)';

const CASES: [name: string, within: Asked, beyond: Asked, refusal: string][] = [
  [
    'bytes',
    { query: '{ viewer { id } }'.padEnd(16_384) },
    { query: '{ viewer { id } }'.padEnd(16_385) },
    told('16,384', BYTES, '16,385'),
  ],
  [
    'bytes of a text that has fewer characters',
    { query: `{ viewer { id } } #${'é'.repeat(8_182)}` },
    { query: `{ viewer { id } } #${'é'.repeat(8_183)}` },
    told('16,384', BYTES, '16,385'),
  ],
  [
    'tokens',
    { query: `mutation { ${lessons(many(977, () => '"x"'))} }` },
    { query: `mutation { ${lessons(many(978, () => '"x"'))} }` },
    told('1,000', TOKENS, '1,001'),
  ],
  [
    'tokens, most of them in a fragment',
    { query: `mutation { ...F } fragment F on Mutation { ${lessons(many(969, () => '"x"'))} }` },
    { query: `mutation { ...F } fragment F on Mutation { ${lessons(many(970, () => '"x"'))} }` },
    told('1,000', TOKENS, '1,001'),
  ],
  [
    'tokens, most of them variables',
    { query: `mutation M($x: String!) { ${lessons(many(484, () => '$x'))} }`, variables: { x: 'x' } },
    { query: `mutation M($x: String!) { ${lessons(many(485, () => '$x'))} }`, variables: { x: 'x' } },
    told('1,000', TOKENS, '1,001'),
  ],
  [
    'depth',
    { query: `{ ${deep('id')} }` },
    { query: `{ ${deep('decision { id }')} }` },
    told('10', DEPTH, '11'),
  ],
  [
    'depth through fragments',
    { query: `{ ${deep('...F')} } fragment F on Conversation { ... on Conversation { id } }` },
    { query: `{ ${deep('...F')} } fragment F on Conversation { ... on Conversation { decision { id } } }` },
    told('10', DEPTH, '11'),
  ],
  [
    'aliases',
    { query: viewerWith(many(30, (i) => `a${i}: id`)) },
    { query: viewerWith(many(31, (i) => `a${i}: id`)) },
    told('30', ALIASES, '31'),
  ],
  [
    'aliases through fragments',
    {
      query: `{ viewer { ...F ...F b: id } viewer { ...F } } fragment F on Viewer { ... on Viewer { ${many(9, (i) => `a${i}: id`)} } }`,
    },
    {
      query: `{ viewer { ...F ...F ...F } v: viewer { id } } fragment F on Viewer { ... on Viewer { ${many(10, (i) => `a${i}: id`)} } }`,
    },
    told('30', ALIASES, '31'),
  ],
  [
    'aliases with variables',
    {
      query: `query Q($n: Int) { ${many(9, (i) => `a${i}: conversations(first: $n) { b: edges { c: cursor } }`)} viewer { d: id e: id f: id } }`,
      variables: { n: 1 },
    },
    {
      query: `query Q($n: Int) { ${many(9, (i) => `a${i}: conversations(first: $n) { b: edges { c: cursor } }`)} viewer { d: id e: id f: id g: id } }`,
      variables: { n: 1 },
    },
    told('30', ALIASES, '31'),
  ],
  [
    'directives',
    { query: viewerWith(many(10, () => 'id @include(if: true)')) },
    { query: viewerWith(many(11, () => 'id @include(if: true)')) },
    told('10', DIRECTIVES, '11'),
  ],
  [
    'directives through fragments',
    {
      query:
        '{ viewer { ...F ...F ...F ...F ...F } } fragment F on Viewer { id @skip(if: false) agentName @skip(if: false) }',
    },
    {
      query:
        '{ viewer { ...F ...F ...F ...F ...F @include(if: true) } } fragment F on Viewer { id @skip(if: false) agentName @skip(if: false) }',
    },
    told('10', DIRECTIVES, '11'),
  ],
  [
    'directives with variables',
    {
      query: `query Q($v: Boolean!) { viewer { ${many(10, () => 'id @include(if: $v)')} } }`,
      variables: { v: true },
    },
    {
      query: `query Q($v: Boolean!) { viewer { ${many(11, () => 'id @include(if: $v)')} } }`,
      variables: { v: true },
    },
    told('10', DIRECTIVES, '11'),
  ],
  [
    'root fields',
    { query: `{ ${many(10, () => 'viewer { id }')} }` },
    { query: `{ ${many(11, () => 'viewer { id }')} }` },
    told('10', ROOT_FIELDS, '11'),
  ],
  [
    'root fields through fragments',
    {
      query: `{ ${many(5, () => '...F')} } fragment F on Query { viewer { id } ... on Query { viewer { id } } }`,
    },
    {
      query: `{ __typename ${many(5, () => '...F')} } fragment F on Query { viewer { id } ... on Query { viewer { id } } }`,
    },
    told('10', ROOT_FIELDS, '11'),
  ],
  [
    'root fields with variables',
    {
      query: `query Q($n: Int) { ${many(10, () => 'conversations(first: $n) { edges { cursor } }')} }`,
      variables: { n: 1 },
    },
    {
      query: `query Q($n: Int) { ${many(11, () => 'conversations(first: $n) { edges { cursor } }')} }`,
      variables: { n: 1 },
    },
    told('10', ROOT_FIELDS, '11'),
  ],
  [
    'cost',
    { query: `{ ${messagesOf('65')} }` },
    { query: `{ ${messagesOf('66')} }` },
    told('20,000', COST, '20,101'),
  ],
  [
    'cost through fragments',
    { query: `{ ...F } fragment F on Query { ${messagesOf('65')} }` },
    { query: `{ ...F } fragment F on Query { ${messagesOf('66')} }` },
    told('20,000', COST, '20,101'),
  ],
  [
    'cost where a fragment holds the list and another the connection’s size',
    {
      query:
        '{ conversations(first: 20) { ...P } other: conversations(first: 80) { ...P } } fragment P on ConversationConnection { edges { node { messages(first: 65) { edges { node { content { text } } } } } } }',
    },
    {
      query:
        '{ conversations(first: 20) { ...P } other: conversations(first: 82) { ...P } } fragment P on ConversationConnection { edges { node { messages(first: 65) { edges { node { content { text } } } } } } }',
    },
    told('20,000', COST, '20,198'),
  ],
  [
    'cost through variables',
    { query: `query Q($n: Int) { ${messagesOf('$n')} }`, variables: { n: 65 } },
    { query: `query Q($n: Int) { ${messagesOf('$n')} }`, variables: { n: 66 } },
    told('20,000', COST, '20,101'),
  ],
  [
    'cost through the default of a variable',
    { query: `query Q($n: Int = 65) { ${messagesOf('$n')} }` },
    { query: `query Q($n: Int = 66) { ${messagesOf('$n')} }` },
    told('20,000', COST, '20,101'),
  ],
];

describe.each([
  ['HTTP', (asked: Asked) => running.app.send(asked.query, asked.variables)],
  ['WebSocket', (asked: Asked) => running.app.sendOverSocket(asked.query, asked.variables)],
])('over %s', (_, send) => {
  test.each(CASES)(
    'takes a document at the limit of %s and refuses the next',
    async (_, within, beyond, refusal) => {
      expect((await send(within)).errors).toBeUndefined();
      const { data, errors } = await send(beyond);
      expect(data ?? null).toBeNull();
      expect(errors?.map(({ message, extensions }) => [message, extensions])).toEqual([
        [refusal, { code: 'QUERY_TOO_COMPLEX' }],
      ]);
    },
  );

  test('refuses fragments that double at each level, without writing them out', async () => {
    const fragments = many(40, (i) => `fragment F${i} on Viewer { ...F${i + 1} ...F${i + 1} }`);
    const query = `{ viewer { ...F0 } } ${fragments} fragment F40 on Viewer { a: id @include(if: true) }`;
    const { errors } = await send({ query });
    expect(errors?.map(({ message }) => message)).toEqual([
      told('30', ALIASES, '1,099,511,627,776'),
      told('10', DIRECTIVES, '1,099,511,627,776'),
    ]);
  });

  test('leaves fragments that lead back to themselves to the validation', async () => {
    const query = '{ viewer { ...A } } fragment A on Viewer { ...B } fragment B on Viewer { ...A }';
    const { errors } = await send({ query });
    expect(errors?.map(({ extensions }) => extensions.code)).toContain('GRAPHQL_VALIDATION_FAILED');
  });

  test('lets introspection go deeper than other queries, within all other limits', async () => {
    const ofTypes = (depth: number): string =>
      depth === 0 ? 'name' : `name ofType { ${ofTypes(depth - 1)} }`;
    const standard = `{ __schema { types { name fields { name type { ${ofTypes(9)} } } } } }`;
    expect((await send({ query: standard })).errors).toBeUndefined();
    const aliased = many(31, (i) => `a${i}: name`);
    const { errors } = await send({ query: `{ __schema { types { ${aliased} } } }` });
    expect(errors?.map(({ message }) => message)).toEqual([told('30', ALIASES, '31')]);
    const wide = many(9, () => '__schema { types { fields { args { type { enumValues { name } } } } } }');
    const costly = await send({ query: `{ ${wide} }` });
    expect(costly.errors?.[0]?.message).toMatch(
      /^Expected a document with at most 20,000 objects .* got 108,999\.$/,
    );
  });
});
