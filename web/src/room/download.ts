import { ask } from '../api/ask.js';
import { Failure } from '../api/failure.js';
import { persist } from '../api/persist.js';
import { RoomPageDocument } from '../generated/graphql.js';
import type { Message } from './messageWindow.js';
import { type Head, PAGE } from './roomState.js';

/** Saves the conversation with all of its messages as one JSON file. */
export async function download(head: Head): Promise<void> {
  const { executionId, lastSeq } = head;
  const messages: Message[] = [];
  while (messages.length < lastSeq) {
    const page = { executionId, afterSeq: messages.length, beforeSeq: lastSeq + 1, first: PAGE };
    const { conversation } = await persist(() => ask(RoomPageDocument, page));
    const read = conversation?.messages.edges.map(({ node }) => node) ?? [];
    // Asked again it would be the same, for ever.
    if (read.length === 0) throw new Failure('NOT_FOUND', 'The conversation is not to be seen any more.');
    messages.push(...read);
  }
  const text = JSON.stringify({ ...head, messages }, null, 2);
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `conversation-${executionId}.json`;
  link.click();
  URL.revokeObjectURL(url);
}
