import { describe, expect, test } from '@jest/globals';
import { nested } from '../input/refusals.js';
import { FEEDBACK, messageInput } from '../support/scenario.js';
import { useRawSockets } from '../transport/rawSocket.js';
import { codesOf, DOORS, MARK, payload, useDoors } from './doors.js';

const doors = useDoors();
const openSocket = useRawSockets();

const ADDED = 'addMessage(input: $input) { userErrors { code field } message { content { data } } }';
const ADD_DATA = `mutation Add($input: AddMessageInput!) { ${ADDED} }`;
const addData = (content: object = { data: MARK }): unknown => ({
  input: messageInput(doors.open.executionId, { content: { text: 'Up.', ...content } }),
});
const taken = (data: unknown) => ({ addMessage: { userErrors: [], message: { content: { data } } } });
const TOO_DEEP = {
  addMessage: { userErrors: [{ code: 'INVALID', field: ['input', 'content', 'data'] }], message: null },
};

/** Where a text of JSON can be put, whether anything reads it there or not. */
const PLACES: [place: string, textOf: (raw: string) => string][] = [
  ['data', (raw) => payload(ADD_DATA, addData(), raw)],
  ['data, with room around', (raw) => ` ${payload(ADD_DATA, addData(), ` ${raw} `)}`],
  ['a list in data', (raw) => payload(ADD_DATA, addData(), `[{"a":[${raw}]}]`)],
  ['a confidence', (raw) => payload(ADD_DATA, addData({ confidence: MARK }), raw)],
  ['a pnl', (raw) => payload(FEEDBACK, { input: { decisionId: 'd', success: true, pnl: MARK } }, raw)],
  ['a variable nobody asks for', (raw) => payload('{ viewer { id } }', { n: MARK }, raw)],
  ['an extension', (raw) => `{"query":"{ viewer { id } }","extensions":{"n":${raw}}}`],
  ['a key nobody asks for', (raw) => `{"query":"{ viewer { id } }","n":${raw}}`],
];

const words = (text: string): string[] => text.trim().split(/\s+/);

/** What a double does not hold, however it is written. */
const TOO_MUCH = words(`
  1e400 -1e400 1E+400 1e-400 -1e-400 1.7976931348623159e308 2e-324 ${'1'.repeat(400)} 0.${'0'.repeat(400)}1
  12345678901234567890 9007199254740993 -9007199254740993 0.1234567890123456789012
`);

const HELD = words(`
  9007199254740992 1e21 0.30000000000000004 -0.5e-7 5e-324 1E5 1.50 0e999 -0.0 100000000000000000000
  1.7976931348623157e308 2.2250738585072014e-308 5.684341886080802e-14 0.10000000000000001
`);

/** Of few digits, or with a point or an exponent, and no doubles either. */
const ROUNDED = words('9007199254740993.0 9.007199254740993e15 9007199254740993e0 9007199254740992.5 3e-324');

const REFUSED = expect.stringMatching(/^(INVALID|BAD_USER_INPUT)$/);

