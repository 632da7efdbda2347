import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Document, MongoClient, ObjectId } from 'mongodb';
import type { ChangePosition, ConversationFilter } from '../../src/domain/ports.js';
import { ensureIndexes } from '../../src/mongo/ensureIndexes.js';
import { id, testDatabase } from '../support/app.js';
import { portsOn } from '../support/stores.js';
import { idAt, storedTemplates, type Templates } from './histories.js';

const { name } = testDatabase();
const client = new MongoClient(process.env['TEST_MONGODB_URI'] as string, { maxPoolSize: 4 });
const db = client.db(name);
const ports = portsOn(db);
afterAll(() => client.close());

let templates: Templates;
beforeAll(async () => {
  await ensureIndexes(db);
  templates = await storedTemplates(ports, db);
});

type ValueOf<T> = T extends fc.Arbitrary<infer V> ? V : never;

const DAY = 86_400;
const oneOf = <T>(...values: T[]) => fc.constantFrom(...values);
const [NODE, FLOW, OTHER] = [id(), id(), id()];

/** Seconds since the one before: bursts, a steady pace, gaps of months. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 600 }) },
  { weight: 1, arbitrary: oneOf(7 * DAY, 90 * DAY) },
);
const history = fc.array(
  fc.record({
    step,
    changedAfter: oneOf(0, 0, 0, 5, 3_600, 200 * DAY),
    status: oneOf('completed', 'completed', 'completed', 'voting', 'in_progress'),
    symbol: oneOf('SPX', 'SPX', 'SPX', 'RARE'),
    flow: oneOf(FLOW, FLOW, FLOW, OTHER),
    node: oneOf(NODE, NODE, NODE, OTHER),
  }),
  { maxLength: 120 },
);

const filter = fc.record({
  status: oneOf(null, null, 'completed', 'voting', 'in_progress'),
  symbol: oneOf(null, null, 'SPX', 'RARE', 'NONE'),
  flowId: oneOf(null, null, FLOW, OTHER),
  userNodeId: oneOf(null, null, NODE, OTHER),
  since: oneOf(null, null, 0, 0.2, 0.9, 2),
});

function stored(made: ValueOf<typeof history>, userId: string): Document[] {
  let at = Math.floor(Date.now() / 1_000) - 400 * DAY;
  return made.map(({ step: seconds, changedAfter, status, symbol, flow, node }) => {
    at += seconds;
    const [created_at, updated_at] = [new Date(at * 1_000), new Date((at + changedAfter) * 1_000)];
    const place = { user_id: new ObjectId(userId), execution_id: new ObjectId() };
    const parts = { flow_id: new ObjectId(flow), user_node_id: new ObjectId(node) };
    const context = { ...templates.conversation['context'], symbol };
    const times = { created_at, updated_at };
    return {
      ...templates.conversation,
      _id: idAt(created_at),
      ...place,
      ...parts,
      ...times,
      status,
      context,
    };
  });
}

async function given(made: ValueOf<typeof history>): Promise<{ userId: string; documents: Document[] }> {
  const userId = id();
  const documents = stored(made, userId);
  if (documents.length > 0) await db.collection('ai_conversations').insertMany(documents);
  return { userId, documents };
}

const idOf = ({ _id }: Document): string => String(_id);
const timeOf = ({ updated_at }: Document): number => Number(updated_at);

/** The filter, and the ids of those that match it, newest first. */
function expected(documents: Document[], { since, ...asked }: ValueOf<typeof filter>) {
  const times = documents.map(timeOf).sort((a, b) => a - b);
  const at = since === null ? null : (times[Math.floor(since * times.length)] ?? Date.now());
  const ids = documents
    .filter(
      (one) =>
        (asked.status === null || one['status'] === asked.status) &&
        (asked.symbol === null || one['context'].symbol === asked.symbol) &&
        (asked.flowId === null || String(one['flow_id']) === asked.flowId) &&
        (asked.userNodeId === null || String(one['user_node_id']) === asked.userNodeId) &&
        (at === null || timeOf(one) >= at),
    )
    .map(idOf);
  const updatedSince = at === null ? null : new Date(at);
  return { filter: { ...asked, updatedSince } as ConversationFilter, ids: ids.sort().reverse() };
}

test('lists conversations page by page as they are sorted, in any history, by any filter', async () => {
  await fc.assert(
    fc.asyncProperty(
      history,
      fc.array(filter, { minLength: 1, maxLength: 5 }),
      oneOf(3, 21),
      async (made, filters, limit) => {
        const { userId, documents } = await given(made);
        for (const asked of filters) {
          const { filter: by, ids } = expected(documents, asked);
          const listed: string[] = [];
          for (;;) {
            const page = await ports.conversations.list(userId, by, { after: listed.at(-1) ?? null, limit });
            listed.push(...page.map(({ conversation }) => conversation.id));
            if (page.length < limit) break;
          }
          expect(listed).toEqual(ids);
        }
      },
    ),
    { numRuns: 12 },
  );
});

test('tells what changed since an instant page by page, in the order it changed', async () => {
  await fc.assert(
    fc.asyncProperty(history, oneOf(-90 * DAY, 0, 40 * DAY), oneOf(3, 21), async (made, later, limit) => {
      const { userId, documents } = await given(made);
      const since = new Date(Date.now() - 400 * DAY * 1_000 + later * 1_000);
      const told: string[] = [];
      for (let from: ChangePosition = { updatedAt: since, id: null }; ; ) {
        const page = await ports.conversations.changedSince(userId, from, limit);
        told.push(...page.map((conversation) => conversation.id));
        const last = page.at(-1);
        if (last === undefined || page.length < limit) break;
        from = { updatedAt: last.updatedAt, id: last.id };
      }
      const changed = documents
        .filter((one) => timeOf(one) >= Number(since))
        .sort((a, b) => timeOf(a) - timeOf(b) || (idOf(a) < idOf(b) ? -1 : 1));
      expect(told).toEqual(changed.map(idOf));
    }),
    { numRuns: 12 },
  );
});
