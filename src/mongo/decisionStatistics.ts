import type { Collection, Decimal128, Document, Filter } from 'mongodb';
import { createLessonCounts, type LessonCount } from '../domain/lesson.js';
import { fromUnits, toUnits } from '../domain/money.js';
import type { DecisionSummary } from '../domain/ports.js';
import { COUNTED_FIELDS, RECORDED_FIELDS, toCounted, toOutcome, toRecorded } from './decisionMapping.js';
import type { DecisionDocument } from './learningDocuments.js';
import { lessonsOf } from './lessons.js';
import { ofNode } from './statements.js';

type Decisions = Collection<DecisionDocument>;

const NOTHING: DecisionSummary = {
  totalDecisions: 0,
  evaluatedDecisions: 0,
  scratches: 0,
  successes: 0,
  confidenceAccuracy: null,
  totalPnl: 0,
};

/** The pnl of a decision that an older version stored as a double alone: the database would not sum it exactly. */
const OLDER_PNL = {
  $cond: [
    { $and: [{ $eq: [{ $type: '$outcome.pnl_units' }, 'missing'] }, { $isNumber: '$outcome.pnl' }] },
    '$outcome.pnl',
    '$$REMOVE',
  ],
};

type Summed = Omit<DecisionSummary, 'totalPnl'> & { units: Decimal128 | number; older: number[] };

const countWhere = (condition: Document) => ({ $sum: { $cond: [condition, 1, 0] } });

const SUM = {
  $group: {
    _id: null,
    totalDecisions: { $sum: 1 },
    evaluatedDecisions: countWhere({ $gt: ['$revision', 0] }),
    scratches: countWhere({ $eq: [{ $type: '$outcome.success' }, 'null'] }),
    successes: countWhere({ $eq: ['$outcome.success', true] }),
    confidenceAccuracy: { $avg: '$learning.confidence_accuracy' },
    units: { $sum: '$outcome.pnl_units' },
    older: { $push: OLDER_PNL },
  },
};

function toSummary({ units, older, ...counts }: Summed): DecisionSummary {
  const sum = older.reduce((total, pnl) => total + toUnits(pnl), BigInt(units.toString()));
  return { ...counts, totalPnl: fromUnits(sum) };
}

/** What is computed over many decisions of one node. */
export function decisionStatistics(collection: Decisions) {
  return {
    async summarize(userId: string, userNodeId: string, since: Date | null): Promise<DecisionSummary> {
      const ofThese = { $match: sinceFilter(userId, userNodeId, since) };
      const [summed] = await collection.aggregate<Summed>([ofThese, SUM, { $unset: '_id' }]).toArray();
      return summed === undefined ? NOTHING : toSummary(summed);
    },

    /** Grouped in the domain, since what a lesson's kind is, is a rule. */
    async countLessons(userId: string, userNodeId: string, since: Date | null): Promise<LessonCount[]> {
      const counts = createLessonCounts();
      for await (const { seq, lessons } of lessonsOf(collection, sinceFilter(userId, userNodeId, since))) {
        counts.add(seq, lessons);
      }
      return counts.all();
    },

    /** By a range of numbers, which needs no sorting in the database. */
    async history(userId: string, userNodeId: string, above: number, upTo: number) {
      const documents = await collection
        .find(rangeFilter(userId, userNodeId, above, upTo), { projection: COUNTED_FIELDS })
        .toArray();
      return documents.sort((a, b) => b.seq - a.seq).map(toCounted);
    },

    async recorded(userId: string, userNodeId: string, above: number, upTo: number) {
      const documents = await collection
        .find(rangeFilter(userId, userNodeId, above, upTo), { projection: RECORDED_FIELDS })
        .toArray();
      return documents.sort((a, b) => b.seq - a.seq).map(toRecorded);
    },

    async lastSeqAt(userId: string, userNodeId: string, at: Date): Promise<number> {
      const [last] = await collection
        .find(
          { ...ofNode(userId, userNodeId), timestamp: { $lte: at } },
          { projection: { _id: 0, seq: 1, timestamp: 1 } },
        )
        .sort({ timestamp: -1 })
        .limit(1)
        .toArray();
      return last?.seq ?? 0;
    },

    async learnedAfter(userId: string, userNodeId: string, nodeVersion: number) {
      const learned = { ...ofNode(userId, userNodeId), node_version: { $gt: nodeVersion } };
      return (await collection.find(learned, { projection: COUNTED_FIELDS }).toArray()).map(toCounted);
    },

    async recentOutcomes(userId: string, userNodeId: string, above: number, upTo: number) {
      const documents = await collection
        .find(rangeFilter(userId, userNodeId, above, upTo), { projection: { _id: 0, seq: 1, outcome: 1 } })
        .toArray();
      return documents
        .sort((a, b) => b.seq - a.seq)
        .flatMap(({ seq, outcome }) => (outcome === null ? [] : [{ seq, outcome: toOutcome(outcome) }]));
    },
  };
}

const rangeFilter = (userId: string, userNodeId: string, above: number, upTo: number) => ({
  ...ofNode(userId, userNodeId),
  seq: { $gt: above, $lte: upTo },
});

const sinceFilter = (userId: string, userNodeId: string, since: Date | null): Filter<DecisionDocument> => ({
  ...ofNode(userId, userNodeId),
  ...(since === null ? {} : { timestamp: { $gte: since } }),
});
