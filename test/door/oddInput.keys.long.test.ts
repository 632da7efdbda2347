import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { id } from '../support/app.js';
import { messageInput, START, startInput } from '../support/scenario.js';
import { mint } from '../support/tokens.js';
import { useRawSockets } from '../transport/rawSocket.js';
import { codesOf, DOORS, MARK, payload, useDoors } from './doors.js';

const doors = useDoors();
const openSocket = useRawSockets();

/** The same JSON as it is and with room in it: the second is read by another parser than the first. */
const spaced = (text: string): string[] => [text, ` ${text}`];

const ADD_DATA = /* GraphQL */ `
  mutation Add($input: AddMessageInput!) {
    addMessage(input: $input) { userErrors { code field } message { content { data } } }
  }
`;
const addData = (): unknown => ({
  input: messageInput(doors.open.executionId, { content: { text: 'Up.', data: MARK } }),
});
const startWith = (): unknown => ({ input: startInput({ decisionContext: { marketConditions: MARK } }) });

const TAKEN_KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  '_bsontype',
  '$gt',
  '$',
  'a.b',
  '.',
  '\0',
  'a\0',
  '%2E',
  '',
  ' ',
  'toString',
  'hasOwnProperty',
  'toBSON',
  'toJSON',
  '_id',
  'a$',
  '0',
  '-1',
  'ä',
  '💡',
];

describe.each(DOORS)('over %s', (door) => {
  const ask = doors.ask[door];

  test.each(TAKEN_KEYS)('gives JSON back with the key %j, how deep and how written ever', async (key) => {
    const escaped = key
      .split('')
      .map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join('');
    const flat = [JSON.stringify(key), `"${escaped}"`].map((name) => `{${name}:{"polluted":true}}`);
    for (const raw of flat.flatMap((one) => [one, `[{"deep":${one}}]`]).flatMap(spaced)) {
      const { data } = await ask(payload(ADD_DATA, addData(), raw));
      const back = data.addMessage.message.content.data;
      expect([raw, JSON.stringify(back)]).toEqual([raw, JSON.stringify(JSON.parse(raw))]);
      expect(codesOf(await ask(payload(START, startWith(), raw)))).toEqual([]);
    }
  });

  test('gives JSON back with all of those keys', async () => {
    const text = JSON.stringify(
      Object.fromEntries(TAKEN_KEYS.map((key, i) => [key, Object.fromEntries([[key, i]])])),
    );
    for (const raw of spaced(text)) {
      const { data } = await ask(payload(ADD_DATA, addData(), raw));
      expect(JSON.stringify(data.addMessage.message.content.data)).toBe(text);
    }
  });

  test.each([
    ['beside the query', (bad: string) => `{"query":"{ viewer { id } }",${bad}}`],
    ['as variables', (bad: string) => `{"query":"{ viewer { id } }","variables":{${bad}}}`],
    ['as extensions', (bad: string) => `{"query":"{ viewer { id } }","extensions":{${bad}}}`],
  ])('takes no notice of keys of prototypes %s', async (_, textOf) => {
    for (const bad of BAD_MEMBERS) {
      for (const text of spaced(textOf(bad))) {
        expect(await ask(text)).toEqual({ data: { viewer: { id: expect.any(String) } } });
      }
    }
  });

  test('refuses keys of prototypes in inputs', async () => {
    const input = JSON.stringify(messageInput(doors.open.executionId));
    await doors.storingNothing(async () => {
      for (const bad of BAD_MEMBERS) {
        const whole = input.replace(/}$/, `,${bad}}`);
        const inner = input.replace('"content":{', `"content":{${bad},`);
        for (const raw of [whole, inner].flatMap(spaced)) {
          const told = await ask(payload(ADD_DATA, { input: MARK }, raw));
          expect([raw, [...new Set(codesOf(told))]]).toEqual([raw, ['INVALID']]);
        }
      }
    });
  });

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'fieldsByTypeName'])(
    'answers operations whose aliases, variables and fragments are all called %s as any other',
    async (name) => {
      const queryOf = (n: string) => `query ${n}($${n}: ID!) {
        ${n}: conversation(executionId: $${n}) {
          ${n}: lastSeq messages(first: 1) { ...${n} } more: messages(last: 1) { ...${n} }
        }
      } fragment ${n} on MessageConnection { ${n}: edges { ${n}: node { ${n}: seq } } totalCount }`;
      const answer = async (n: string) =>
        JSON.stringify(await ask(payload(queryOf(n), JSON.parse(`{"${n}":"${doors.open.executionId}"}`))));
      expect(await answer(name)).toBe((await answer('plain')).replaceAll('plain', name));
    },
  );

  test('gives JSON back that comes as a variable called __proto__', async () => {
    const query = `mutation M($__proto__: JSON, $constructor: ID!) { addMessage(input: {
      executionId: $constructor, agentName: "a", agentRole: "b", messageType: THOUGHT,
      content: { text: "c", data: $__proto__ }
    }) { message { content { data } } } }`;
    const variables = JSON.parse(`{"__proto__":{"a":1},"constructor":"${doors.open.executionId}"}`);
    expect(await ask(payload(query, variables))).toEqual({
      data: { addMessage: { message: { content: { data: { a: 1 } } } } },
    });
  });
});

const BAD_MEMBERS = [
  '"__proto__":{"polluted":true}',
  '"constructor":{"prototype":{"polluted":true}}',
  '"prototype":{"polluted":true}',
];

test('operations of a socket may be called as properties of objects are', async () => {
  const { subscribe, send, framesOf } = await openSocket(doors.app.url, doors.token);
  for (const name of ['__proto__', 'constructor', 'toString']) {
    send({ type: 'complete', id: name });
    subscribe(name, '{ viewer { id } }');
    expect((await framesOf(name, 2)).map(({ type }) => type)).toEqual(['next', 'complete']);
  }
});

// Found by its hash, an operation would be executed as nobody has looked at it.
test('keeps no operations to be asked for by their hash', async () => {
  const input = startInput();
  const query = `query Read { viewer { id } } mutation Write($input: StartConversationInput!) {
    startConversation(input: $input) { conversation { id } } }`;
  const sha256Hash = createHash('sha256').update(query).digest('hex');
  const extensions = { persistedQuery: { version: 1, sha256Hash } };
  const authorization = `Bearer ${await mint({ sub: id(), scope: 'read' })}`;
  const post = (body: object) => doors.http(JSON.stringify({ ...body, extensions }), { authorization });
  await post({ query, operationName: 'Read' });
  const { status, body } = await post({ operationName: 'Write', variables: { input } });
  expect([status < 500, body.data, body.errors?.length]).toEqual([true, undefined, 1]);
});

test.each([
  ['a text', '"a"'],
  ['a number', '1'],
  ['a list', '[]'],
])('refuses extensions that are %s', async (_, extensions) => {
  const { status, body } = await doors.http(`{"query":"{ viewer { id } }","extensions":${extensions}}`);
  expect([status, codesOf(body)]).toEqual([400, ['BAD_USER_INPUT']]);
});

test('an operation that is there by its hash only is refused', async () => {
  for (const sha256Hash of ['"abc"', '{"$gt":""}', 'null', '["__proto__"]']) {
    const text = `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":${sha256Hash}}}}`;
    const { status, body } = await doors.http(text);
    expect([status < 500, body.data, body.errors.length]).toEqual([true, undefined, 1]);
  }
});
