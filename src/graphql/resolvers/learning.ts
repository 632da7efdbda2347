import { performanceOf, wilson } from '../../domain/performance.js';
import type { Ports } from '../../domain/ports.js';
import type { Resolvers } from '../../generated/resolvers.js';
import type { LearningStatsModel } from '../models.js';
import { requireId } from './ids.js';

const TOP_LESSONS = 10;

export const learningResolvers: Resolvers = {
  Query: {
    learningStats: (_, { userNodeId, since }, { viewer, ports }) =>
      statsModel(ports, viewer.userId, requireId('userNodeId', userNodeId), since ?? null),

    async agentPerformance(_, { userNodeId }, { viewer, ports }) {
      const node = await ports.nodes.find(viewer.userId, requireId('userNodeId', userNodeId));
      return node === null ? [] : performanceOf(node);
    },
  },

  LearningStats: {
    totalDecisions: async (stats) => (await stats.summary()).totalDecisions,
    evaluatedDecisions: async (stats) => (await stats.summary()).evaluatedDecisions,
    async successRate(stats) {
      const { successes, evaluatedDecisions } = await stats.summary();
      return wilson(successes, evaluatedDecisions);
    },
    confidenceAccuracy: async (stats) => (await stats.summary()).confidenceAccuracy,
    totalPnl: async (stats) => (await stats.summary()).totalPnl,
    async topLessons(stats) {
      const counts = [...(await stats.lessons())].map(([lesson, count]) => ({ lesson, count }));
      return counts.sort((a, b) => b.count - a.count || (a.lesson < b.lesson ? -1 : 1)).slice(0, TOP_LESSONS);
    },
    adjustments: async (stats) => (await stats.node())?.adjustments ?? [],
    async agents(stats) {
      const node = await stats.node();
      return node === null ? [] : performanceOf(node);
    },
  },
};

function statsModel(
  ports: Ports,
  userId: string,
  userNodeId: string,
  since: Date | null,
): LearningStatsModel {
  return {
    userNodeId,
    since,
    summary: once(() => ports.decisions.summarize(userId, userNodeId, since)),
    lessons: once(() => ports.decisions.countLessons(userId, userNodeId, since)),
    node: once(() => ports.nodes.find(userId, userNodeId)),
  };
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => (reading ??= read());
}
