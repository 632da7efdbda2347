import { id, send } from './api.js';

/** An answer later than this is none. */
export const ANSWER_MS = 8_000;

/** Whom the cursors are asked of, and what has to be known of them. */
export interface Cursors {
  executionId: string;
  /** The number of its last message. */
  lastSeq: number;
}

/** One query with a cursor, and what it is called in failures. */
interface CursorAsk {
  what: string;
  query: string;
  variables: Record<string, unknown>;
}

const MESSAGES = /* GraphQL */ `
  query Messages($executionId: ID!, $first: Int, $after: String, $last: Int, $before: String) {
    conversation(executionId: $executionId) {
      messages(first: $first, after: $after, last: $last, before: $before) { edges { cursor node { seq } } }
    }
  }
`;
const CONVERSATIONS = /* GraphQL */ `
  query Conversations($first: Int, $after: String) {
    conversations(first: $first, after: $after) { edges { cursor node { id } } }
  }
`;

/** As the server makes them, so that one past the end is wrong in nothing but its number; `rightCursorFaults` proves it. */
const cursorOf = (kind: string, place: string | number): string =>
  Buffer.from(`${kind}:${place}`).toString('base64url');

const GARBAGE = [
  '',
  'x',
  '!!',
  'message:1',
  cursorOf('message', 0),
  cursorOf('message', -1),
  cursorOf('message', '1x'),
];

/** Asks all that cannot be served, at once. Each has to be an error of the caller's in time: a sentence for each that is not. */
export async function wrongCursorFaults(url: string, { executionId, lastSeq }: Cursors): Promise<string[]> {
  const ofOther = [...GARBAGE, cursorOf('conversation', id()), cursorOf('decision', id())];
  const past = [lastSeq + 1, lastSeq + 1_000].map((seq) => cursorOf('message', seq));
  const ofMessages = [...ofOther, ...past].flatMap((cursor): CursorAsk[] => [
    ask('messages', MESSAGES, { executionId, first: 5, after: cursor }),
    ask('messages', MESSAGES, { executionId, last: 5, before: cursor }),
  ]);
  const ofConversations = [...GARBAGE, cursorOf('message', 1), cursorOf('decision', id())].map((cursor) =>
    ask('conversations', CONVERSATIONS, { first: 5, after: cursor }),
  );
  const faults = await Promise.all([...ofMessages, ...ofConversations].map((one) => wrongFault(url, one)));
  return faults.flat();
}

const ask = (list: string, query: string, variables: Record<string, unknown>): CursorAsk => {
  const { after, before } = variables;
  const place = after === undefined ? `before ${JSON.stringify(before)}` : `after ${JSON.stringify(after)}`;
  return { what: `${list} ${place}`, query, variables };
};

async function wrongFault(url: string, { what, query, variables }: CursorAsk): Promise<string[]> {
  try {
    const { data, errors } = await send(url, query, variables, ANSWER_MS);
    const code = errors?.[0]?.extensions?.code ?? null;
    if (isRefusal(code)) return [];
    return [`Expected ${what} to be refused, got ${code ?? JSON.stringify(data).slice(0, 200)}.`];
  } catch (error) {
    return [`Expected ${what} to be refused within ${ANSWER_MS} ms, got ${error}.`];
  }
}

/** What tells the caller that it is the cursor. */
export const isRefusal = (code: string | null): boolean => code === 'BAD_USER_INPUT' || code === 'NOT_FOUND';

/** Cursors in the middle, to both sides, and the list of conversations page by page. */
export async function rightCursorFaults(url: string, { executionId, lastSeq }: Cursors): Promise<string[]> {
  const middles = [1, Math.ceil(lastSeq / 2), lastSeq];
  const asked = middles.flatMap((seq) => [
    { place: { first: 5, after: cursorOf('message', seq) }, seqs: upTo(seq + 1, Math.min(seq + 5, lastSeq)) },
    { place: { last: 5, before: cursorOf('message', seq) }, seqs: upTo(Math.max(1, seq - 5), seq - 1) },
  ]);
  const pages = await Promise.all(
    asked.map(async ({ place, seqs }) => {
      const { data, errors } = await send(url, MESSAGES, { executionId, ...place });
      const got = data?.conversation.messages.edges.map(({ node }: any) => node.seq);
      if (got?.join() === seqs.join()) return [];
      return [
        `Expected the messages ${seqs.join()} for ${JSON.stringify(place)}, got ${got ?? JSON.stringify(errors)}.`,
      ];
    }),
  );
  return [...pages.flat(), ...(await conversationFaults(url))];
}

/** The second and the third conversation are those after the first. */
async function conversationFaults(url: string): Promise<string[]> {
  const page = async (
    variables: Record<string, unknown>,
  ): Promise<{ cursor: string; node: { id: string } }[]> =>
    (await send(url, CONVERSATIONS, variables)).data?.conversations.edges ?? [];
  const whole = await page({ first: 3 });
  const rest = await page({ first: 2, after: whole[0]?.cursor });
  const [expected, got] = [whole.slice(1), rest].map((edges) => edges.map(({ node }) => node.id).join());
  if (whole.length === 3 && expected === got) return [];
  return [`Expected the conversations ${expected} after the first of ${whole.length}, got ${got}.`];
}

/** Each number from the first to the last. */
export const upTo = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
