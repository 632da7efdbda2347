import { lessonLine, mostFrequent } from '../../domain/lesson.js';
import { wilson } from '../../domain/measure.js';
import { consensusPerformance, performanceOf } from '../../domain/performance.js';
import { requireId } from '../../domain/questions/arguments.js';
import type { Resolvers } from '../../generated/resolvers.js';
import { nodeModel, once } from '../models.js';

const TOP_LESSONS = 10;

export const learningResolvers: Resolvers = {
  Query: {
    learningStats(_, { userNodeId, since }, { viewer: { userId }, ports }) {
      const node = requireId('userNodeId', userNodeId);
      return {
        userNodeId: node,
        since: since ?? null,
        summary: once(() => ports.decisions.summarize(userId, node, since ?? null)),
        lessons: once(() => ports.decisions.countLessons(userId, node, since ?? null)),
        node: nodeModel(ports, userId, node),
      };
    },
  },

  LearningStats: {
    totalDecisions: async (stats) => (await stats.summary()).totalDecisions,
    evaluatedDecisions: async (stats) => (await stats.summary()).evaluatedDecisions,
    scratches: async (stats) => (await stats.summary()).scratches,
    async successRate(stats) {
      const { successes, evaluatedDecisions, scratches } = await stats.summary();
      return wilson(successes, evaluatedDecisions - scratches);
    },
    confidenceAccuracy: async (stats) => (await stats.summary()).confidenceAccuracy,
    totalPnl: async (stats) => (await stats.summary()).totalPnl,
    topLessons: async (stats) => mostFrequent(await stats.lessons(), TOP_LESSONS),
    adjustments: async ({ node }) => (await node.record()).adjustments,
    async agents({ node }) {
      return performanceOf(await node.record()).map((agent) => ({ ...agent, node }));
    },
    consensus: async ({ node }) => consensusPerformance(await node.record()),
  },

  Learning: {
    lessonsLearned: ({ lessons }) => lessons.map(lessonLine),
  },
};
