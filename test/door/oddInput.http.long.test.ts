import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import WebSocket from 'ws';
import { messageInput } from '../support/scenario.js';
import { codesOf, MARK, payload, useDoors } from './doors.js';

const doors = useDoors();
const VIEWER = '{"query":"{ viewer { id } }"}';
const ADD =
  'mutation Add($input: AddMessageInput!) { addMessage(input: $input) { userErrors { code } message { content { text } } } }';
const addText = (raw: string): string =>
  payload(ADD, { input: messageInput(doors.open.executionId, { content: { text: MARK } }) }, raw);
const isTaken = { status: 200, body: { data: { viewer: { id: expect.any(String) } } } };
const refusedWith = (status: number, message: string) => ({
  status,
  body: { errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] },
});

const BYTES: [what: string, bytes: (text: string) => Buffer, refusal: string][] = [
  [
    'a byte that begins nothing',
    (text) => Buffer.from(text.replace('é', '\xff'), 'latin1'),
    'Expected a body in UTF-8.',
  ],
  ['Latin-1', (text) => Buffer.from(text, 'latin1'), 'Expected a body in UTF-8.'],
  [
    'a character cut off',
    (text) => Buffer.from(text).subarray(0, text.indexOf('é') + 1),
    'Expected a body in UTF-8.',
  ],
  ['a surrogate as three bytes', (text) => spliced(text, [0xed, 0xa0, 0x80]), 'Expected a body in UTF-8.'],
  ['an ASCII letter as two bytes', (text) => spliced(text, [0xc1, 0x81]), 'Expected a body in UTF-8.'],
  [
    'a NUL byte',
    (text) => spliced(text, [0]),
    'Expected well-formed JSON, got U+0000 in a text at `variables.input.content.text`.',
  ],
  ['a byte order mark', (text) => Buffer.from(`\ufeff${text}`), 'Expected well-formed JSON, got U+FEFF.'],
  ['UTF-16', (text) => Buffer.from(text, 'utf16le'), 'Expected a body in UTF-8.'],
  [
    'UTF-16 of ASCII',
    (text) => Buffer.from(text.replace('é', 'e'), 'utf16le'),
    'Expected well-formed JSON, got U+0000.',
  ],
  ['UTF-16 with its mark', (text) => Buffer.from(`\ufeff${text}`, 'utf16le'), 'Expected a body in UTF-8.'],
];

function spliced(text: string, bytes: number[]): Buffer {
  const [before = '', after = ''] = text.split('é');
  return Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);
}

test.each(BYTES)('refuses a body with or of %s', async (_, bytes, refusal) => {
  const answer = await doors.storingNothing(() => doors.http(bytes(addText('"é"'))));
  expect(answer).toEqual(refusedWith(400, refusal));
});

test.each([
  ['application/json; charset=latin1'],
  ['application/json;charset="iso-8859-1"'],
  ['application/json; charset=utf-7; charset=utf-8'],
  ['application/json; charset=utf-8; charset=latin1'],
  ['application/json; charset='],
  ['application/json, text/plain'],
  ['application/x-www-form-urlencoded'],
  ['text/plain'],
  ['multipart/form-data; boundary=x'],
])('refuses a body of the type %s with 415', async (type) => {
  const answer = await doors.storingNothing(() => doors.http(addText('"a"'), { 'content-type': type }));
  expect(answer).toEqual(refusedWith(415, 'Expected a body of type application/json in UTF-8.'));
});

test.each([
  ['application/json; charset=utf-8'],
  ['application/json; charset="UTF-8"'],
  ['APPLICATION/JSON;CHARSET=UTF8'],
  ['application/json; a=b; charset=utf-8; c=d'],
])('takes a body of the type %s', async (type) => {
  expect(await doors.http(VIEWER, { 'content-type': type })).toEqual(isTaken);
});

// Read as UTF-8 all the same.
test('refuses another charset with tabs around it with 415', async () => {
  const type = 'application/json; charset\t=\tlatin1';
  expect((await doors.http(VIEWER, { 'content-type': type })).status).toBe(415);
});

