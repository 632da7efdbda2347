import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ballotInput, messageInput, startInput } from '../support/scenario.js';
import { codesOf, type DoorName, MARK, payload, useDoors } from './doors.js';

const doors = useDoors();

/** A value as a text of JSON, and whether it comes back as it is written if it is taken. */
interface Written {
  text: string;
  isKept: boolean;
}

/** Of a mantissa, a point and an exponent: `[digits, power]` is digits × 10^power. */
function decimal(text: string): [digits: bigint, power: number] {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = `${whole}${fraction}`.replace(/0+$/, '');
  const dropped = whole.length + fraction.length - digits.length;
  return BigInt(digits === '' || digits === '-' ? '0' : digits) === 0n
    ? [0n, 0]
    : [BigInt(digits), Number(exponent) - fraction.length + dropped];
}

const sameDecimal = (a: string, b: string): boolean => String(decimal(a)) === String(decimal(b));

/** Whether a double is what a text says: by its shortest text, by its 17 digits, or exactly. */
function isKept(text: string): boolean {
  const value = Number(text);
  if (!Number.isFinite(value)) return false;
  if (sameDecimal(text, String(value)) || sameDecimal(text, value.toExponential(16))) return true;
  return Number.isInteger(value) && sameDecimal(text, String(BigInt(value)));
}

const double = fc.double({ noNaN: true, noDefaultInfinity: true });
const CRAFTED = '1e400 -1e400 1e-400 9007199254740993 9007199254740992 1E5 -0 0.0 -0.0e9 1e21 1e23 5e-324';
const number = fc
  .oneof(
    double.map((value) => JSON.stringify(value)),
    double.map((value) => value.toExponential(16)),
    fc.maxSafeInteger().map(String),
    fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
    fc.stringMatching(/^-?(0|[1-9]\d{0,6})(\.\d{1,8})?([eE][+-]?\d{1,2})?$/),
    fc.stringMatching(/^-?[1-9]\d{9,20}\.\d{7,20}[1-9]([eE][+-]?\d{1,3})?$/),
    fc.constantFrom(...CRAFTED.split(' ')),
  )
  .map((text): Written => ({ text, isKept: isKept(text) }));

const character = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  fc.constantFrom(...'\udfff$.\0"\\/\u2028\ufeff\ufffd\u007f{}[],:\ud800', 'e\u0301', '💡'),
);
const plain = fc.oneof(
  fc.string({ unit: character, maxLength: 8 }),
  fc.string({ maxLength: 8 }),
  fc.constantFrom('__proto__', 'constructor', 'toString', '$gt', 'a.b', '', '_bsontype', '_id', 'length'),
);
/** With its characters as they are, as JSON escapes them, or all escaped. */
const string = fc.tuple(plain, fc.nat(2)).map(([value, how]): Written => {
  const escaped = value.split('').map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return { text: how === 0 ? `"${escaped.join('')}"` : JSON.stringify(value), isKept: value.isWellFormed() };
});

const room = fc.constantFrom('', '', '', ' ', '\n\t');
const joined = (parts: readonly Written[], [open, close]: string, gap: string): Written => ({
  text: `${open}${gap}${parts.map(({ text }) => text).join(`,${gap}`)}${gap}${close}`,
  isKept: parts.every((part) => part.isKept),
});

const { written } = fc.letrec<{ written: Written }>((tie) => ({
  written: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    {
      weight: 2,
      arbitrary: fc.constantFrom('null', 'true', 'false').map((text) => ({ text, isKept: true })),
    },
    { weight: 4, arbitrary: number },
    { weight: 4, arbitrary: string },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.array(tie('written'), { maxLength: 4 }), room)
        .map(([items, gap]) => joined(items, '[]', gap)),
    },
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.array(fc.tuple(string, tie('written')), { maxLength: 4 }), room)
        .map(([members, gap]) => {
          const parts = members.map(([key, value]) => ({
            text: `${key.text}:${gap}${value.text}`,
            isKept: key.isKept && value.isKept,
          }));
          const whole = joined(parts, '{}', gap);
          const keys = new Map<string, string>();
          const isOnce = members.every(([key, value]) => {
            const name: string = JSON.parse(key.text);
            const before = keys.get(name);
            const same = JSON.stringify(JSON.parse(value.text));
            keys.set(name, same);
            return before === undefined || before === same;
          });
          return { ...whole, isKept: whole.isKept && isOnce };
        }),
    },
  ),
}));

