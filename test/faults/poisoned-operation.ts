import { type Fault, type Findings, noFindings, type RunOptions } from './fault.js';
import { send, startConversation } from './support/api.js';
import { createLedger } from './support/ledger.js';
import { type AppProcess, choosePort, spawnApp } from './support/processes.js';
import { type Frame, openRawSocket, type RawSocket } from './support/rawSocket.js';
import { createRecord, type SeenRecord } from './support/record.js';
import { startWriters } from './support/writers.js';

const ROUNDS = { full: 40, short: 3 };
const OTHERS = 50;
const ANSWER_MS = 15_000;
const TOO_LARGE_BYTES = 3_000_000;

const STREAM = /* GraphQL */ `
  subscription Said($executionId: ID!) {
    messageAdded(executionId: $executionId, afterSeq: 0) { seq content { text } }
  }
`;

/** An operation that has to end with an error of this code, after so many events. */
interface Bad {
  query: string;
  more?: Record<string, unknown>;
  /** The text of its frame, where no client of JavaScript would send it so. */
  frame?: (id: string) => string;
  code: string;
  events: number;
}

export const poisonedOperation: Fault = {
  name: 'poisoned-operation',
  promise: 'P9',
  title:
    '40 × 7 bad operations on a socket with 50 subscriptions (syntax, field, name, NaN, 3 MB, a source that throws at once or midway): each ends by itself with its error, the 50 go on with 0 missing, 0 repeated, 0 out of order',
  broken: 'a frame that is not JSON, which ends the socket',

  async run(options) {
    const { database } = options;
    const app = await spawnApp({
      mongodbUri: database.uri,
      mongodbDatabase: database.newName(),
      maxPoolSize: database.poolSize,
      port: await choosePort(),
      wrap: ['poison'],
    });
    return oneBadAfterAnother(app, await badOperations(app), options);
  },
};

async function oneBadAfterAnother(
  { url }: AppProcess,
  kinds: Readonly<Record<string, Bad>>,
  { scale, isBroken, say }: RunOptions,
): Promise<Findings> {
  const executionId = await startConversation(url);
  const others = new Map<string, SeenRecord>(
    Array.from({ length: OTHERS }, (_, n) => [`other ${n}`, createRecord(executionId)]),
  );
  const failures: string[] = [];
  const answers = createAnswers();
  const socket = await openRawSocket(url, (frame) => {
    const other = others.get(frame.id ?? '');
    if (other === undefined) answers.take(frame);
    else if (frame.type === 'next') other.saw(frame.payload.data.messageAdded);
    else failures.push(`One of the others ended: ${JSON.stringify(frame)}`);
  });
  let closedWith: number | null = null;
  void socket.closed.then((code) => {
    closedWith = code;
    answers.end();
  });
  for (const id of others.keys()) socket.subscribe(id, STREAM, { variables: { executionId } });
  const ledger = createLedger();
  const writers = startWriters({ urls: () => url, executionIds: [executionId], writers: 1, ledger });
  await writers.acknowledgedAfter(performance.now());

  const rounds = ROUNDS[scale];
  for (let round = 1; round <= rounds && closedWith === null; round++) {
    for (const [kind, bad] of Object.entries(kinds)) {
      const failure = await ask(socket, answers, `${kind} ${round}`, bad);
      if (failure !== null) failures.push(failure);
    }
    if (isBroken) {
      socket.sendText('{ "type": "subscribe", ');
      await socket.closed;
    }
    if (round % 10 === 0) say(`${round} of ${rounds} rounds, ${ledger.acknowledged.length} acknowledged`);
  }
  // So that there is something to miss for those who ended.
  await writers.acknowledgedAfter(performance.now());
  await writers.stop();
  const limitMs = isBroken ? 1_000 : 20_000;
  const checked = await ledger.check({ url, subscribers: [...others.values()], limitMs });
  if (closedWith !== null) failures.push(`The socket was closed with ${closedWith}.`);
  return {
    ...noFindings(),
    ...checked,
    rounds,
    failures: [...checked.failures, ...new Set(failures)],
    notes: [`${answers.count} bad operations, each answered within ${Math.ceil(answers.slowestMs)} ms`],
  };
}

