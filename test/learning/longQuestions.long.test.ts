import { beforeAll, expect, test } from '@jest/globals';
import type { Ports } from '../../src/domain/ports.js';
import { id, type RunningApp, useApp } from '../support/app.js';
import { type Answer, type Client, createClient } from '../support/client.js';
import { type Promised, promised } from '../support/promised.js';
import { flow } from '../support/scenario.js';
import { AUTH, mint } from '../support/tokens.js';
import { decide } from '../voting/decide.js';
import { settings } from './changes.js';
import { feedback, statsOf } from './node.js';
import { as } from './users.js';

/** As many as one user may have. */
const MOST = 10;

/** The next reading of a user's history waits until it is let go; those after it do not. */
const next = new Map<string, { isHeld: Promised<void>; letGo: Promised<void> }>();
let aheadMs = 0;
const wrapPorts = (ports: Ports): Ports => ({
  ...ports,
  clock: { now: () => new Date(Date.now() + aheadMs) },
  decisions: {
    ...ports.decisions,
    async history(userId, ...range) {
      const held = next.get(userId);
      next.delete(userId);
      held?.isHeld.resolve();
      await held?.letGo.promise;
      return ports.decisions.history(userId, ...range);
    },
  },
});
const running = useApp({ auth: AUTH, wrapPorts, sweepMs: 20 });

const WHAT_IF = /* GraphQL */ `
  query WhatIf($input: WhatIfInput!) {
    whatIf(input: $input) { decisions changed }
  }
`;
const DRIFT = 'query Drift($userNodeId: ID!) { agentDrift(userNodeId: $userNodeId) { agentName votes } }';
const SLICES = /* GraphQL */ `
  query Slices($userNodeId: ID!) {
    agentPerformance(userNodeId: $userNodeId) { agentName slices(by: SYMBOL) { key } }
  }
`;
const SMALL = /* GraphQL */ `
  query Small($userNodeId: ID!, $id: ID!) {
    viewer { id }
    decision(id: $id) { id }
    agentPerformance(userNodeId: $userNodeId) { agentName evaluatedVotes }
    nodeParameters(userNodeId: $userNodeId) { version }
    decisionBrief(userNodeId: $userNodeId, symbol: "SPX") { isEmpty }
  }
`;

interface User {
  app: RunningApp;
  userId: string;
  node: string;
  decisions: string[];
}

/** Somebody with decisions of one node, of which the first is judged: slices are of what is learned. */
async function userWith(decisions: number): Promise<User> {
  const [userId, node] = [id(), id()];
  const app = await as(running.app, { sub: userId, scope: 'read write admin' });
  const ids: string[] = [];
  for (let i = 0; i < decisions; i++) {
    // One agent at 80 % is shown as 65 % before anything is learned of it.
    ids.push((await decide(app, [['solo', 'BUY', 80]], { userNodeId: node })).decision.id);
  }
  await feedback(app, ids[0] ?? '', { success: true, pnl: 10 });
  return { app, userId, node, decisions: ids };
}

const whatIf = ({ app, node }: User) => app.send(WHAT_IF, { input: { userNodeId: node, rule: 'MAJORITY' } });
const ask = (user: User, i: number): Promise<Answer> => {
  const document = [null, DRIFT, SLICES][i % 3] ?? null;
  return document === null ? whatIf(user) : user.app.send(document, { userNodeId: user.node });
};

/** As many questions of a user as there may be, the first of which waits; and what lets them go. */
async function fill(user: User) {
  const held = { isHeld: promised<void>(), letGo: promised<void>() };
  next.set(user.userId, held);
  const first = ask(user, 0);
  await held.isHeld.promise;
  const others = Array.from({ length: MOST + 2 }, (_, i) => ask(user, i + 1));
  // Three of these are one too many: they are answered at once, and all others wait.
  const refused = await new Promise<Answer[]>((resolve) => {
    const found: Answer[] = [];
    for (const other of others) {
      void other.then((answer) => {
        found.push(answer);
        if (found.length === 3) resolve([...found]);
      });
    }
  });
  return {
    refused,
    isFull: async () => (await whatIf(user)).errors?.[0]?.extensions.code === 'RATE_LIMITED',
    async letGo() {
      held.letGo.resolve();
      return (await Promise.all([first, ...others])).filter((answer) => !refused.includes(answer));
    },
  };
}

let other: User;
beforeAll(async () => {
  other = await userWith(1);
});

