import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import type { ConversationStore, MessageSlice } from '../../src/domain/ports.js';
import { conversationStore } from '../../src/mongo/conversations.js';
import { id, testDatabase } from '../support/app.js';

const MESSAGES = 7;
const { name } = testDatabase();
const client = new MongoClient(process.env['TEST_MONGODB_URI'] as string, { maxPoolSize: 2 });
const userId = id();
const executionId = id();
let store: ConversationStore;

beforeAll(async () => {
  store = conversationStore(client.db(name), (error) => {
    throw error;
  });
  await store.insert(userId, {
    id: id(),
    executionId,
    flowId: id(),
    userNodeId: id(),
    symbol: 'SPX',
    phase: 'risk_check',
    agents: null,
    totalAgents: 1,
    quorum: 50,
    rule: 'log_odds',
    parameterVersion: 1,
    defaultWeights: [],
    votingTimeout: null,
    endsAt: null,
    startHash: '',
    keepsLate: false,
    decisionContext: { marketConditions: null, portfolioState: null, riskMetrics: null },
    at: new Date(),
  });
  const content = { text: 'Up.', confidence: null, sentiment: null, data: null };
  const draft = {
    agentName: 'a',
    agentRole: 'r',
    aiModel: null,
    promptVersion: null,
    replyToSeq: null,
    content,
    ui: null,
  };
  for (let i = 0; i < MESSAGES; i++) {
    await store.append(userId, executionId, {
      id: id(),
      vote: null,
      phase: null,
      idempotencyKey: id(),
      contentHash: '',
      at: new Date(),
      draft: { ...draft, messageType: 'analysis' },
    });
  }
});
afterAll(() => client.close());

test('a head read whole is cut as the database cuts it', async () => {
  const slices: MessageSlice[] = [];
  for (let seq = 0; seq <= MESSAGES + 2; seq++) {
    for (const n of [1, 3, 100]) slices.push({ after: seq, limit: n }, { before: seq, last: n });
    for (const n of [1, 3])
      slices.push({ before: null, last: n, above: seq }, { before: 6, last: n, above: seq });
  }
  slices.push({ before: null, last: 2 }, { before: null, last: 100 });
  const cutHere = await store.find(userId, { executionId }, slices);
  const [cutThere] = await store.findMany(userId, [executionId], slices);
  expect(cutHere).toEqual(cutThere);
  expect(cutHere?.slices.at(-2)?.map(({ seq }) => seq)).toEqual([6, 7]);
});
