import { BSON, type Collection, type Document } from 'mongodb';
import { nameKey } from '../domain/agentName.js';
import type { Appended, NewMessage } from '../domain/ports.js';
import {
  fromNewMessage,
  type HeadDocument,
  MAX_HEAD_BYTES,
  toConversation,
  toMessage,
} from './conversationMapping.js';
import type { ConversationDocument, MessageDocument, PageDocument, SwarmVoteDocument } from './documents.js';
import { changesOf } from './changeOne.js';
import { isOverfull } from './pageOut.js';
import { messagePages } from './messagePages.js';
import { createPagingOut } from './pagingOut.js';
import {
  appendStage,
  ballotStage,
  changed,
  deadlineStage,
  identity,
  lateBallotStage,
  OPEN,
  rosterWeight,
  WITHOUT_MESSAGES,
} from './statements.js';

/** How often an append is tried again because its head was paged out meanwhile. */
const MAX_ATTEMPTS = 20;

interface Appending {
  userId: string;
  executionId: string;
  message: NewMessage;
  isLate: boolean;
}

const PLACE = { last_seq: 1, paged_seq: 1, head_bytes: 1, revision: 1, 'context.phase': 1 } as const;

/**
 * Appends a message in one write of one document, and pages its head out, in the background, when that is overfull.
 * One round trip for a head that was never paged out. Later, a key that a caller gave is first looked for in the
 * pages: the write then only succeeds on the head as far out as it was at that look, so that a key is found wherever
 * its message moves.
 */
export function createAppend(
  heads: Collection<ConversationDocument>,
  pages: Collection<PageDocument>,
  report: (error: unknown, doing: string) => void,
) {
  const older = messagePages(pages);
  const paging = createPagingOut(heads, pages, report);
  const write = appendWrite(heads);

  /** Whether it is to be tried again: the head was paged out meanwhile, or there is room by now. */
  const isWorthTrying = async ({ userId, executionId }: Appending, base: number): Promise<boolean> => {
    const projection = { _id: 0, paged_seq: 1, head_bytes: 1 };
    const head = await heads.findOne(identity(userId, executionId), { projection });
    if (head === null) return false;
    paging.note(userId, executionId, head.paged_seq);
    if (head.head_bytes < MAX_HEAD_BYTES) return head.paged_seq !== base;
    await paging.makeRoom(userId, executionId);
    return true;
  };

  const append = async (appending: Appending): Promise<Appended | null> => {
    const { userId, executionId, message } = appending;
    const who = identity(userId, executionId);
    const document = fromNewMessage(message, appending.isLate);
    const isKeyGiven = message.idempotencyKey !== message.id;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const base = paging.baseOf(userId, executionId);
      const mayBePaged = base > 0 && (isKeyGiven || attempt > 0);
      if (mayBePaged && (await older.byKey(who, message.idempotencyKey)) !== null) return null;
      const stored = await write(appending, document, base);
      if (stored !== null) {
        const isTooLong = isOverfull(stored.last_seq - stored.paged_seq, stored.head_bytes);
        if (isTooLong) void paging.makeRoom(userId, executionId);
        return toAppended(stored, document, executionId, message);
      }
      if (!(await isWorthTrying(appending, base))) return null;
    }
    return null;
  };

  return {
    append: (userId: string, executionId: string, message: NewMessage) =>
      append({ userId, executionId, message, isLate: false }),
    appendLate: (userId: string, executionId: string, message: NewMessage) =>
      append({ userId, executionId, message, isLate: true }),
  };
}

/** The one write: null where a guard did not hold, as on a head that is not paged out up to `base`. */
function appendWrite(heads: Collection<ConversationDocument>) {
  const change = changesOf(heads);

  /** With a ballot: whether the vote is due is told by what the conversation is by now. */
  const readAgain = async (who: ReturnType<typeof identity>): Promise<HeadDocument> => {
    const head = await heads.findOne<HeadDocument>(who, { projection: WITHOUT_MESSAGES });
    if (head === null) throw new Error('The conversation is gone.');
    return head;
  };

  return async (
    { userId, executionId, message, isLate }: Appending,
    document: MessageDocument,
    base: number,
  ) => {
    const key = identity(userId, executionId);
    return change<HeadDocument>({
      key,
      guards: guardsOf(base, message, isLate),
      update: isLate ? latePipeline(message, document) : appendPipeline(message, document),
      version: 'revision',
      projection: message.vote === null ? PLACE : WITHOUT_MESSAGES,
      after: async (before) => ({
        ...(message.vote === null ? before : await readAgain(key)),
        revision: before.revision + 1,
        last_seq: before.last_seq + 1,
      }),
    });
  };
}

