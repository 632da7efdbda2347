import { type Db, ObjectId } from 'mongodb';
import type { StoredMessage } from './api.js';
import { type Asking, ask } from './asking.js';

export type Direction = 'forwards' | 'backwards';

const PAGE = /* GraphQL */ `
  query Page($executionId: ID!, $first: Int, $after: String, $last: Int, $before: String) {
    conversation(executionId: $executionId) {
      messages(first: $first, after: $after, last: $last, before: $before) {
        edges { node { seq content { text } } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }
  }
`;

/** All messages of a conversation as the API shows them, page by page from one end; oldest first in any case. */
export async function readWhole(
  asking: Asking,
  executionId: string,
  direction: Direction,
): Promise<StoredMessage[]> {
  const isForwards = direction === 'forwards';
  const pages: StoredMessage[][] = [];
  for (let cursor: string | null = null; ; ) {
    const place = isForwards ? { first: 100, after: cursor } : { last: 100, before: cursor };
    const { conversation }: any = await ask(asking, PAGE, { executionId, ...place });
    if (conversation === null) throw new Error(`There is no conversation of ${executionId}.`);
    const { edges, pageInfo } = conversation.messages;
    pages.push(edges.map(({ node }: any) => ({ seq: node.seq, text: node.content.text })));
    if (!(isForwards ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) break;
    cursor = isForwards ? pageInfo.endCursor : pageInfo.startCursor;
  }
  return (isForwards ? pages : pages.reverse()).flat();
}

/** What is wrong with numbers that should be each one from the first to the last, in order. */
export function seqFaults(seqs: readonly number[], first: number, last: number, where: string): string[] {
  const off = seqs.findIndex((seq, i) => seq !== first + i);
  if (off === -1 && seqs.length === last - first + 1) return [];
  const at = off === -1 ? '' : `, the ${off + 1}. being ${seqs[off]}`;
  return [`Expected ${first} to ${last} each once ${where}, got ${seqs.length} numbers${at}.`];
}

/** The numbers in a head and in its pages, as the database has them. */
export interface StoredSeqs {
  head: number[];
  /** Ascending by page. */
  paged: number[];
  pagedSeq: number;
  lastSeq: number;
}

export async function storedSeqs(db: Db, executionId: string): Promise<StoredSeqs> {
  const filter = { execution_id: new ObjectId(executionId) };
  const seqsOf = (messages: { seq: number }[]) => messages.map(({ seq }) => seq);
  // Head first: what leaves it meanwhile is in the pages by then.
  const head = await db.collection('ai_conversations').findOne(filter);
  if (head === null) throw new Error(`No conversation of ${executionId} is stored.`);
  const pages = await db.collection('ai_message_pages').find(filter).toArray();
  return {
    head: seqsOf(head['messages']),
    paged: pages.sort((a, b) => a['first_seq'] - b['first_seq']).flatMap(({ messages }) => seqsOf(messages)),
    pagedSeq: head['paged_seq'],
    lastSeq: head['last_seq'],
  };
}
