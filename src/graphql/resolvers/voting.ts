import { closeVoting } from '../../domain/commands/closeVoting.js';
import type { Conversation } from '../../domain/conversation.js';
import { neededBallots } from '../../domain/consensus.js';
import { explain, pivotalAgents } from '../../domain/explanation.js';
import { results } from '../../domain/tally.js';
import { agentVotes, lateVote } from '../../domain/voting.js';
import { refuseBoth, requireId } from '../../domain/questions/arguments.js';
import type { Resolvers } from '../../generated/resolvers.js';
import { type Context, renewLoaders } from '../context.js';
import { ownConversation } from '../loaders.js';
import { wantedSlices } from '../lookahead.js';
import { mutation } from '../mutation.js';

export const votingResolvers: Resolvers = {
  Mutation: {
    closeVoting: mutation(closeVoting, (closed) => ({ swarmVote: closed?.swarmVote ?? null })),
  },

  Subscription: {
    voteCompleted: {
      subscribe(_, { executionId, since }, { viewer, streams }) {
        refuseBoth(executionId, since);
        if (executionId == null) return streams.completions(viewer.userId, since ?? null);
        return streams.completion(viewer.userId, requireId('executionId', executionId));
      },
      resolve(event: unknown, _args: unknown, context: Context) {
        const conversation = event as Conversation;
        renewLoaders(context);
        // The way back to it needs no reading, unless its messages are asked for.
        context.loaders.atHand.set(conversation.executionId, { ...conversation, pages: new Map() });
        return conversation.swarmVote as never;
      },
    },
  },

  SwarmVote: {
    neededBallots: ({ quorum, totalAgents }) => neededBallots(quorum, totalAgents),
    votes: (vote) => agentVotes(vote),
    lateVotes: ({ lateBallots }) => lateBallots.map(lateVote),
    results: ({ ballots }) => results(ballots),
    explanation(vote) {
      const explanation = explain(vote);
      return explanation && { ...explanation, vote };
    },
    conversation: ({ executionId }, _, { loaders }, info) =>
      ownConversation(executionId, loaders, wantedSlices(info)),
  },

  VoteExplanation: {
    buy: ({ scores }) => scores.buy,
    sell: ({ scores }) => scores.sell,
    hold: ({ scores }) => scores.hold,
    // Costs more than all the rest: only where it is asked for.
    pivotalAgents: ({ vote }) => pivotalAgents(vote),
  },
};
