import { logDecision } from '../../domain/commands/logDecision.js';
import { pageSize, requireId, requireOrder, symbolWanted } from '../../domain/questions/arguments.js';
import { remarksOnDecision } from '../../domain/questions/remarks.js';
import { recordFeedback } from '../../domain/commands/recordFeedback.js';
import { type DecisionOutcome, resultOf } from '../../domain/decision.js';
import { remarksOnFeedback } from '../../domain/feedbackRemarks.js';
import { lateVote } from '../../domain/voting.js';
import { TRADE_ACTIONS } from '../../domain/tradeAction.js';
import type { Resolvers } from '../../generated/resolvers.js';
import { afterId, toConnection } from '../connections.js';
import { conversationOf } from '../loaders.js';
import { wantedSlices } from '../lookahead.js';
import { mutation } from '../mutation.js';
import { pastConversation } from './past.js';
import { didYouMean } from './symbols.js';

const DECISION = 'decision';

const toOutcomeAnswer = (outcome: DecisionOutcome) => ({
  ...outcome,
  result: resultOf(outcome),
  success: outcome.success ?? false,
});

export const decisionResolvers: Resolvers = {
  Query: {
    decision: (_, { id }, { loaders }) => loaders.decision.load(requireId('id', id)),

    async decisions(_, { userNodeId, first, after, filter }, { viewer, ports }) {
      const limit = pageSize('first', first, 20);
      const page = { after: afterId(DECISION, after), limit: limit + 1 };
      const node = requireId('userNodeId', userNodeId);
      const symbol = symbolWanted('filter.symbol', filter?.symbol);
      requireOrder(filter?.since, filter?.until);
      const found = await ports.decisions.list(viewer.userId, node, { ...filter, symbol }, page);
      return {
        ...toConnection(found, limit, DECISION, page.after !== null, (decision) => decision.id),
        symbol,
        userNodeId: node,
      };
    },
  },

  Mutation: {
    logDecision: mutation(logDecision, (decisionLog) => ({ decisionLog })),
    recordFeedback: mutation(recordFeedback, (decisionLog, { input, answer }) => ({
      decisionLog,
      remarks: answer.ok ? remarksOnFeedback(answer.value, input, answer.duplicate) : [],
    })),
  },

  DecisionLogConnection: { didYouMean },

  LogDecisionPayload: {
    remarks: ({ decisionLog }, _, { ports, viewer }) =>
      decisionLog === null ? [] : remarksOnDecision(ports, viewer, decisionLog),
  },

  DecisionLog: {
    outcome: ({ outcome }) => outcome && toOutcomeAnswer(outcome),
    feedback: ({ feedback }) =>
      feedback.map(({ outcome, ...one }) => ({ ...one, outcome: toOutcomeAnswer(outcome) })),
    conversation({ executionId, asOf }, _, context, info) {
      if (executionId === null) return null;
      if (asOf !== undefined) return pastConversation(executionId, asOf, context, info);
      return conversationOf(executionId, context.loaders, wantedSlices(info));
    },
    lateVotes: ({ lateBallots = [] }) => lateBallots.map(lateVote),
    /** A trade's action is one of the API's words; any other is the caller's own. */
    decision: ({ decision }) =>
      decision.type === 'trade'
        ? { ...decision, action: decision.action.toUpperCase(), tradeAction: tradeActionOf(decision.action) }
        : { ...decision, tradeAction: null },
  },
};

/** Of a trade, whose action is one of these, in any case of its letters. */
const tradeActionOf = (action: string) =>
  TRADE_ACTIONS.find((known) => known === action.toLowerCase()) ?? null;