test('more than ten questions over long histories are refused, and those there are room for are answered', async () => {
  const user = await userWith(1);
  const { refused, letGo, isFull } = await fill(user);
  expect(
    refused.map(({ status, errors }) => [
      status,
      errors?.map(({ message, extensions }) => [message, extensions]),
    ]),
  ).toEqual(Array.from({ length: 3 }, () => [429, [[RULE, { code: 'RATE_LIMITED' }]]]));
  expect(await isFull()).toBe(true);
  const answered = await letGo();
  expect(answered).toHaveLength(MOST);
  expect(answered.map(({ errors }) => errors)).toEqual(answered.map(() => undefined));
  expect(await isFull()).toBe(false);
});
const RULE = 'Expected at most 10 questions over long histories of one user at once, got one more.';

/** Does something while as many questions of a user wait as may; each only waits for as long as an answer may take. */
async function whileFull(user: User, work: () => Promise<void>): Promise<void> {
  const { letGo, isFull } = await fill(user);
  await work();
  expect(await isFull()).toBe(true);
  await letGo();
}

test('whoever else asks is answered meanwhile, and small questions of everybody are', async () => {
  const user = await userWith(1);
  for (let i = 0; i < 6; i++)
    await whileFull(user, async () => expect((await ask(other, i)).errors).toBeUndefined());
  await whileFull(user, async () =>
    expect((await whatIf(other)).data).toEqual({ whatIf: { decisions: 1, changed: 0 } }),
  );
  for (const { app, userId, node, decisions } of [user, other]) {
    await whileFull(user, async () =>
      expect(await app.data(SMALL, { userNodeId: node, id: decisions[0] })).toMatchObject({
        viewer: { id: userId },
        decision: { id: decisions[0] },
        decisionBrief: { isEmpty: false },
      }),
    );
    await whileFull(user, async () => expect((await statsOf(app, node)).totalDecisions).toBe(1));
    await whileFull(user, async () =>
      expect((await decide(app, [['solo', 'BUY', 80]])).decision).not.toBeNull(),
    );
  }
});

test('what changes parameters looks through the history as a question does, and says so in the same words', async () => {
  const user = await userWith(1);
  const { letGo, isFull } = await fill(user);
  const proposal = { userNodeId: user.node, path: 'quorum', to: 60, reason: 'Why not.' };
  const { errors } = await user.app.send(PROPOSE, { input: proposal });
  expect(errors).toMatchObject([{ message: RULE, extensions: { code: 'RATE_LIMITED' } }]);
  expect((await settings(user.app).history(user.node, { filter: { path: 'quorum' } })).edges).toEqual([]);
  expect(await isFull()).toBe(true);
  await letGo();
  const { userErrors } = await settings(user.app).propose(user.node, 'quorum', 60);
  expect(userErrors).toEqual([]);
});
const PROPOSE = /* GraphQL */ `
  mutation Propose($input: ProposeParameterChangeInput!) {
    proposeParameterChange(input: $input) { parameterChange { id } }
  }
`;

test('feedback that brings a suggestion with its evidence does not wait for the user’s own questions', async () => {
  const user = await userWith(20);
  const learn = (i: number) =>
    feedback(user.app, user.decisions[i] ?? '', { success: i % 5 !== 0, pnl: i % 5 === 0 ? -10 : 10 });
  for (let i = 1; i < 19; i++) await learn(i);
  const { letGo, isFull } = await fill(user);
  expect(await learn(19)).toMatchObject({ userErrors: [], decisionLog: { revision: 1 } });
  const { edges } = await settings(user.app).history(user.node, { filter: { path: 'min_confidence' } });
  expect(edges).toMatchObject([
    { node: { from: 0, to: 5, status: 'PROPOSED', evidence: { decisions: 20, n: 20, changed: 0 } } },
  ]);
  expect(await isFull()).toBe(true);
  await letGo();
});

test('the deadline of another user’s vote is met meanwhile', async () => {
  const user = await userWith(1);
  const socket: Client = createClient(running.app.url, await mint({ sub: other.userId }));
  try {
    const { start, vote, outcome } = flow(other.app);
    const { executionId } = await start({ totalAgents: 2, timeout: 3_600 });
    await vote(executionId, 'a', { action: 'BUY', confidence: 80 });
    const completed = socket.subscribe(COMPLETED, { executionId });
    const { letGo, isFull } = await fill(user);
    aheadMs += 3_600_000;
    expect((await completed.next()).voteCompleted.consensus.action).toBe('BUY');
    expect(await isFull()).toBe(true);
    expect((await outcome(executionId)).status).toBe('COMPLETED');
    await letGo();
  } finally {
    await socket.close();
  }
});
const COMPLETED = /* GraphQL */ `
  subscription Completed($executionId: ID!) {
    voteCompleted(executionId: $executionId) { consensus { action } }
  }
`;
