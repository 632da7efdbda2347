import { nearNames } from '../domain/agentName.js';
import type { Conversation } from '../domain/conversation.js';
import type { DecisionLog } from '../domain/decision.js';
import type { Message } from '../domain/message.js';
import type { PageInfo } from './connections.js';
import { readHistory } from '../domain/questions/history.js';
import type { PastNode } from '../domain/questions/pastBrief.js';
import type { LessonCount } from '../domain/lesson.js';
import type { DecisionBrief } from '../domain/brief.js';
import type { Explanation } from '../domain/explanation.js';
import { type NodeRecord, newNode } from '../domain/node.js';
import type { AgentPerformance } from '../domain/performance.js';
import type { ConversationSnapshot, DecisionSummary, MessageSlice, Ports } from '../domain/ports.js';
import { createEvaluatedVotes, type EvaluatedVote } from '../domain/evaluatedVotes.js';
import type { SwarmVote } from '../domain/voting.js';
import type { Refusal } from '../domain/refusal.js';

/** A conversation with those of its messages that were read along with it. */
export interface ConversationModel extends Conversation {
  pages: ReadonlyMap<string, readonly Message[]>;
}

export const sliceKey = (slice: MessageSlice): string =>
  'after' in slice ? `>${slice.after}:${slice.limit}` : `${slice.above ?? 0}<${slice.before}:${slice.last}`;

export const toModel = (
  { conversation, slices }: ConversationSnapshot,
  asked: readonly MessageSlice[],
): ConversationModel => ({
  ...conversation,
  pages: new Map(asked.map((slice, i) => [sliceKey(slice), slices[i] ?? []])),
});

/** What every mutation answers beside what it is about. */
export interface Outcome {
  duplicate: boolean;
  userErrors: Refusal[];
}

/** What a mutation of a conversation answers; its messages are read only where they are asked for. */
export type ConversationAnswer = Outcome & { conversation: Conversation | null };

/** What adding a message answers; the conversation is read only where it is asked for. */
export type MessageAnswer = Outcome & { message: Message | null; executionId: string };

/** What a list was filtered by that may be spelled otherwise: a symbol, of one node or of all. */
export interface SymbolFiltered {
  symbol: string | null;
  userNodeId: string | null;
}

interface Connection<T> {
  edges: { cursor: string; node: T }[];
  pageInfo: PageInfo;
}

export type ConversationConnectionModel = Connection<ConversationModel> & SymbolFiltered;

export type DecisionConnectionModel = Connection<DecisionLog> & SymbolFiltered;

/** What logging a decision answers. */
export type DecisionAnswer = Outcome & { decisionLog: DecisionLog | null };

/** Each part is read once, and only when a field asks for it. */
export interface LearningStatsModel {
  userNodeId: string;
  since: Date | null;
  summary(): Promise<DecisionSummary>;
  lessons(): Promise<LessonCount[]>;
  node: NodeModel;
}

/** A node and its decisions, each read once, and only when a field asks for it. */
export interface NodeModel {
  record(): Promise<NodeRecord>;
  /** Every agent's evaluated votes, oldest first. */
  votes(): Promise<Map<string, EvaluatedVote[]>>;
  /** Each agent's others whose names are nearly the same. */
  nearNames(): Promise<Map<string, string[]>>;
}

/** Why a vote came out so, with the vote for what is worked out on demand. */
export type ExplanationModel = Explanation & { vote: SwarmVote };

export type AgentPerformanceModel = AgentPerformance & { node: NodeModel };

export type DecisionBriefModel = Omit<DecisionBrief, 'agent'> & {
  agent: AgentPerformanceModel | null;
  /** Null: now. */
  asOf: Date | null;
};

/** What is asked for more than once is read once. */
export function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => (reading ??= read());
}

export function nodeModel(ports: Ports, userId: string, userNodeId: string): NodeModel {
  const record = once(
    async () => (await ports.nodes.find(userId, userNodeId)) ?? newNode(userId, userNodeId),
  );
  return {
    record,
    nearNames: once(async () => nearNames((await record()).agents.map(({ agentName }) => agentName))),
    votes: once(async () => {
      const votes = createEvaluatedVotes();
      await readHistory(ports, { userId, userNodeId }, votes.addNewestFirst);
      return votes.byAgent();
    }),
  };
}

/** The same of a node as it was. */
export const pastNodeModel = ({ record, votes }: PastNode): NodeModel => ({
  record: async () => record,
  votes: async () => votes,
  nearNames: async () => nearNames(record.agents.map(({ agentName }) => agentName)),
});
