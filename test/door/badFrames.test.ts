import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import { createClient } from '../support/client.js';
import { until } from '../support/until.js';
import { ADD, flow, messageInput } from '../support/scenario.js';
import { AUTH, mint } from '../support/tokens.js';
import { type Frame, useRawSockets } from '../transport/rawSocket.js';

const running = useApp({ auth: AUTH });
const openSocket = useRawSockets();
const STREAM =
  'subscription S($executionId: ID!) { messageAdded(executionId: $executionId, afterSeq: 0) { seq } }';
const SAY =
  'mutation Say($input: AddMessageInput!) { addMessage(input: $input) { message { seq } userErrors { code } } }';

type Opened = Awaited<ReturnType<typeof open>>;
let opened: Opened;
beforeEach(async () => void (opened = await open()));
afterEach(() => opened.socket.socket.terminate());

/** A socket with streams of two conversations. */
async function open() {
  const { url } = running.app;
  const token = await mint({ sub: id() });
  const { start, say } = flow({ ...createClient(url, token), url, stop: async () => {} });
  const executionIds = [(await start()).executionId, (await start()).executionId];
  const socket = await openSocket(url, token);
  for (const [n, executionId] of executionIds.entries())
    socket.subscribe(`stream ${n}`, STREAM, { variables: { executionId } });
  let said = 0;
  return {
    socket,
    executionId: executionIds[0] as string,
    /** Both streams have heard of everything, in order. */
    async expectStreams() {
      for (const executionId of executionIds) await say(executionId);
      said += 1;
      for (const n of executionIds.keys()) {
        const frames = await socket.framesOf(`stream ${n}`, said);
        const seqs = frames.map(({ payload }) => payload.data?.messageAdded.seq);
        expect([n, seqs]).toEqual([n, Array.from({ length: said }, (_, i) => i + 1)]);
      }
    },
  };
}

const refusal = (name: string, message: unknown): Frame => ({
  id: name,
  type: 'error',
  payload: [{ message, extensions: { code: 'BAD_USER_INPUT' } }],
});

const frameOf = (payload: string): string => `{"id":"bad","type":"subscribe","payload":${payload}}`;
const dataOf = (raw: string): string =>
  frameOf(`{"query":"mutation M { x }","variables":{"input":{"content":{"data":${raw}}}}}`);
const json = (got: string): string => `Expected well-formed JSON, got ${got}.`;
const AT = 'at `variables.input.content.data';

