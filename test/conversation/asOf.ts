import { afterAll, beforeAll } from '@jest/globals';
import { id, type RunningApp, startTestApp, testDatabase } from '../support/app.js';
import { createClient } from '../support/client.js';
import { AUTH, mint } from '../support/tokens.js';

const LIMITS = { operationsPerSecond: 100_000, messagesPerSecond: 100_000 };

const PAGE = /* GraphQL */ `
  totalCount
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  edges { cursor node { id seq agentName messageType phase replyToSeq content { text } timestamp vote { action confidence weight abstention } } }
`;

/** All that a conversation says of itself; `updatedAt` too, which is the time of its newest message until it is complete. */
const ALL = /* GraphQL */ `
  id executionId flowId userNodeId status lastSeq createdAt updatedAt context { symbol action phase }
  messages { ${PAGE} } first: messages(first: 2) { ${PAGE} } last: messages(last: 3) { ${PAGE} }
  swarmVote {
    id totalAgents quorum rule parameterVersion deadline votingCompleted votes { agentName status seq action confidence weight abstention timestamp }
    results { buy { votes totalConfidence } sell { votes totalConfidence } hold { votes totalConfidence } }
    consensus { action confidence agreement isUnanimous reason } explanation { rule raw dissenters }
  }
  outcome { executed action reasoning timestamp } decision { id seq outcome { success } }
`;
export const BY_EXECUTION = `query ByExecution($key: ID!, $seq: Int) { conversation(executionId: $key, asOfSeq: $seq) { ${ALL} } }`;
export const BY_ID = `query ById($key: ID!, $seq: Int) { conversation(id: $key, asOfSeq: $seq) { ${ALL} } }`;

/** The same state as read once it is past: it has ids of its own. */
export const past = (then: any) => {
  const pastId = `${then.id}@${then.lastSeq}`;
  return { ...then, id: pastId, swarmVote: { ...then.swarmVote, id: `${pastId}.vote` } };
};

/** A running app as one user sees it, and as another does. */
export function useAsOf() {
  const { name, collection } = testDatabase();
  let running: RunningApp;
  let app: RunningApp;
  let stranger: RunningApp;
  beforeAll(async () => {
    running = await startTestApp(name, { auth: AUTH, limits: LIMITS });
    const clientOf = async () => ({ ...running, ...createClient(running.url, await mint({ sub: id() })) });
    [app, stranger] = [await clientOf(), await clientOf()];
  });
  afterAll(() => running.stop());
  return {
    collection,
    get app() {
      return app;
    },
    get stranger() {
      return stranger;
    },
    read: async (key: string, seq?: number, query = BY_EXECUTION) =>
      (await app.data(query, { key, seq })).conversation,
    /** The numbers of one page's messages, and what is told beside them; or the errors. */
    async messages(key: string, seq: number, page: string) {
      const query = `query Page($key: ID!, $seq: Int) {
        conversation(executionId: $key, asOfSeq: $seq) { messages(${page}) { totalCount edges { node { seq } } pageInfo { hasNextPage hasPreviousPage } } }
      }`;
      const { data, errors } = await app.send(query, { key, seq });
      const found = data?.conversation?.messages;
      return errors === undefined
        ? { ...found, edges: found.edges.map(({ node }: any) => node.seq) }
        : errors.map(({ message, extensions }) => `${extensions.code}: ${message}`);
    },
  };
}
