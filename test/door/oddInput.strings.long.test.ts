import { describe, expect, test } from '@jest/globals';
import { CLOSE, LOG, OUTCOME } from '../input/refusals.js';
import { id } from '../support/app.js';
import { ADD, ballotInput, FEEDBACK, messageInput, START, startInput } from '../support/scenario.js';
import { codesOf, type DoorName, DOORS, MARK, payload, useDoors } from './doors.js';

const doors = useDoors();

/** `input` with the mark at a dotted path. */
function marked(input: Record<string, any>, path: string): Record<string, unknown> {
  const copy = structuredClone(input);
  const keys = path.split('.');
  const last = keys.pop() as string;
  keys.reduce((part, key) => (part[key] ??= {}), copy)[last] = MARK;
  return { input: copy };
}

const message = () => ({ ...messageInput(doors.open.executionId), ui: {} });
const start = () => startInput({ agents: [{ agentName: 'a' }] });
const decision = () => ({ userNodeId: doors.open.userNodeId, type: 'PAUSE', action: 'pause', confidence: 1 });
const feedback = () => ({ decisionId: id(), success: true, lessonsLearned: [] });
const outcome = () => ({ executionId: doors.open.executionId, executed: true, action: 'BUY' });

const inputs: [query: string, input: () => Record<string, unknown>, paths: string][] = [
  [ADD, message, 'executionId idempotencyKey agentName agentRole aiModel promptVersion'],
  [ADD, message, 'content.text ui.icon ui.color'],
  [START, start, 'executionId flowId userNodeId symbol agents.0.agentName'],
  [LOG, decision, 'userNodeId action symbol idempotencyKey'],
  [FEEDBACK, feedback, 'decisionId idempotencyKey exitReason lessonsLearned.0'],
  [OUTCOME, outcome, 'executionId reasoning'],
  [CLOSE, () => ({}), 'executionId'],
];

const lists = 'edges { cursor }';
const questions: [place: string, type: 'ID' | 'String', query: string][] = [
  ['executionId of a conversation', 'ID', 'conversation(executionId: $v) { id }'],
  ['id of a conversation', 'ID', 'conversation(id: $v) { id }'],
  ['filter.symbol of conversations', 'String', `conversations(filter: { symbol: $v }) { ${lists} }`],
  ['filter.flowId of conversations', 'ID', `conversations(filter: { flowId: $v }) { ${lists} }`],
  ['after of conversations', 'String', `conversations(after: $v) { ${lists} }`],
  ['id of a decision', 'ID', 'decision(id: $v) { id }'],
  ['userNodeId of decisions', 'ID', `decisions(userNodeId: $v) { ${lists} }`],
  ['userNodeId of learningStats', 'ID', 'learningStats(userNodeId: $v) { totalPnl }'],
];

const PLACES: [place: string, query: string, variables: () => unknown][] = [
  ...inputs.flatMap(([query, input, paths]) =>
    paths
      .split(' ')
      .map((path): [string, string, () => unknown] => [
        `${path} of ${/(\w+)\(input/.exec(query)?.[1]}`,
        query,
        () => marked(input(), path),
      ]),
  ),
  ...questions.map(([place, type, field]): [string, string, () => unknown] => [
    place,
    `query Q($v: ${type}!) { ${field} }`,
    () => ({ v: MARK }),
  ]),
];

const NO_STRINGS = ['{"$gt":""}', '{ "$ne": null }', '{"__proto__":{"polluted":1}}', '["a"]', 'true'];

const TEXTS = [
  ...'$last_seq $$ROOT $literal $where $ messages.0 __proto__ constructor {"$gt":""} ${7*7} %s%n'.split(' '),
  '"; db.dropDatabase()',
  "' OR 1=1 --",
  '<script>alert(1)',
  '\0',
  'a\0b',
  '\r\n\t\u2028',
  '\ufeff\ufffd\uffff',
  'e\u0301 é',
  '\u202eabc',
  ' ',
  '💡',
];

/** What the types refuse of a mutation is data. */
const refusedAs = (query: string): string => (query.includes('mutation') ? 'INVALID' : 'BAD_USER_INPUT');

/** Each of the rows over one door, since what is behind them is the same. */
const inTurns = <Row extends unknown[]>(rows: Row[]): [DoorName, ...Row][] =>
  rows.map((row, i) => [DOORS[i % DOORS.length] as DoorName, ...row]);

