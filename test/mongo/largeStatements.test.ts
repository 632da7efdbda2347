import { expect, test } from '@jest/globals';
import { type CommandStartedEvent, type Document, MongoClient } from 'mongodb';
import { addMessage } from '../../src/domain/commands/addMessage.js';
import { decideChange } from '../../src/domain/commands/decideParameterChange.js';
import { proposeChange } from '../../src/domain/commands/proposeParameterChange.js';
import { recordFeedback } from '../../src/domain/commands/recordFeedback.js';
import { recordOutcome } from '../../src/domain/commands/recordOutcome.js';
import { startConversation } from '../../src/domain/commands/startConversation.js';
import { createSweep } from '../../src/domain/upkeep/sweep.js';
import type { Ports } from '../../src/domain/ports.js';
import { ensureIndexes } from '../../src/mongo/ensureIndexes.js';
import { INDEXES } from '../../src/mongo/indexes.js';
import { LOCAL_VIEWER } from '../../src/transport/identity.js';
import { id, testDatabase } from '../support/app.js';
import { ballotInput, messageInput, startInput } from '../support/scenario.js';
import { portsOn } from '../support/stores.js';
import { fillWithOthers } from './large.js';

const { name } = testDatabase();

/** The conditions a command looks for documents with, in each of its statements. */
function filtersOf({
  commandName,
  command,
}: CommandStartedEvent): { collection: string; filter: Document }[] {
  const collection = String(command[commandName]);
  if (!collection.startsWith('ai_')) return [];
  const filters: Record<string, () => Document[]> = {
    find: () => [command['filter'] ?? {}],
    count: () => (command['query'] === undefined ? [] : [command['query']]),
    aggregate: () => [command['pipeline'][0]?.$match ?? {}],
    update: () => command['updates'].map(({ q }: Document) => q),
    findAndModify: () => [{ 'findAndModify reads all': 1 }],
  };
  return (filters[commandName]?.() ?? []).map((filter) => ({ collection, filter }));
}

/** The embedded database uses an index only where each condition is on it. */
function isByIndex({ collection, filter }: { collection: string; filter: Document }): boolean {
  const fields = Object.keys(filter);
  if (fields.length === 1 && fields[0] === '_id') return true;
  return INDEXES.some(({ collection: of, key, options }) => {
    const on = [...Object.keys(key), ...Object.keys(options?.partialFilterExpression ?? {})];
    return (
      of === collection && fields.includes(on[0] as string) && fields.every((field) => on.includes(field))
    );
  });
}

async function liveOneConversation(ports: Ports): Promise<void> {
  const viewer = LOCAL_VIEWER;
  const { executionId, userNodeId } = startInput();
  const start = { ...startInput({ executionId, userNodeId, totalAgents: 2, keepLate: false }) };
  await startConversation(ports, viewer, start);
  const say = (input: object) =>
    addMessage(ports, viewer, { ...input, messageType: 'analysis' } as Parameters<typeof addMessage>[2]);
  const vote = (agentName: string) => {
    const ballot = ballotInput(executionId, agentName, { action: 'buy', confidence: 70 });
    return addMessage(ports, viewer, { ...ballot, messageType: 'vote' } as Parameters<typeof addMessage>[2]);
  };
  const again = messageInput(executionId, { idempotencyKey: id() });
  // Enough that the head is paged out.
  for (let i = 0; i < 110; i++) await say(messageInput(executionId));
  await say(again);
  await say(again);
  await vote('a');
  await vote('b');
  await vote('too late');
  await recordOutcome(ports, viewer, { executionId, executed: true, action: 'buy' });
  const found = await ports.conversations.find(viewer.userId, { executionId });
  const decisionId = String(found?.conversation.decisionId);
  const feedback = { decisionId, idempotencyKey: id(), success: true, pnl: 10 };
  await recordFeedback(ports, viewer, feedback);
  await recordFeedback(ports, viewer, { ...feedback, idempotencyKey: id() });
  const proposed = await proposeChange(ports, viewer, { userNodeId, path: 'quorum', to: 70, reason: 'Try.' });
  if (!proposed.ok) throw new Error(JSON.stringify(proposed));
  await decideChange(ports, viewer, { changeId: proposed.value.id, decision: 'approve' });
  await createSweep(ports)();
}

test('no statement of the main job reads a whole collection of the embedded database', async () => {
  const client = new MongoClient(process.env['TEST_MONGODB_URI'] as string, {
    maxPoolSize: 4,
    monitorCommands: true,
  });
  try {
    const db = client.db(name);
    await ensureIndexes(db);
    await fillWithOthers(db);
    const sent: ReturnType<typeof filtersOf> = [];
    client.on('commandStarted', (event) => sent.push(...filtersOf(event)));
    await liveOneConversation(portsOn(db));
    const kinds = new Set(sent.map(({ collection, filter }) => `${collection} ${Object.keys(filter)}`));
    expect(kinds.size).toBeGreaterThan(12);
    expect(sent.filter((one) => !isByIndex(one))).toEqual([]);
  } finally {
    await client.close();
  }
});
