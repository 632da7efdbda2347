import { BSON, type Collection, type Db, type Document, MongoServerError, ObjectId } from 'mongodb';
import type { Conversation, ConversationOutcome } from '../domain/conversation.js';
import type {
  Appended,
  Completion,
  ConversationStore,
  NewConversation,
  NewMessage,
} from '../domain/ports.js';
import { results } from '../domain/tally.js';
import {
  fromBallot,
  fromBasis,
  fromClosing,
  fromConsensus,
  fromNewConversation,
  fromNewMessage,
  fromResults,
  type HeadDocument,
  MAX_HEAD_BYTES,
  toConversation,
  toMessage,
} from './conversationMapping.js';
import { conversationReads } from './conversationReads.js';
import type { ConversationDocument, MessageDocument } from './documents.js';
import { appendStage, ballotStage, changed, deadlineStage, OPEN, rosterWeight } from './statements.js';

export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof MongoServerError && error.code === 11000;

const WITHOUT_MESSAGES = { messages: 0 } as const;
const PLACE = { last_seq: 1, revision: 1, 'context.phase': 1 } as const;

/** Conversations in `ai_conversations`: each write is one statement on one document (`writes.md` says why). */
export function conversationStore(db: Db): ConversationStore {
  const collection = db.collection<ConversationDocument>('ai_conversations');
  return { ...conversationReads(collection), ...conversationWrites(collection) };
}

const identity = (userId: string, executionId: string) => ({
  user_id: new ObjectId(userId),
  execution_id: new ObjectId(executionId),
});

function conversationWrites(collection: Collection<ConversationDocument>) {
  return {
    async insert(userId: string, conversation: NewConversation): Promise<Conversation | null> {
      const document = fromNewConversation(userId, conversation);
      try {
        await collection.insertOne(document);
        return toConversation(document);
      } catch (error) {
        if (isDuplicateKey(error)) return null;
        throw error;
      }
    },

    async append(userId: string, executionId: string, message: NewMessage): Promise<Appended | null> {
      const document = fromNewMessage(message);
      const stored = (await collection.findOneAndUpdate(
        appendFilter(userId, executionId, message),
        appendPipeline(message, document),
        { returnDocument: 'after', projection: message.vote === null ? PLACE : WITHOUT_MESSAGES },
      )) as HeadDocument | null;
      if (stored === null) return null;
      const conversation = message.vote === null ? null : toConversation(stored);
      const ballot = conversation?.swarmVote.ballots.find(({ seq }) => seq === stored.last_seq);
      return {
        conversationId: stored._id.toHexString(),
        revision: stored.revision,
        conversation,
        message: {
          ...toMessage({ ...document, seq: stored.last_seq, phase: stored.context.phase }, executionId),
          vote: document.vote && { ...document.vote, weight: ballot?.weight ?? document.vote.weight },
        },
      };
    },

    async complete(userId: string, executionId: string, ballotSeq: number, completion: Completion) {
      const stored = await collection.findOneAndUpdate(
        {
          ...identity(userId, executionId),
          status: OPEN,
          'swarm_vote.ballot_seq': ballotSeq,
        } as Document,
        completionPipeline(completion),
        { returnDocument: 'after', projection: WITHOUT_MESSAGES },
      );
      return stored && toConversation(stored);
    },

    async recordOutcome(userId: string, executionId: string, outcome: ConversationOutcome) {
      const stored = await collection.findOneAndUpdate(
        { ...identity(userId, executionId), status: 'completed', outcome: null },
        { $set: { outcome, updated_at: outcome.timestamp }, $inc: { revision: 1 } },
        { returnDocument: 'after', projection: WITHOUT_MESSAGES },
      );
      return stored && toConversation(stored);
    },

    async clearPending(userId: string, executionId: string): Promise<void> {
      await collection.updateOne(identity(userId, executionId), { $unset: { decision_pending: true } });
    },

    async touch(userId: string, executionId: string, at: Date): Promise<string | null> {
      const stored = await collection.findOneAndUpdate(
        identity(userId, executionId),
        { $set: { updated_at: at }, $inc: { revision: 1 } },
        { projection: { _id: 1 } },
      );
      return stored?._id.toHexString() ?? null;
    },
  };
}

/** The filter restates all that the rules ask of the stored conversation. */
function appendFilter(
  userId: string,
  executionId: string,
  { draft, vote, idempotencyKey }: NewMessage,
): Document {
  return {
    ...identity(userId, executionId),
    status: OPEN,
    'messages.idempotency_key': { $ne: idempotencyKey },
    head_bytes: { $lt: MAX_HEAD_BYTES },
    ...(draft.replyToSeq === null ? {} : { last_seq: { $gte: draft.replyToSeq } }),
    ...(vote === null
      ? {}
      : { $or: [{ 'swarm_vote.agents': null }, rosterFilter(draft.agentName, vote.weight)] }),
  };
}

const rosterFilter = (agentName: string, weight: number | null): Document => ({
  'swarm_vote.agents': {
    $elemMatch: { agent_name: agentName, ...(weight === null ? {} : { weight: { $in: [null, weight] } }) },
  },
});

function appendPipeline(message: NewMessage, document: MessageDocument): Document[] {
  const bytes = BSON.calculateObjectSize(document);
  const phaseGiven = message.phase !== null;
  const common = changed(message.at);
  if (message.vote === null) return [{ $set: { ...common, ...appendStage(document, bytes, phaseGiven) } }];
  const weight = message.vote.weight === null ? rosterWeight(document.agent_name) : undefined;
  return [
    {
      $set: {
        ...common,
        ...appendStage(document, bytes, phaseGiven, weight),
        ...ballotStage(document, weight ?? document.vote?.weight ?? 1),
      },
    },
    { $set: deadlineStage(message.at) },
  ];
}

function completionPipeline(completion: Completion): Document[] {
  const { ballots, basis, consensus, decisionId, at } = completion;
  const closing = fromClosing(completion);
  return [
    {
      $set: {
        ...changed(at),
        ...appendStage(closing, BSON.calculateObjectSize(closing), false),
        status: 'completed',
        'context.action': 'executing',
        'swarm_vote.votes': { $literal: ballots.map(fromBallot) },
        'swarm_vote.results': { $literal: fromResults(results(ballots)) },
        'swarm_vote.consensus': { $literal: fromConsensus(consensus) },
        'swarm_vote.basis': { $literal: fromBasis(basis) },
        'swarm_vote.voting_completed': at,
        decision_id: decisionId === null ? null : new ObjectId(decisionId),
        ...(decisionId === null ? {} : { decision_pending: true }),
      },
    },
  ];
}