const packed = (pack: (text: Buffer) => Buffer) => () => pack(Buffer.from(addText('"a"')));
test.each<[encoding: string, body: () => string | Buffer]>([
  ['gzip', packed(gzipSync)],
  ['br', packed(brotliCompressSync)],
  ['deflate', packed(deflateSync)],
  ['identity, gzip', packed(gzipSync)],
  ['gzip', () => addText('"a"')],
  ['nonsense', () => addText('"a"')],
])('refuses a body that is encoded as %s with 415', async (encoding, body) => {
  const answer = await doors.storingNothing(() => doors.http(body(), { 'content-encoding': encoding }));
  expect(answer).toEqual(refusedWith(415, 'Expected a body that is not compressed.'));
});

test('refuses a compressed body that says nothing of it', async () => {
  expect(await doors.http(gzipSync(VIEWER))).toEqual(refusedWith(400, 'Expected a body in UTF-8.'));
});

test.each([
  ['nothing', ''],
  ['null', 'null'],
  ['a text', '"{ viewer { id } }"'],
  ['a batch', `[${VIEWER},${VIEWER}]`],
  ['two values', `${VIEWER}${VIEWER}`],
  ['no query', '{"variables":{}}'],
  ['an empty query', '{"query":""}'],
  ['a query that is an object', '{"query":{}}'],
  ['a query that is a parsed one', '{"query":{"kind":"Document","definitions":[]}}'],
  ['a query that is a list', '{"query":["{ viewer { id } }"]}'],
  ['a query that is null', '{"query":null}'],
  ['an operation’s name that is a number', '{"query":"{ viewer { id } }","operationName":1}'],
  ['an operation’s name that is an object', '{"query":"{ viewer { id } }","operationName":{}}'],
  ['variables that are a list', '{"query":"{ viewer { id } }","variables":[]}'],
  ['variables that are a text', '{"query":"{ viewer { id } }","variables":"{}"}'],
  ['a comma too many', '{"query":"{ viewer { id } }",}'],
  ['NaN', '{"query":"{ viewer { id } }","a":NaN}'],
  ['quotes that are none', "{'query':'{ viewer { id } }'}"],
  ['half a character as its query', '{"query":"\\ud800"}'],
  [
    'half a character in its query',
    '{"query":"{ conversations(filter: { symbol: \\"\\ud800\\" }) { edges { cursor } } }"}',
  ],
  [
    'half a character, escaped twice',
    '{"query":"{ conversations(filter: { symbol: \\"\\\\ud800\\" }) { edges { cursor } } }"}',
  ],
])('refuses a body of %s with 400', async (_, text) => {
  const { status, body } = await doors.http(text);
  expect([status, body.data, codesOf(body)]).toEqual([
    400,
    undefined,
    [expect.stringMatching(/^(BAD_USER_INPUT|GRAPHQL_PARSE_FAILED)$/)],
  ]);
});

test.each([
  ['keys nobody asks for', '{"query":"{ viewer { id } }","id":"1","$where":{"a":[1]},"":null}'],
  ['nulls', '{"query":"{ viewer { id } }","operationName":null,"variables":null,"extensions":null}'],
  ['extensions nobody knows', '{"query":"{ viewer { id } }","extensions":{"a":{"$gt":""},"code":500}}'],
  ['variables nobody asks for', '{"query":"{ viewer { id } }","variables":{"":1,"input":{"$ne":1}}}'],
  ['room', ` \r\n\t${VIEWER}\n`],
  ['escapes', '{"\\u0071uery":"{\\u0020viewer { id } }"}'],
])('takes a body with %s', async (_, text) => {
  expect(await doors.http(text)).toEqual(isTaken);
});

const x = (kilobytes: number) => 'x'.repeat(kilobytes * 1024);

test('answers a request with a header of 8 kB and refuses one of 20 kB with 431', async () => {
  expect(await doors.http(VIEWER, { 'x-big': x(8) })).toEqual(isTaken);
  expect(await doors.http(undefined, { 'x-big': x(20) })).toEqual({ status: 431, body: null });
});

test.each([
  ['of 8 kB', `Bearer ${x(8)}`],
  ['of 8 kB in three parts', `Bearer ${x(2)}.${x(3)}.${x(3)}`],
  ['with characters of Latin-1', 'Bearer \xe9.\xff.\x80'],
])('refuses an authorization %s with 401', async (_, authorization) => {
  const { status, body } = await doors.http(VIEWER, { authorization });
  expect([status, codesOf(body)]).toEqual([401, ['UNAUTHENTICATED']]);
});

