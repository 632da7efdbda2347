import { id, insist, startConversation } from './api.js';

const PAGE = /* GraphQL */ `
  query Page($after: String) {
    conversations(first: 7, after: $after) { edges { node { executionId } } pageInfo { hasNextPage endCursor } }
  }
`;
const MESSAGES = /* GraphQL */ `
  query Messages($executionId: ID!, $after: String) {
    conversation(executionId: $executionId) {
      messages(first: 5, after: $after) { edges { node { seq } } pageInfo { endCursor } }
    }
  }
`;

/** Reads that go on from a cursor while the clock jumps. */
export interface ClockReads {
  /** Before a jump: starts some conversations, takes the first page of the list, and one of the messages. */
  begin(): Promise<void>;
  /** After it: starts some more, reads the rest of both; what is wrong with them. */
  finish(): Promise<string[]>;
}

export function createClockReads(url: () => string, executionId: string): ClockReads {
  /** In the order in which they were started. */
  const started: string[] = [];
  let seen: string[] = [];
  let cursor: string | null = null;
  let expected: string[] = [];
  let messages = { seq: 0, cursor: '' };
  const start = async (): Promise<void> => {
    for (let n = 0; n < 5; n++) started.push(await startConversation(url(), { executionId: id() }));
  };
  const page = async (): Promise<boolean> => {
    const { conversations } = await insist(url(), PAGE, { after: cursor });
    seen.push(...conversations.edges.map(({ node }: any) => node.executionId));
    cursor = conversations.pageInfo.endCursor;
    return conversations.pageInfo.hasNextPage;
  };
  const readMessages = async (after: string | null) => {
    const { conversation } = await insist(url(), MESSAGES, { executionId, after });
    const { edges, pageInfo } = conversation.messages;
    return { seqs: edges.map(({ node }: any) => node.seq) as number[], cursor: pageInfo.endCursor as string };
  };
  return {
    async begin() {
      await start();
      seen = [];
      cursor = null;
      expected = [...started].reverse();
      await page();
      const { seqs, cursor: end } = await readMessages(null);
      messages = { seq: seqs.at(-1) ?? 0, cursor: end };
    },
    async finish() {
      await start();
      while (await page());
      const mine = seen.filter((one) => expected.includes(one));
      const { seqs } = await readMessages(messages.cursor);
      return [
        ...(new Set(seen).size === seen.length
          ? []
          : ['A list of conversations repeated some across a jump.']),
        ...(mine.join() === expected.join()
          ? []
          : ['A list of conversations left some out across a jump, or was not newest first.']),
        ...(seqs[0] === messages.seq + 1 ? [] : [`Messages after ${messages.seq} began with ${seqs[0]}.`]),
      ];
    },
  };
}