describe.each(DOORS)('over %s', (door) => {
  const ask = doors.ask[door];

  /** `got` is what the message ends with, but for the place. */
  async function expectRefused(text: string, got: string | RegExp) {
    const { data, errors = [] } = await ask(text);
    const told = errors.map(({ message }) => message.replace(/( at `[^`]*`)?\.$/, ''));
    const shown = text.slice(0, 1_000);
    const expected = typeof got === 'string' ? got : expect.stringMatching(got);
    expect([shown, data, told]).toEqual([shown, undefined, [expected]]);
    expect(errors[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
  }

  test.each(PLACES)('refuses numbers a double does not hold as %s', async (_, textOf) => {
    await doors.storingNothing(async () => {
      for (const raw of TOO_MUCH) {
        await expectRefused(textOf(raw), `Expected numbers that a double can hold, got ${raw.slice(0, 80)}`);
      }
    });
  });

  // The digits are counted, and not compared with what became of them.
  test.each(ROUNDED)('refuses %s, which would come back as another number', async (raw) => {
    expect(codesOf(await ask(payload(ADD_DATA, addData(), raw)))).toEqual(['BAD_USER_INPUT']);
  });

  test('gives back unaltered the numbers a double holds', async () => {
    for (const raw of [JSON.stringify(HELD.map(Number)), `[ ${HELD.join(' , ')} ]`]) {
      const { data } = await ask(payload(ADD_DATA, addData(), raw));
      expect(data).toEqual(taken(HELD.map((text) => Number(text) + 0)));
    }
    for (const raw of HELD) {
      expect([raw, (await ask(payload(ADD_DATA, addData(), raw))).data]).toEqual([
        raw,
        taken(Number(raw) + 0),
      ]);
    }
  });

  const literal = (data: string): string =>
    payload(
      `mutation { ${ADDED.replace('$input', '$')} }`.replace(
        '$',
        `{ executionId: "${doors.open.executionId}", agentName: "a", agentRole: "b", messageType: THOUGHT,
          content: { text: "c", data: ${data} } }`,
      ),
    );

  test('refuses numbers a double does not hold in the document', async () => {
    await doors.storingNothing(async () => {
      for (const raw of TOO_MUCH.flatMap((text) => [text, `[${text}]`, `{ a: ${text} }`])) {
        expect([raw, codesOf(await ask(literal(raw)))]).toEqual([raw, [REFUSED]]);
      }
    });
    for (const raw of TOO_MUCH) {
      const query = `mutation { recordFeedback(input: { decisionId: "${doors.open.executionId}", success: true, pnl: ${raw} }) { userErrors { code } } }`;
      expect([raw, codesOf(await ask(payload(query)))]).toEqual([raw, [REFUSED]]);
    }
  });

  test('gives back unaltered what a document may hold', async () => {
    const { data } = await ask(literal(`[${HELD.join(' ')}]`));
    expect(data).toEqual(taken(HELD.map((text) => Number(text) + 0)));
    expect((await ask(literal('{ a: "b", c: [null, true, """d"""], _e: {} }'))).data).toEqual(
      taken({ a: 'b', c: [null, true, 'd'], _e: {} }),
    );
  });

  // They are left out, as `null` in lists.
  test.each(['{ trend: UP }', '[UP]', '{ a: [{ b: UP }] }'])(
    'refuses words that are no JSON in the document: %s',
    async (raw) => {
      expect(codesOf(await ask(literal(raw)))).toEqual([REFUSED]);
    },
  );

  test.each<[string, string]>([
    ['the query', '{"query":"{ viewer { id } }","query":"{ __typename }"}'],
    ['the variables', '{"query":"{ viewer { id } }","variables":{},"variables":{"a":1}}'],
    ['the variables, once null', '{"query":"{ viewer { id } }","variables":null,"variables":{}}'],
    ['a key nobody asks for', '{"query":"{ viewer { id } }","a":1,"b":2,"a":3}'],
    ['a key, once escaped', '{"query":"{ viewer { id } }","a":1,"\\u0061":"1"}'],
    ['__proto__', '{"query":"{ viewer { id } }","__proto__":{},"__proto__":1}'],
  ])('refuses %s given twice', async (_, text) => {
    await expectRefused(text, /^Expected each key once, got "\w+" twice$/);
  });

  test.each(PLACES)('refuses a key given twice in %s', async (_, textOf) => {
    await doors.storingNothing(async () => {
      for (const raw of ['{"a":1,"a":2}', '[{"b":{"a":"x","c":0,"a":["x"]}}]', '{"a":[],"a":[[]]}']) {
        await expectRefused(textOf(raw), 'Expected each key once, got "a" twice');
      }
    });
  });

  // The parser takes a list and an object of the same members for equal.
  test.each(['{"a":[],"a":{}}', '{"a":{},"a":[]}', '{"a":[1],"a":{"0":1}}', '{"a":{"__proto__":{}},"a":{}}'])(
    'refuses a list and an object under one key: %s',
    async (raw) => {
      expect(codesOf(await ask(payload(ADD_DATA, addData(), raw)))).toEqual(['BAD_USER_INPUT']);
    },
  );

  test.each(PLACES.filter((_, i) => i % 2 === 0))('refuses 100,000 levels as %s', async (_, textOf) => {
    const lists = '['.repeat(100_000) + ']'.repeat(100_000);
    const objects = '{"a":'.repeat(40_000) + '1' + '}'.repeat(40_000);
    await doors.storingNothing(async () => {
      for (const raw of [lists, objects]) {
        await expectRefused(textOf(raw), 'Expected JSON of at most 1,000 levels, got more');
      }
    });
  });

  test('takes data of 12 levels and refuses deeper ones, up to the most that is read', async () => {
    const textOf = (levels: number) => payload(ADD_DATA, addData(), JSON.stringify(nested(levels)));
    expect((await ask(textOf(12))).data).toEqual(taken(nested(12)));
    for (const levels of [13, 100, 1_000, 3_000]) {
      expect((await doors.storingNothing(() => ask(textOf(levels)))).data).toEqual(TOO_DEEP);
    }
  });

  test('takes literals of 12 levels and refuses deeper ones', async () => {
    const lists = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    const objects = (levels: number) => `${'{ a: '.repeat(levels)}1${' }'.repeat(levels)}`;
    expect((await ask(literal(lists(12)))).data).toEqual(taken(JSON.parse(lists(12))));
    for (const written of [lists, objects]) {
      for (const levels of [13, 200]) {
        expect((await doors.storingNothing(() => ask(literal(written(levels))))).data).toEqual(TOO_DEEP);
      }
      for (const levels of [600, 1_500]) {
        const told = await doors.storingNothing(() => ask(literal(written(levels))));
        expect(codesOf(told)).toEqual(['QUERY_TOO_COMPLEX']);
      }
    }
  });

  test('refuses deep JSON where none belongs', async () => {
    for (const levels of [2, 100, 3_000]) {
      const raw = JSON.stringify(nested(levels));
      const told = await ask(payload(ADD_DATA, addData({ confidence: MARK }), raw));
      expect(codesOf(told)).toEqual(['INVALID']);
    }
  });
});

test.each([
  ['no JSON', '{', 4400],
  ['a list', '[]', 4400],
  ['100,000 levels', '['.repeat(100_000) + ']'.repeat(100_000), 4400],
])('closes a socket that sends %s', async (_, frame, code) => {
  const { socket, closed } = await openSocket(doors.app.url, doors.token);
  socket.send(frame);
  expect((await closed).code).toBe(code);
});

test('closes a socket that sends what is not UTF-8', async () => {
  const { socket, closed } = await openSocket(doors.app.url, doors.token);
  socket.send(Buffer.from([0x7b, 0xff, 0x7d]), { binary: false });
  expect((await closed).code).toBe(1007);
});