test('opens a socket with a header of 8 kB and refuses one of 20 kB with 431', async () => {
  const statusWith = (kilobytes: number) =>
    new Promise<number>((resolve, reject) => {
      const url = `${doors.app.url.replace(/^http/, 'ws')}/graphql`;
      const socket = new WebSocket(url, 'graphql-transport-ws', { headers: { 'x-big': x(kilobytes) } });
      socket.once('upgrade', () => resolve(101));
      socket.once('unexpected-response', (_, { statusCode = 0 }) => resolve(statusCode));
      socket.once('error', reject);
      socket.once('open', () => socket.terminate());
    });
  expect([await statusWith(8), await statusWith(20)]).toEqual([101, 431]);
});

const QUERY = encodeURIComponent('{ viewer { id } }');
const get = (search: string) => doors.http(undefined, {}, `/graphql${search}`);

test.each([
  ['nothing', ''],
  ['an empty query', '?query='],
  ['the query twice', `?query=${QUERY}&query=${QUERY}`],
  ['other queries', `?query=${QUERY}&query=${encodeURIComponent('{ __typename }')}`],
  ['the variables twice', `?query=${QUERY}&variables={}&variables={}`],
  ['the operation’s name twice', `?query=${QUERY}&operationName=a&operationName=b`],
  ['an operation’s name there is not', `?query=${QUERY}&operationName=%00`],
  ['variables that are no JSON', `?query=${QUERY}&variables={a:1}`],
  ['variables that are null', `?query=${QUERY}&variables=null`],
  ['variables that are a list', `?query=${QUERY}&variables=[]`],
  ['variables that are a text', `?query=${QUERY}&variables=%22{}%22`],
  ['variables with a byte order mark', `?query=${QUERY}&variables=%EF%BB%BF{}`],
  ['variables with a key twice', `?query=${QUERY}&variables={%22a%22:1,%22a%22:2}`],
  ['variables with 1e400', `?query=${QUERY}&variables={%22a%22:1e400}`],
  [
    'variables of many levels',
    `?query=${QUERY}&variables={%22a%22:${'['.repeat(5_000)}${']'.repeat(5_000)}}`,
  ],
  ['a query in brackets', `?query[]=${QUERY}`],
  ['a query of percent signs', '?query=%%%zz%'],
  ['a query with a NUL', `?query=${QUERY}%00`],
  ['extensions that are no JSON', `?query=${QUERY}&extensions=a`],
])('refuses a GET with %s with 400', async (_, search) => {
  const { status, body } = await get(search);
  expect([status, body.data, codesOf(body)]).toEqual([
    400,
    undefined,
    [expect.stringMatching(/^(BAD_USER_INPUT|GRAPHQL_(PARSE|VALIDATION)_FAILED)$/)],
  ]);
});

test.each([
  ['pluses for spaces', '?query={+viewer+{+id+}+}'],
  ['keys nobody asks for', `?a=%7F&query=${QUERY}&__proto__=1&constructor[prototype]=1&=`],
])('takes a GET with %s', async (_, search) => {
  expect(await get(search)).toEqual(isTaken);
});

const symbolOf = (raw: string): string =>
  `?query=${encodeURIComponent('{ conversations(filter: { symbol: "')}${raw}${encodeURIComponent('" }) { edges { cursor } } }')}`;

// They become U+FFFD.
test.each([
  ['query with a byte that begins nothing', symbolOf('%FF')],
  ['query with a surrogate', symbolOf('%ED%A0%80')],
  ['variable with half a character', `?query=${QUERY}&variables={%22a%22:%22%C3%22}`],
])('refuses a GET with a %s', async (_, search) => {
  const { status, body } = await get(search);
  expect([status, codesOf(body)]).toEqual([400, ['BAD_USER_INPUT']]);
});

test('refuses a GET whose URL has bytes that are no ASCII', async () => {
  expect(await get(symbolOf('\xc3\xa9'))).toEqual({ status: 400, body: null });
});
