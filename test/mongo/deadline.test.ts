import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MongoClient } from 'mongodb';
import type { ConversationStore, NewMessage } from '../../src/domain/ports.js';
import { deadlineOf } from '../../src/domain/voting.js';
import { conversationStore } from '../../src/mongo/conversations.js';
import { id, testDatabase } from '../support/app.js';

const RUNS = 25;
const START = Date.UTC(2025, 0, 1);
const { name } = testDatabase();
const client = new MongoClient(process.env['TEST_MONGODB_URI'] as string, { maxPoolSize: 2 });
const userId = id();
let store: ConversationStore;

beforeAll(() => {
  store = conversationStore(client.db(name), (error) => {
    throw error;
  });
});
afterAll(() => client.close());

const atMs = (ms: number): Date => new Date(START + ms);

async function startVote(
  totalAgents: number,
  endsAt: Date | null,
  votingTimeout: number | null,
): Promise<string> {
  const executionId = id();
  await store.insert(userId, {
    id: id(),
    executionId,
    flowId: id(),
    userNodeId: id(),
    symbol: 'SPX',
    phase: 'risk_check',
    agents: null,
    totalAgents,
    quorum: 50,
    rule: 'log_odds',
    parameterVersion: 1,
    defaultWeights: [],
    votingTimeout,
    endsAt,
    startHash: '',
    keepsLate: false,
    decisionContext: { marketConditions: null, portfolioState: null, riskMetrics: null },
    at: atMs(0),
  });
  return executionId;
}

const ballotOf = (agentName: string, at: Date): NewMessage => ({
  id: id(),
  vote: { action: 'buy', confidence: 60, weight: 1, abstention: null },
  phase: null,
  idempotencyKey: id(),
  contentHash: '',
  at,
  draft: {
    agentName,
    agentRole: 'r',
    aiModel: null,
    promptVersion: null,
    messageType: 'vote',
    replyToSeq: null,
    content: { text: 'Up.', confidence: null, sentiment: null, data: null },
    ui: null,
  },
});

const ms = fc.integer({ min: 0, max: 100_000 });
const votes = fc.record({
  totalAgents: fc.integer({ min: 1, max: 3 }),
  endsAtMs: fc.option(ms),
  votingTimeout: fc.option(fc.integer({ min: 1, max: 100 })),
  // Also of agents that vote again, by clocks that do not agree.
  ballots: fc.array(fc.record({ agentName: fc.constantFrom('a', 'b', 'c'), castMs: ms }), { maxLength: 4 }),
});

test('the database puts the deadline of a vote where the domain does, after each ballot', async () => {
  await fc.assert(
    fc.asyncProperty(votes, async ({ totalAgents, endsAtMs, votingTimeout, ballots }) => {
      const endsAt = endsAtMs === null ? null : atMs(endsAtMs);
      const executionId = await startVote(totalAgents, endsAt, votingTimeout);
      const timing = { startedAt: atMs(0), endsAt, votingTimeout, firstBallotAt: null as Date | null };
      for (const ballot of [null, ...ballots]) {
        if (ballot !== null) {
          const at = atMs(ballot.castMs);
          timing.firstBallotAt ??= at;
          expect(await store.append(userId, executionId, ballotOf(ballot.agentName, at))).not.toBeNull();
        }
        const found = await store.find(userId, { executionId });
        const vote = found?.conversation.swarmVote;
        expect(vote?.timing).toEqual(timing);
        expect(vote?.deadline).toEqual(deadlineOf({ totalAgents, timing }, vote?.ballots ?? []));
      }
    }),
    { numRuns: RUNS },
  );
});