describe('a bad frame ends its own operation, and is told what is wrong and where:', () => {
  test.each<[name: string, frame: string | Buffer, message: string]>([
    ['NaN', dataOf('{"x":NaN}'), json(`\`NaN\` ${AT}.x\``)],
    ['-Infinity in a list', dataOf('[0, -Infinity]'), json(`\`-Infinity\` ${AT}.1\``)],
    ['a word of Python', dataOf('{"x": None}'), json(`\`None\` ${AT}.x\``)],
    ['single quotes', dataOf("{'x': 1}"), json(`\`'x'\` ${AT}\``)],
    ['a comma too many', dataOf('{"x":1,}'), json(`\`}\` ${AT}\``)],
    ['a line break in a text', dataOf('{"x":"a\nb"}'), json(`U+000A in a text ${AT}.x\``)],
    [
      'an id after the fault',
      '{"payload":{"query":NaN},"id":"bad","type":"subscribe"}',
      json('`NaN` at `query`'),
    ],
    ['its end missing', dataOf('{"x":1}').slice(0, -3), json('its end too early at `variables.input`')],
    ['more after its end', `${frameOf('{"query":"{ a }"}')} more`, json('`more` after its end')],
    ['a key twice', dataOf('{"x":1,"x":2}'), `Expected each key once, got "x" twice ${AT}.x\`.`],
    [
      'a number too large',
      dataOf('[1e400]'),
      `Expected numbers that a double can hold, got 1e400 ${AT}.0\`.`,
    ],
    [
      'a number of many zeros',
      dataOf(`1.${'0'.repeat(1_000_000)}1`),
      `Expected numbers that a double can hold, got 1.${'0'.repeat(78)} ${AT}\`.`,
    ],
    [
      'millions of escapes',
      dataOf(`"${'\\n'.repeat(4_000_000)}"`),
      'Expected a message of at most 2,097,152 bytes (SOCKET_MAX_FRAME_BYTES), got 8,000,116; ' +
        'its largest part is `variables.input.content.data` with 8,000,002 bytes.',
    ],
    ['too many levels', dataOf('['.repeat(50_000)), 'Expected JSON of at most 1,000 levels, got more.'],
    ['Latin-1', Buffer.from(dataOf('"é"'), 'latin1'), 'Expected text in UTF-8, got other bytes.'],
    ['no payload', '{"id":"bad","type":"subscribe"}', 'Expected `payload` to be an object with a `query`.'],
    [
      'a payload of text',
      frameOf('"{ viewer { id } }"'),
      'Expected `payload` to be an object with a `query`.',
    ],
    ['no query', frameOf('{}'), 'Expected `query` to be text.'],
    ['a query of no text', frameOf('{"query":{}}'), 'Expected `query` to be text.'],
    [
      'a list of variables',
      frameOf('{"query":"{ a }","variables":[1]}'),
      'Expected `variables` to be an object or null.',
    ],
    [
      'a name of no text',
      frameOf('{"query":"{ a }","operationName":1}'),
      'Expected `operationName` to be text or null.',
    ],
    [
      'a text of extensions',
      frameOf('{"query":"{ a }","extensions":"a"}'),
      'Expected `extensions` to be an object or null.',
    ],
  ])('%s', async (_, frame, message) => {
    const { socket, expectStreams } = opened;
    await expectStreams();
    socket.socket.send(frame, { binary: false });
    expect(await socket.framesOf('bad', 1)).toEqual([refusal('bad', message)]);
    await expectStreams();
  });

  test('a binary one', async () => {
    const { socket, expectStreams } = opened;
    socket.socket.send(Buffer.from(frameOf('{"query":"{ viewer { id } }"}')), { binary: true });
    expect(await socket.framesOf('bad', 1)).toEqual([
      refusal('bad', 'Expected a text frame, got a binary one.'),
    ]);
    await expectStreams();
  });

  test.each([3, 7])('one of %i MB, by its largest part', async (megabytes) => {
    const { socket, executionId, expectStreams } = opened;
    const text = 'x'.repeat(megabytes * 1e6);
    const frame = JSON.stringify({
      id: 'bad',
      type: 'subscribe',
      payload: { query: ADD, variables: { input: messageInput(executionId, { content: { text } }) } },
    });
    socket.socket.send(frame);
    const part = `\`variables.input.content.text\` with ${(text.length + 2).toLocaleString('en-US')} bytes`;
    const message = `Expected a message of at most 2,097,152 bytes (SOCKET_MAX_FRAME_BYTES), got ${frame.length.toLocaleString('en-US')}; its largest part is ${part}.`;
    expect(await socket.framesOf('bad', 1)).toEqual([refusal('bad', message)]);
    await expectStreams();
  });
});

// 1013 is one of the few codes after which graphql-ws clients come back.
test.each([
  [
    'a subscribe without an id',
    '{"type":"subscribe","payload":{"query":"{ a }","variables":{"x":NaN}}}',
    '`NaN` at `variables.x`',
  ],
  ['a ping', '{"type":"ping","payload":{"at":Infinity}}', '`Infinity` at `at`'],
  ['a complete', '{"type":"complete","id":NaN}', '`NaN` at `id`'],
])('closes with 1013, saying why, where the operation at fault cannot be told: %s', async (_, frame, got) => {
  const { socket } = opened;
  socket.socket.send(frame);
  expect(await socket.closed).toEqual({ code: 1013, reason: json(got) });
});

test('answers 300 messages that are sent in one go, each by itself, while streams go on', async () => {
  const { socket, executionId } = opened;
  const names = Array.from({ length: 300 }, (_, n) => `message ${n}`);
  for (const name of names)
    socket.subscribe(name, SAY, {
      variables: { input: messageInput(executionId, { idempotencyKey: name }) },
    });
  for (const name of names) {
    const [next] = await socket.framesOf(name, 2);
    expect([name, next?.payload.errors, next?.payload.data?.addMessage.userErrors]).toEqual([
      name,
      undefined,
      [],
    ]);
  }
  const seqs = (await socket.framesOf('stream 0', 300)).map(({ payload }) => payload.data.messageAdded.seq);
  expect(seqs).toEqual(names.map((_, n) => n + 1));
  await until('the socket is open', () => socket.socket.readyState === socket.socket.OPEN);
});
