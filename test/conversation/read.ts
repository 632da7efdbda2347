import type { RunningApp } from '../support/app.js';

export const MESSAGE_FIELDS = /* GraphQL */ `
  seq agentName agentRole messageType phase replyToSeq content { text confidence sentiment data }
`;

const STATE = /* GraphQL */ `
  query State($executionId: ID!) {
    conversation(executionId: $executionId) {
      status
      lastSeq
      context { symbol action phase }
      outcome { executed action reasoning }
    }
  }
`;

/** How far a conversation is. */
export const stateOf = async (app: RunningApp, executionId: string) =>
  (await app.data(STATE, { executionId })).conversation;

const PAGE = /* GraphQL */ `
  query Page($executionId: ID!, $first: Int, $after: String, $last: Int, $before: String, $afterSeq: Int, $beforeSeq: Int) {
    conversation(executionId: $executionId) {
      messages(first: $first, after: $after, last: $last, before: $before, afterSeq: $afterSeq, beforeSeq: $beforeSeq) {
        totalCount
        edges { cursor node { seq } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }
  }
`;

export interface PageArguments {
  first?: number;
  after?: string;
  last?: number;
  before?: string;
  afterSeq?: number;
  beforeSeq?: number;
}

/** A page of messages, by their numbers. */
export async function pageOf(app: RunningApp, executionId: string, page: PageArguments) {
  const { messages } = (await app.data(PAGE, { executionId, ...page })).conversation;
  const { edges, pageInfo, totalCount } = messages;
  if (edges.length > 0 && pageInfo.startCursor !== edges[0].cursor) throw new Error('Another start cursor');
  if (edges.length > 0 && pageInfo.endCursor !== edges.at(-1).cursor) throw new Error('Another end cursor');
  return {
    seqs: edges.map((edge: { node: { seq: number } }) => edge.node.seq) as number[],
    totalCount: totalCount as number,
    hasNextPage: pageInfo.hasNextPage as boolean,
    hasPreviousPage: pageInfo.hasPreviousPage as boolean,
    startCursor: pageInfo.startCursor as string,
    endCursor: pageInfo.endCursor as string,
  };
}

/** What a page request is refused with. */
export async function pageErrors(app: RunningApp, executionId: string, page: PageArguments) {
  const { errors = [] } = await app.send(PAGE, { executionId, ...page });
  return errors.map(({ message, extensions }) => ({ message, code: extensions.code }));
}