describe.each(DOORS)('over %s', (door) => {
  const ask = doors.ask[door];

  test.each(PLACES)('refuses operators, objects and lists as %s', async (_, query, variables) => {
    await doors.storingNothing(async () => {
      for (const raw of NO_STRINGS) {
        const codes = codesOf(await ask(payload(query, variables(), raw)));
        expect([raw, [...new Set(codes)]]).toEqual([raw, [refusedAs(query)]]);
      }
    });
  });

  // Told to the database as U+FFFD, it finds what is called so.
  test.each([
    ['conversations', `conversations(filter: { symbol: $v }) { ${lists} }`],
    ['decisions', `decisions(userNodeId: "${id()}", filter: { symbol: $v }) { ${lists} }`],
  ])('refuses half a character as the symbol of the %s to look for', async (_, field) => {
    const told = await ask(payload(`query Q($v: String!) { ${field} }`, { v: MARK }, '"\\ud800"'));
    expect(codesOf(told)).toEqual(['BAD_USER_INPUT']);
  });

  test.each(['', 'a\0', 'a\r\nb', '\u202eabc', '\ufeff', 'Swarm', '\ud83d'])(
    'takes no agent named %j',
    async (agentName) => {
      const { executionId } = doors.open;
      const told = await doors.storingNothing(() =>
        ask(payload(ADD, { input: messageInput(executionId, { agentName }) })),
      );
      expect(told.data.addMessage.userErrors).toEqual([
        { code: 'INVALID', message: expect.any(String), field: ['input', 'agentName'] },
      ]);
    },
  );
});

test.each(inTurns(PLACES.filter(([place]) => place !== 'filter.symbol of conversations')))(
  'over %s, refuses half a character as %s',
  async (door, _, query, variables) => {
    await doors.storingNothing(async () => {
      for (const raw of ['"a\\ud800"', '"\\udc00"', '"\\udc00\\ud800"']) {
        const told = await doors.ask[door](payload(query, variables(), raw));
        expect(codesOf(told)).toEqual([expect.stringMatching(/^(INVALID|BAD_USER_INPUT)$/)]);
      }
    });
  },
);

test.each(inTurns(TEXTS.map((text) => [text])))(
  'over %s, gives %j back as it was wherever a text is free',
  async (door, text) => {
    const answers = await livesOf(doors.ask[door], text);
    const message = {
      agentRole: text,
      aiModel: text,
      promptVersion: text,
      content: { text },
      ui: { icon: text },
    };
    expect(answers).toEqual({
      again: { duplicate: true, userErrors: [] },
      other: { duplicate: false, userErrors: [] },
      conversation: {
        context: { symbol: symbolOf(text) },
        outcome: { reasoning: text },
        messages: { edges: [{ node: message }, expect.anything(), expect.anything(), expect.anything()] },
      },
      found: [answers.executionId],
      executionId: answers.executionId,
      decision: {
        decision: { action: text, symbol: symbolOf(text) },
        outcome: { exitReason: text },
        learning: { lessonsLearned: [text] },
      },
      sameKey: { duplicate: true, userErrors: [] },
    });
  },
);

const FIELDS = 'agentRole aiModel promptVersion content { text } ui { icon }';
const READ = `query Read($e: ID!, $d: ID!, $symbol: String, $n: ID) {
  conversation(executionId: $e) {
    context { symbol } outcome { reasoning } messages { edges { node { ${FIELDS} } } }
  }
  conversations(filter: { symbol: $symbol, userNodeId: $n }) { edges { node { executionId } } }
  decision(id: $d) { decision { action symbol } outcome { exitReason } learning { lessonsLearned } }
}`;

/** White space at the ends of a symbol is trimmed, so that here it stands within. */
const symbolOf = (text: string): string => `<${text}>`;

/** A conversation and a decision with `text` as each of their texts and keys, as they are told afterwards. */
async function livesOf(ask: (typeof doors.ask)['HTTP'], text: string) {
  const run = async (query: string, variables: unknown) => {
    const { data, errors } = await ask(payload(query, variables));
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  const symbol = symbolOf(text);
  const brief = ({ duplicate, userErrors }: any) => ({ duplicate, userErrors });
  const start = startInput({ symbol, totalAgents: 1 });
  const { executionId, userNodeId } = start;
  await run(START, { input: start });
  const given = { idempotencyKey: text, agentRole: text, aiModel: text, promptVersion: text };
  const input = messageInput(executionId, { ...given, content: { text }, ui: { icon: text } });
  await run(ADD, { input });
  const again = await run(ADD, { input });
  const other = await run(ADD, { input: { ...input, idempotencyKey: `${text}.` } });
  const vote = { action: 'BUY', confidence: 70 };
  await run(ADD, { input: ballotInput(executionId, 'analyst', vote) });
  await run(OUTCOME, { input: { executionId, executed: true, action: 'BUY', reasoning: text } });
  const logged = {
    userNodeId,
    type: 'PAUSE',
    action: text,
    symbol,
    confidence: 1,
    idempotencyKey: text,
  };
  const { logDecision } = await run(LOG, { input: logged });
  const decisionId = logDecision.decisionLog.id;
  const learned = {
    decisionId,
    success: true,
    idempotencyKey: text,
    exitReason: text,
    lessonsLearned: [text],
  };
  await run(FEEDBACK, { input: learned });
  const sameKey = await run(FEEDBACK, { input: learned });
  const read = await run(READ, { e: executionId, d: decisionId, symbol, n: userNodeId });
  return {
    again: brief(again.addMessage),
    other: brief(other.addMessage),
    conversation: read.conversation,
    found: read.conversations.edges.map(({ node }: any) => node.executionId),
    executionId,
    decision: read.decision,
    sameKey: brief(sameKey.recordFeedback),
  };
}
