import { afterAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Document, MongoClient, ObjectId } from 'mongodb';
import { ensureIndexes } from '../../src/mongo/ensureIndexes.js';
import { listsOf } from '../../src/mongo/lists.js';
import type { ListRequest, Narrow } from '../../src/mongo/listRequest.js';
import { testDatabase } from '../support/app.js';

const { name } = testDatabase();
const client = new MongoClient(process.env['TEST_MONGODB_URI'] as string, { maxPoolSize: 4 });
const collection = client.db(name).collection('ai_decisions_log');
const lists = listsOf(collection);
afterAll(() => client.close());

type ValueOf<T> = T extends fc.Arbitrary<infer V> ? V : never;

const DAY = 86_400;
const NOW = Math.floor(Date.now() / 1_000);
const oneOf = <T>(...values: T[]) => fc.constantFrom(...values);

/** Seconds since the decision before: bursts within one second, a steady pace, gaps of months, a clock set back. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 600 }) },
  { weight: 1, arbitrary: oneOf(7 * DAY, 90 * DAY, -3_600) },
);
const decision = fc.record({
  step,
  symbol: oneOf('SPX', 'SPX', 'SPX', 'RARE'),
  revision: oneOf(0, 1, 1, 2),
  lateSeconds: oneOf(0, 0, 0, 7_200),
});
const history = fc.array(decision, { maxLength: 120 });

interface Stored extends Document {
  _id: ObjectId;
  timestamp: Date;
}

function stored(made: ValueOf<typeof history>, node: ObjectId): Stored[] {
  let at = NOW - 400 * DAY;
  return made.map(({ step: seconds, symbol, revision, lateSeconds }, seq) => {
    at += seconds;
    const timestamp = new Date((at + lateSeconds) * 1_000);
    const _id = new ObjectId(ObjectId.generate(at));
    return { _id, user_id: node, user_node_id: node, decision: { symbol }, revision, timestamp, seq };
  });
}

const filter = fc.record({
  symbol: oneOf(null, null, 'SPX', 'RARE', 'NONE'),
  hasOutcome: oneOf(null, null, true, false),
  since: oneOf(null, null, 0.2, 0.9, 2),
  until: oneOf(null, null, 0.1, 0.8),
});

function request(
  node: ObjectId,
  documents: Stored[],
  asked: ValueOf<typeof filter>,
): Omit<ListRequest, 'below' | 'limit'> {
  const by = { user_id: node, user_node_id: node };
  const instant = (share: number) =>
    documents[Math.min(documents.length - 1, Math.floor(share * documents.length))]?.timestamp ?? new Date();
  const range = {
    ...(asked.since === null ? {} : { $gte: asked.since > 1 ? new Date() : instant(asked.since) }),
    ...(asked.until === null ? {} : { $lt: instant(asked.until) }),
  };
  const time: Narrow | null = Object.keys(range).length === 0 ? null : { by, field: 'timestamp', range };
  const evaluated: Narrow | null =
    asked.hasOutcome === true ? { by, field: 'revision', range: { $gt: 0 } } : null;
  return {
    of: by,
    conditions: [
      asked.symbol === null ? null : { 'decision.symbol': asked.symbol },
      asked.hasOutcome === false ? { revision: 0 } : null,
    ].filter((one) => one !== null),
    rest: {
      ...(evaluated ? { revision: evaluated.range } : {}),
      ...(time ? { timestamp: range } : {}),
    },
    narrow: time ?? evaluated,
  };
}

test('lists page by page what one sorted query finds, in any history, by any filter', async () => {
  await ensureIndexes(client.db(name));
  await fc.assert(
    fc.asyncProperty(
      history,
      fc.array(filter, { minLength: 1, maxLength: 3 }),
      oneOf(3, 21),
      async (made, filters, limit) => {
        const node = new ObjectId();
        const documents = stored(made, node);
        if (documents.length > 0) await collection.insertMany(documents);
        for (const asked of filters) {
          const list = request(node, documents, asked);
          const sorted = await collection
            .find(Object.assign({}, list.of, ...list.conditions, list.rest))
            .sort({ _id: -1 })
            .toArray();
          const pages: Document[] = [];
          for (let below: ListRequest['below'] = null; ; ) {
            const page: Document[] = await lists.page({ ...list, below, limit });
            pages.push(...page);
            if (page.length < limit) break;
            below = { $lt: page.at(-1)?.['_id'] };
          }
          expect(pages.map(({ _id }) => _id)).toEqual(sorted.map(({ _id }) => _id));
        }
      },
    ),
    { numRuns: 12 },
  );
});
