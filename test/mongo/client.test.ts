import { expect, test } from '@jest/globals';
import { type CommandStartedEvent, type MongoClient, ObjectId } from 'mongodb';
import type { UnsettledFeedback } from '../../src/domain/node.js';
import { connect } from '../../src/mongo/client.js';
import { ensureIndexes } from '../../src/mongo/ensureIndexes.js';
import { createStores } from '../../src/mongo/stores.js';
import { id, testDatabase } from '../support/app.js';

const { name } = testDatabase();
const uri = process.env['TEST_MONGODB_URI'] as string;

/** The commands that are sent while something is done, over a connection string with other wishes. */
async function commandsOf(work: (connection: ReturnType<typeof connect>) => Promise<unknown>) {
  const wishes =
    'readPreference=secondaryPreferred&journal=false&w=1&readConcernLevel=local&monitorCommands=true';
  const connection = connect(`${uri}${uri.includes('?') ? '&' : '/?'}${wishes}`, {
    databaseName: name,
    maxPoolSize: 1,
  });
  const started: CommandStartedEvent[] = [];
  const client: MongoClient = connection.db.client;
  client.on('commandStarted', (event) => started.push(event));
  try {
    await connection.open();
    await work(connection);
  } finally {
    await connection.close();
  }
  return { started, client };
}

/** What the first feedback on a decision taught. */
function feedbackOn(decisionId: string): UnsettledFeedback {
  const outcome = { success: true, pnl: 5, timeHeld: null, exitReason: null };
  const said = {
    source: null,
    recordedAt: new Date(),
    idempotencyKey: null,
    contentHash: '',
    addedLessons: [],
  };
  return {
    decisionId,
    changesId: id(),
    suggestionId: id(),
    executionId: null,
    nodeVersion: 1,
    lateBallots: [],
    replaced: null,
    learning: { wasCorrect: true, confidenceAccuracy: null, lessons: [], parametersToAdjust: [] },
    feedback: { revision: 1, outcome, ...said },
    outcome,
  };
}

const report = (error: unknown) => {
  throw error;
};

test('reads and writes what outlasts an election, whatever the connection string says', async () => {
  const { started } = await commandsOf(async ({ db }) => {
    const { decisions, nodes } = createStores(db, report);
    await decisions.find(id(), id());
    await nodes.takeNumber(id(), id());
  });
  const sent = (command: string) => started.filter(({ commandName }) => commandName === command);
  for (const { command } of [...sent('find'), ...sent('aggregate')]) {
    expect(command['readConcern']).toEqual({ level: 'majority' });
    expect(command['$readPreference']?.mode ?? 'primary').toMatch(/^primary/);
  }
  const writes = [...sent('insert'), ...sent('findAndModify')];
  expect(writes.length).toBeGreaterThan(1);
  for (const { command } of writes) expect(command['writeConcern']).toMatchObject({ w: 'majority', j: true });
});

test('names the node in each statement on one of its documents, as a sharded cluster asks', async () => {
  const { started } = await commandsOf(async ({ db }) => {
    const { decisions, parameters } = createStores(db, report);
    const [userId, node] = [id(), id()];
    const transition = {
      from: 'proposed',
      to: 'rejected',
      by: userId,
      at: new Date(),
      comment: null,
      parameters: null,
    };
    await parameters.decide(userId, node, id(), transition as never);
    await decisions.rememberKey({ userId, userNodeId: node, id: id(), revision: 1 } as never, {
      idempotencyKey: 'key',
      contentHash: '',
    });
    await decisions.applyFeedback(userId, node, feedbackOn(id()));
  });
  const filters = started.flatMap(({ command }) => command['query'] ?? command['updates']?.[0].q ?? []);
  const nodeId = expect.any(ObjectId);
  expect(filters.map((filter) => filter.user_node_id)).toEqual([nodeId, nodeId, nodeId]);
});

test('tells the database its name, and waits for an index as long as that takes', async () => {
  const { client } = await commandsOf(async ({ db, patiently }) => {
    await ensureIndexes(db, async (work) => {
      await patiently(async (patient) => {
        expect(patient.client.options.socketTimeoutMS).toBe(0);
        await work(patient);
      });
    });
  });
  expect(client.options.appName).toBe('swarm-graphql');
  expect(client.options.connectTimeoutMS).toBe(1_000);
});