/** As programs write it, beside what only a person would. */
const anyJson = fc.oneof(
  fc
    .jsonValue({ maxDepth: 5, stringUnit: 'binary' })
    .map((value) => ({ text: JSON.stringify(value), isKept: true })),
  { arbitrary: written, weight: 3 },
);

const TELL = /* GraphQL */ `
  mutation Tell($start: StartConversationInput!, $ballot: AddMessageInput!) {
    startConversation(input: $start) { userErrors { code } }
    addMessage(input: $ballot) { userErrors { code } message { content { data } } }
  }
`;
const READ = /* GraphQL */ `
  query Read($id: ID!) {
    conversation(executionId: $id) {
      messages(first: 1) { edges { node { content { data } } } }
      decision { context { marketConditions } }
    }
  }
`;

const NUMBER = /^-?(0|[1-9]\d{0,20})(\.\d{1,21})?([eE][+-]?\d{1,3})?$/;

describe.each<[DoorName, number]>([
  ['HTTP', 150],
  ['WebSocket', 50],
])('over %s', (door, numRuns) => {
  const ask = doors.ask[door];

  /** The only ballot of a vote carries the value, and so does the decision that follows from it. */
  async function sent(text: string) {
    const start = startInput({ totalAgents: 1, decisionContext: { marketConditions: MARK } });
    const { executionId } = start as unknown as { executionId: string };
    const content = { text: 'Up.', data: '??' };
    const ballot = ballotInput(executionId, 'analyst', { action: 'BUY', confidence: 70 }, { content });
    const told = await ask(payload(TELL, { start, ballot }, text).replace('"??"', () => text));
    const { conversation } = (await ask(payload(READ, { id: executionId }))).data;
    return { told, conversation };
  }

  test('any JSON comes back equal or is refused, and then nothing is stored', async () => {
    let taken = 0;
    let refused = 0;
    const property = fc.asyncProperty(anyJson, async ({ text, isKept }) => {
      const { told, conversation } = await sent(text);
      const codes = codesOf(told);
      if (codes.length > 0) {
        refused += 1;
        expect(conversation).toBeNull();
        return expect([['BAD_USER_INPUT'], ['INVALID', 'INVALID']]).toContainEqual(codes);
      }
      taken += 1;
      const back = told.data.addMessage.message.content.data;
      const { node } = conversation.messages.edges[0];
      const value = withoutMinusZero(JSON.parse(text));
      for (const one of [back, node.content.data, conversation.decision.context.marketConditions]) {
        expect(one).toStrictEqual(value);
      }
      expect({ text, isKept }).toEqual({ text, isKept: true });
    });
    await fc.assert(property, { numRuns, seed: 20_251_122 });
    expect([taken > numRuns / 2, refused > numRuns / 10]).toEqual([true, true]);
  });
});

const ADD = /* GraphQL */ `
  mutation Add($input: AddMessageInput!) { addMessage(input: $input) { userErrors { code } } }
`;

// Of 16 and 17 digits, and near zero, some come back as others.
test('any number comes back equal or is refused', async () => {
  const property = fc.asyncProperty(fc.stringMatching(NUMBER), async (text) => {
    const input = messageInput(doors.open.executionId, { content: { text: 'Up.', data: MARK } });
    const codes = codesOf(await doors.ask.HTTP(payload(ADD, { input }, text)));
    expect({ text, isKept: codes.length > 0 || isKept(text) }).toEqual({ text, isKept: true });
  });
  await fc.assert(property, { numRuns: 150, seed: 20_251_122, endOnFailure: true });
});

/** JSON has one zero. */
const withoutMinusZero = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
