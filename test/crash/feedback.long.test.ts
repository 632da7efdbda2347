import { expect, test } from '@jest/globals';
import { startTestApp, testDatabase } from '../support/app.js';
import type { Client } from '../support/client.js';
import { type CrashPoint, crashPoints, createDoomedApps } from '../support/crash.js';
import { until } from '../support/until.js';
import { ADD, ballotInput, FEEDBACK, START, startInput } from '../support/scenario.js';

const database = testDatabase();
const startDoomedApp = createDoomedApps();

const LEARNED = /* GraphQL */ `
  query Learned($decisionId: ID!, $userNodeId: ID!) {
    decision(id: $decisionId) {
      revision
      outcome { success pnl timeHeld exitReason }
      feedback { revision source }
      learning { wasCorrect confidenceAccuracy lessonsLearned parametersToAdjust { path from to applied } }
    }
    learningStats(userNodeId: $userNodeId) {
      totalDecisions
      evaluatedDecisions
      totalPnl
      adjustments { path from to applied }
      agents { agentName evaluatedVotes hitRate { value n } brier learnedWeight pnlAttributed }
    }
    parameterChanges(userNodeId: $userNodeId, first: 100) {
      edges { node { path from to reason status } }
    }
  }
`;

const DECISION = /* GraphQL */ `
  query Decision($executionId: ID!) {
    conversation(executionId: $executionId) { decision { id } }
  }
`;

const FIRST = { idempotencyKey: 'close-1', source: 'EXECUTION', success: false, pnl: -12.5, timeHeld: 60 };
const SECOND = { idempotencyKey: 'close-2', source: 'HUMAN', success: true, pnl: 30 };

async function decide(client: Client) {
  const start = startInput({ totalAgents: 2 });
  const { executionId, userNodeId } = start;
  await client.data(START, { input: start });
  await client.data(ADD, { input: ballotInput(executionId, 'a', { action: 'BUY', confidence: 80 }) });
  await client.data(ADD, { input: ballotInput(executionId, 'b', { action: 'SELL', confidence: 65 }) });
  const { conversation } = await client.data(DECISION, { executionId });
  return { userNodeId, decisionId: conversation.decision.id as string };
}

const feedback = async (client: Client, decisionId: string, input: object) =>
  (await client.data(FEEDBACK, { input: { decisionId, ...input } })).recordFeedback;

/** In the order in which one feedback writes them. */
const writes = (nth: number) =>
  [
    { store: 'nodes', write: 'applySums', nth },
    { store: 'decisions', write: 'applyFeedback', nth },
    { store: 'parameters', write: 'keepApplied', nth },
    { store: 'conversations', write: 'touch', nth },
    { store: 'nodes', write: 'settle', nth },
  ] as const;

test.each(crashPoints(writes(1)))('feedback survives a server that dies %s', async (name, point) => {
  const doomed = await startDoomedApp(database.name, point);
  const crashed = await decide(doomed.client);
  await doomed.diesDuring((client) => feedback(client, crashed.decisionId, FIRST));

  const app = await startTestApp(database.name);
  try {
    const whole = await decide(app);
    expect(await feedback(app, whole.decisionId, FIRST)).toMatchObject({ duplicate: false, userErrors: [] });
    const retried = await feedback(app, crashed.decisionId, FIRST);
    expect(retried).toMatchObject({
      duplicate: name !== 'before nodes.applySums',
      userErrors: [],
      decisionLog: { id: crashed.decisionId, revision: 1 },
    });
    const learned = await app.data(LEARNED, crashed);
    expect(learned).toEqual(await app.data(LEARNED, whole));
    expect(learned.decision.feedback).toEqual([{ revision: 1, source: 'EXECUTION' }]);
    expect(learned.parameterChanges.edges.length).toBeGreaterThan(0);
    expect(
      learned.learningStats.agents.map((agent: { evaluatedVotes: number }) => agent.evaluatedVotes),
    ).toEqual([1, 1]);
  } finally {
    await app.stop();
  }
});

const isAfter = ([, { moment }]: [string, CrashPoint]) => moment === 'after';

test.each(crashPoints(writes(2)).filter(isAfter))(
  'a correction survives a server that dies %s',
  async (_, point) => {
    const doomed = await startDoomedApp(database.name, point);
    const crashed = await decide(doomed.client);
    await feedback(doomed.client, crashed.decisionId, FIRST);
    await doomed.diesDuring((client) => feedback(client, crashed.decisionId, SECOND));

    const app = await startTestApp(database.name);
    try {
      const whole = await decide(app);
      for (const input of [FIRST, SECOND]) await feedback(app, whole.decisionId, input);
      const retried = await feedback(app, crashed.decisionId, SECOND);
      expect(retried).toMatchObject({
        duplicate: true,
        userErrors: [],
        decisionLog: { id: crashed.decisionId, revision: 2 },
      });
      expect(await app.data(LEARNED, crashed)).toEqual(await app.data(LEARNED, whole));
    } finally {
      await app.stop();
    }
  },
);

test.each([
  ['a server that was running meanwhile', true],
  ['a server that is started afterwards', false],
])('%s writes what was learned to its decision, without being asked', async (_, isRunning) => {
  const point = { store: 'nodes', write: 'applySums', nth: 1, moment: 'after' } as const;
  const doomed = await startDoomedApp(database.name, point);
  const crashed = await decide(doomed.client);
  const other = isRunning ? await startTestApp(database.name) : null;
  await doomed.diesDuring((client) => feedback(client, crashed.decisionId, FIRST));

  const app = other ?? (await startTestApp(database.name));
  try {
    const isKnown = async (): Promise<boolean> => (await app.data(LEARNED, crashed)).decision.revision === 1;
    await until('the decision has its outcome', isKnown);
    const { decision } = await app.data(LEARNED, crashed);
    expect(decision.outcome).toEqual({ success: false, pnl: -12.5, timeHeld: 60, exitReason: null });
    await until('no feedback is unsettled', async () => (await unsettled()) === 0);
  } finally {
    await app.stop();
  }
});

const unsettled = () => database.collection('ai_node_learning').countDocuments({ unsettled: { $ne: null } });

test("another decision's feedback finishes what a server left half done", async () => {
  const point = { store: 'nodes', write: 'applySums', nth: 1, moment: 'after' } as const;
  const doomed = await startDoomedApp(database.name, point);
  const crashed = await decide(doomed.client);
  await doomed.diesDuring((client) => feedback(client, crashed.decisionId, FIRST));

  // Nobody but that feedback does it.
  const app = await startTestApp(database.name, { sweepMs: 600_000 });
  try {
    const { logDecision } = await app.data(
      /* GraphQL */ `
        mutation Log($userNodeId: ID!) {
          logDecision(input: { userNodeId: $userNodeId, type: PAUSE, action: "wait", confidence: 50 }) {
            decisionLog { id }
          }
        }
      `,
      { userNodeId: crashed.userNodeId },
    );
    await feedback(app, logDecision.decisionLog.id, { success: true });
    const { decision, learningStats } = await app.data(LEARNED, crashed);
    expect(decision).toMatchObject({ revision: 1, outcome: { success: false, pnl: -12.5 } });
    expect(learningStats).toMatchObject({ evaluatedDecisions: 2, totalPnl: -12.5 });
  } finally {
    await app.stop();
  }
});
