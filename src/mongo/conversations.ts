import { BSON, type Collection, type Db, type Document, ObjectId } from 'mongodb';
import type { Conversation, ConversationOutcome } from '../domain/conversation.js';
import type { Completion, ConversationStore, LateRefusal, NewConversation } from '../domain/ports.js';
import { createAppend } from './append.js';
import { changesOf } from './changeOne.js';
import {
  fromClosing,
  fromNewConversation,
  type HeadDocument,
  toConversation,
} from './conversationMapping.js';
import { conversationKeys } from './conversationKeys.js';
import { conversationReads } from './conversationReads.js';
import type { ConversationDocument } from './documents.js';
import { isDuplicateKey } from './errors.js';
import { messagePages, pageCollection } from './messagePages.js';
import { messageReads } from './messageReads.js';
import {
  appendStage,
  changed,
  identity,
  lateRefusalStage,
  NEXT_REVISION,
  NEXT_SEQ,
  OPEN,
  WITHOUT_MESSAGES,
} from './statements.js';
import { fromBallot, fromBasis, fromConsensus, fromResults } from './votingMapping.js';

/** Conversations in `ai_conversations`: each write changes one document. */
export function conversationStore(
  db: Db,
  /** Told of a failure to page out, which the next message makes up for. */
  report: (error: unknown, doing: string) => void,
): ConversationStore {
  const collection = db.collection<ConversationDocument>('ai_conversations');
  const pages = pageCollection(db);
  const messages = messagePages(pages);
  return {
    ...conversationReads(collection, messages),
    ...messageReads(collection, messages),
    ...conversationKeys(collection),
    ...conversationWrites(collection),
    ...createAppend(collection, pages, report),
  };
}

function conversationWrites(collection: Collection<ConversationDocument>) {
  const change = changesOf(collection);
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

    async complete(userId: string, executionId: string, ballotSeq: number, completion: Completion) {
      const stored = await change<HeadDocument>({
        key: identity(userId, executionId),
        guards: { status: OPEN, 'swarm_vote.ballot_seq': ballotSeq },
        update: completionPipeline(completion),
        version: 'revision',
        projection: WITHOUT_MESSAGES,
      });
      return stored && toConversation(stored);
    },

    async countLate(userId: string, executionId: string, { key, agentName, isBallot, at }: LateRefusal) {
      const refused = { key, agent_name: agentName, is_ballot: isBallot, at };
      await collection.updateOne(identity(userId, executionId), [{ $set: lateRefusalStage(refused) }]);
    },

    async recordOutcome(userId: string, executionId: string, outcome: ConversationOutcome) {
      const stored = await change<HeadDocument>({
        key: identity(userId, executionId),
        guards: { status: 'completed', outcome: null },
        update: { $set: { outcome }, $max: { updated_at: outcome.timestamp }, $inc: { revision: 1 } },
        version: 'revision',
        projection: WITHOUT_MESSAGES,
      });
      return stored && toConversation(stored);
    },

    async clearPending(userId: string, executionId: string): Promise<void> {
      await collection.updateOne(identity(userId, executionId), { $unset: { decision_pending: true } });
    },

    async touch(userId: string, executionId: string, at: Date) {
      const stored = await change<Pick<ConversationDocument, '_id' | 'revision'>>({
        key: identity(userId, executionId),
        update: { $max: { updated_at: at }, $inc: { revision: 1 } },
        version: 'revision',
        projection: { revision: 1 },
        after: (before) => ({ ...before, revision: before.revision + 1 }),
      });
      return stored && { id: stored._id.toHexString(), revision: stored.revision };
    },
  };
}

function completionPipeline(completion: Completion): Document[] {
  const { ballots, results, basis, consensus, decisionId, at } = completion;
  const closing = fromClosing(completion);
  return [
    {
      $set: {
        ...changed(at),
        ...appendStage(closing, BSON.calculateObjectSize(closing), false),
        status: 'completed',
        'context.action': 'executing',
        'swarm_vote.votes': { $literal: ballots.map(fromBallot) },
        'swarm_vote.results': { $literal: fromResults(results) },
        'swarm_vote.consensus': { $literal: fromConsensus(consensus) },
        'swarm_vote.basis': { $literal: fromBasis(basis) },
        'swarm_vote.voting_completed': at,
        'swarm_vote.completed_revision': NEXT_REVISION,
        'swarm_vote.closing_seq': NEXT_SEQ,
        decision_id: decisionId === null ? null : new ObjectId(decisionId),
        ...(decisionId === null ? {} : { decision_pending: true }),
      },
    },
  ];
}
