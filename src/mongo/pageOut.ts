import { BSON, type Collection, ObjectId } from 'mongodb';
import type { ConversationDocument, MessageDocument, PageDocument } from './documents.js';
import { isDuplicateKey } from './errors.js';
import { MAX_PAGE_MESSAGES, type PagedConversation } from './messagePages.js';

/** What stays in a head. */
const KEPT = { messages: 64, bytes: 256 * 1024 };
/** A head past one of these is paged out: far enough above for a page to be worth its writes. */
const FULL = { messages: 96, bytes: 384 * 1024 };

export const isOverfull = (messages: number, bytes: number): boolean =>
  messages > FULL.messages || bytes > FULL.bytes;

/**
 * Moves the oldest messages of an overfull head to a page: copied first, under an identity that only one copy can
 * have, and only then removed, so that a process that dies in between leaves a copy and never a hole. Safe in any number of
 * processes at once. Answers the head's `paged_seq` as far as it is known.
 */
export async function pageOut(
  heads: Collection<ConversationDocument>,
  pages: Collection<PageDocument>,
  { user_id, execution_id }: PagedConversation,
): Promise<number> {
  const head = await heads.findOne(
    { user_id, execution_id },
    { projection: { paged_seq: 1, head_bytes: 1, messages: 1 } },
  );
  if (head === null) return 0;
  const moved = oldest(head.messages);
  if (!isOverfull(head.messages.length, head.head_bytes) || moved.length === 0) return head.paged_seq;
  const first_seq = head.paged_seq + 1;
  const page = {
    user_id,
    execution_id,
    first_seq,
    last_seq: head.paged_seq + moved.length,
    messages: moved,
  };
  const last = await copy(pages, page);
  const isAsRead = { $eq: ['$paged_seq', head.paged_seq] };
  // By position, since messages may have come since.
  const rest = { $slice: ['$messages', last - first_seq + 1, 1_000_000] };
  await heads.updateOne({ user_id, execution_id }, [
    {
      $set: {
        paged_seq: { $cond: [isAsRead, last, '$paged_seq'] },
        messages: { $cond: [isAsRead, rest, '$messages'] },
      },
    },
    { $set: { head_bytes: { $bsonSize: { messages: '$messages' } } } },
  ]);
  return last;
}

/** The last `seq` of the page that is there then: another's, or one from before a crash, may end elsewhere. */
async function copy(pages: Collection<PageDocument>, page: Omit<PageDocument, '_id'>): Promise<number> {
  try {
    await pages.insertOne({ _id: new ObjectId(), ...page });
    return page.last_seq;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  const { user_id, execution_id, first_seq } = page;
  const stored = await pages.findOne({ user_id, execution_id, first_seq }, { projection: { last_seq: 1 } });
  if (stored === null) throw new Error('A page is there already and is not found.');
  return stored.last_seq;
}

/** All but the newest that may stay, as many as a page takes. */
function oldest(messages: readonly MessageDocument[]): MessageDocument[] {
  let kept = 0;
  let bytes = 0;
  for (const message of messages.toReversed()) {
    bytes += BSON.calculateObjectSize(message);
    if (kept === KEPT.messages || (kept > 0 && bytes > KEPT.bytes)) break;
    kept++;
  }
  return messages.slice(0, Math.min(messages.length - kept, MAX_PAGE_MESSAGES));
}
