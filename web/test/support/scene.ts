import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { RunningApp } from '../../../test/support/app.js';
import { flow } from '../../../test/support/scenario.js';

export const AGENTS = ['analyst', 'momentum', 'risk_manager', 'contrarian'] as const;

/** A conversation of four agents who have talked; nobody has voted. */
export async function startTalk(app: RunningApp, input: Record<string, unknown> = {}) {
  const { start, say } = flow(app);
  const started = await start({ agents: AGENTS.map((agentName) => ({ agentName })), ...input });
  const { executionId } = started;
  const colors = ['#1a7f37', '#0969da', '#bc4c00', '#8250df'];
  const texts = [
    'The trend of the last 20 days is up, and volume follows.',
    'Momentum stands at 1.4 deviations of its own noise.',
    'A position of 4 % would lose 1.1 % on a day such as the worst of the year.',
    'Everybody is long already. Who is left to buy?',
  ];
  for (const [i, agentName] of AGENTS.entries()) {
    await say(executionId, {
      agentName,
      agentRole: ['trend', 'trend', 'risk', 'contrarian'][i],
      aiModel: i % 2 === 0 ? 'model-a' : 'model-b',
      messageType: i === 3 ? 'THOUGHT' : 'ANALYSIS',
      content: {
        text: texts[i],
        confidence: 60 + 5 * i,
        sentiment: i === 3 ? 'BEARISH' : 'BULLISH',
        data: { close: 4_100.5 + i },
      },
      ui: { color: colors[i], icon: ['chart', 'bolt', 'shield', 'unheard-of'][i], tone: 'NEUTRAL' },
    });
  }
  return started;
}

/** The same, voted on: two buy, one sells, one fails. */
export async function voteOn(app: RunningApp, executionId: string): Promise<void> {
  const { vote } = flow(app);
  await vote(executionId, 'analyst', { action: 'BUY', confidence: 72 });
  await vote(executionId, 'momentum', { action: 'BUY', confidence: 64 });
  await vote(executionId, 'risk_manager', { abstention: 'MODEL_ERROR' });
  await vote(executionId, 'contrarian', { action: 'SELL', confidence: 58 });
}

export const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

/** Says the messages `from` to `to` of an execution, in order. */
export async function sayMany(app: RunningApp, executionId: string, from: number, to: number): Promise<void> {
  const { say } = flow(app);
  for (let i = from; i <= to; i++) await say(executionId, { content: { text: `Number ${i}.` } });
}

/** The numbers of the messages on a room's page, in their order there. */
export const seqsOn = (page: Page): Promise<number[]> =>
  page
    .locator('[data-seq]')
    .evaluateAll((rows) => rows.map((row) => Number((row as HTMLElement).dataset['seq'])));

const PATIENCE_MS = 20_000;

/** Waits until it is so, 20 s at most. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  const endsAt = performance.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (performance.now() > endsAt) throw new Error(`Waited 20 s in vain: ${isSo}`);
    await sleep(20);
  }
}

/** The id of the decision a vote came to. */
export async function decisionOf(app: RunningApp, executionId: string): Promise<string> {
  const asked = 'query ($id: ID!) { conversation(executionId: $id) { decision { id } } }';
  for (;;) {
    const { conversation } = await app.data(asked, { id: executionId });
    if (conversation.decision !== null) return conversation.decision.id;
  }
}

/** Proposes a change of a node's parameter and approves it; answers its id. */
export async function changeParameter(
  app: RunningApp,
  userNodeId: string,
  path: string,
  to: number,
): Promise<string> {
  const { proposeParameterChange } = await app.data(
    'mutation ($input: ProposeParameterChangeInput!) { proposeParameterChange(input: $input) { parameterChange { id } } }',
    { input: { userNodeId, path, to, reason: 'The last weeks.' } },
  );
  const { id } = proposeParameterChange.parameterChange;
  await decideChange(app, id, 'APPROVE');
  return id;
}

export async function decideChange(
  app: RunningApp,
  changeId: string,
  decision: 'APPROVE' | 'ROLL_BACK',
): Promise<void> {
  const { decideParameterChange } = await app.data(
    'mutation ($input: DecideParameterChangeInput!) { decideParameterChange(input: $input) { userErrors { code } } }',
    { input: { changeId, decision } },
  );
  const { userErrors } = decideParameterChange;
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
}