function toAppended(
  stored: HeadDocument,
  document: MessageDocument,
  executionId: string,
  { vote, phase }: NewMessage,
): Appended {
  const conversation = document.vote === null ? null : toConversation(stored);
  return {
    conversationId: stored._id.toHexString(),
    revision: stored.revision,
    conversation,
    message: {
      ...toMessage({ ...document, seq: stored.last_seq, phase: phase ?? stored.context.phase }, executionId),
      vote: document.vote && {
        ...document.vote,
        weight: vote?.weight ?? usualWeight(stored.swarm_vote, document.agent_name),
      },
    },
  };
}

/** What the write itself fills in for a ballot without a weight. */
const usualWeight = ({ agents, default_weights = [] }: SwarmVoteDocument, agentName: string): number =>
  [...(agents ?? []), ...default_weights].find(
    ({ agent_name, weight }) => agent_name === agentName && weight !== null,
  )?.weight ?? 1;

/** All that the rules ask of the stored conversation. */
function guardsOf(base: number, { draft, vote, idempotencyKey }: NewMessage, isLate: boolean): Document {
  return {
    ...(isLate ? { status: 'completed', keep_late: true } : { status: OPEN }),
    'messages.idempotency_key': { $ne: idempotencyKey },
    paged_seq: base,
    head_bytes: { $lt: MAX_HEAD_BYTES },
    ...(draft.replyToSeq === null ? {} : { last_seq: { $gte: draft.replyToSeq } }),
    ...(vote === null
      ? {}
      : { $or: [withoutRoster(draft.agentName, isLate), rosterFilter(draft.agentName, vote.weight)] }),
  };
}

/** Nobody has voted under another spelling of the name. What was counted stays as it is, and is looked at before. */
const withoutRoster = (agentName: string, isLate: boolean): Document => ({
  'swarm_vote.agents': null,
  [isLate ? 'swarm_vote.late_votes' : 'swarm_vote.votes']: {
    $not: { $elemMatch: { name_key: nameKey(agentName), agent_name: { $ne: agentName } } },
  },
});

const rosterFilter = (agentName: string, weight: number | null): Document => ({
  'swarm_vote.agents': {
    $elemMatch: { agent_name: agentName, ...(weight === null ? {} : { weight: { $in: [null, weight] } }) },
  },
});

function appendPipeline(message: NewMessage, document: MessageDocument): Document[] {
  const { bytes, phaseGiven, weight } = fillingOf(message, document);
  const append = { ...changed(message.at), ...appendStage(document, bytes, phaseGiven, weight) };
  if (message.vote === null) return [{ $set: append }];
  const ballot = ballotStage(document, phaseGiven, weight ?? document.vote?.weight ?? 1);
  return [{ $set: { ...append, ...ballot } }, { $set: deadlineStage(message.at) }];
}

/** What comes late goes to the log, and beside the vote; status, phase and what was counted stay. */
function latePipeline(message: NewMessage, document: MessageDocument): Document[] {
  const { bytes, phaseGiven, weight } = fillingOf(message, document);
  const append = {
    ...changed(message.at),
    ...appendStage(document, bytes, phaseGiven, weight),
    'context.phase': '$context.phase',
  };
  if (message.vote === null) return [{ $set: append }];
  return [
    { $set: { ...append, ...lateBallotStage(document, phaseGiven, weight ?? document.vote?.weight ?? 1) } },
  ];
}

const fillingOf = ({ phase, vote }: NewMessage, document: MessageDocument) => ({
  bytes: BSON.calculateObjectSize(document),
  phaseGiven: phase !== null,
  weight: vote !== null && vote.weight === null ? rosterWeight(document.agent_name) : undefined,
});