/** Where the sources that throw are marked ones, each with messages enough to get to the one that cannot be read. */
async function badOperations(app: AppProcess): Promise<Record<string, Bad>> {
  const [whole, third] = [await startConversation(app.url), await startConversation(app.url)];
  for (let n = 1; n <= 4; n++) await say(app.url, third, `Message ${n}.`);
  await app.command('poisonWhole', whole);
  await app.command('poisonThird', third);
  const on = (executionId: string) => ({ variables: { executionId } });
  return {
    syntax: { query: 'subscription {', code: 'GRAPHQL_PARSE_FAILED', events: 0 },
    field: { query: 'subscription { nothing }', code: 'GRAPHQL_VALIDATION_FAILED', events: 0 },
    name: {
      query: STREAM,
      more: { operationName: 'Another', ...on(third) },
      code: 'GRAPHQL_VALIDATION_FAILED',
      events: 0,
    },
    'not a number': { query: '', frame: frameWith('NaN'), code: 'BAD_USER_INPUT', events: 0 },
    'too large': {
      query: '',
      frame: frameWith(`"${'x'.repeat(TOO_LARGE_BYTES)}"`),
      code: 'BAD_USER_INPUT',
      events: 0,
    },
    'at its start': { query: STREAM, more: on(whole), code: 'INTERNAL_SERVER_ERROR', events: 0 },
    midway: { query: STREAM, more: on(third), code: 'INTERNAL_SERVER_ERROR', events: 2 },
  };
}

const frameWith =
  (raw: string) =>
  (id: string): string =>
    `{"id":"${id}","type":"subscribe","payload":{"query":"{ viewer { id } }","variables":{"x":${raw}}}}`;

async function say(url: string, executionId: string, text: string): Promise<void> {
  const input = {
    executionId,
    agentName: 'one',
    agentRole: 'test',
    messageType: 'ANALYSIS',
    content: { text },
  };
  const query =
    'mutation Add($input: AddMessageInput!) { addMessage(input: $input) { userErrors { message } } }';
  const { data, errors } = await send(url, query, { input });
  const refused = errors ?? data?.addMessage.userErrors;
  if (refused.length > 0) throw new Error(`A message was refused: ${JSON.stringify(refused)}`);
}

/** Null when it ended as it should: with its error, and nothing of it came after that. */
async function ask(socket: RawSocket, answers: Answers, id: string, bad: Bad): Promise<string | null> {
  const ended = answers.of(id);
  if (bad.frame === undefined) socket.subscribe(id, bad.query, bad.more);
  else socket.sendText(bad.frame(id));
  const frames = await ended;
  const events = frames.filter(({ type, payload }) => type === 'next' && !payload.errors).length;
  const codes = frames.flatMap(errorsOf).map(({ extensions }) => extensions?.code);
  if (events === bad.events && codes.length > 0 && codes.every((code) => code === bad.code)) return null;
  return `Expected ${id} to end with ${bad.code} after ${bad.events} events, got ${JSON.stringify(frames)}.`;
}

/** The protocol has two: what fails before it runs, and a result that is nothing but errors, then the end. */
const errorsOf = ({ type, payload }: Frame): { extensions?: { code?: string } }[] =>
  type === 'error' ? payload : (payload?.errors ?? []);

type Answers = ReturnType<typeof createAnswers>;

/** Sorts frames by their operation. */
function createAnswers() {
  const waiting = new Map<string, { frames: Frame[]; end: () => void }>();
  let count = 0;
  let slowestMs = 0;
  return {
    get count() {
      return count;
    },
    get slowestMs() {
      return slowestMs;
    },
    /** All frames of one operation until its end, or until it is waited for no longer. */
    of(id: string): Promise<Frame[]> {
      const askedMs = performance.now();
      return new Promise((resolve) => {
        const frames: Frame[] = [];
        const end = () => {
          clearTimeout(timer);
          waiting.delete(id);
          count += 1;
          slowestMs = Math.max(slowestMs, performance.now() - askedMs);
          resolve(frames);
        };
        const timer = setTimeout(end, ANSWER_MS);
        waiting.set(id, { frames, end });
      });
    },
    take(frame: Frame): void {
      const operation = waiting.get(frame.id ?? '');
      operation?.frames.push(frame);
      if (frame.type === 'error' || frame.type === 'complete') operation?.end();
    },
    /** Nothing more comes. */
    end(): void {
      for (const { end } of waiting.values()) end();
    },
  };
}
