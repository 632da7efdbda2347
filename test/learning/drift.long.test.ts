import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { MIN_CONSTANT_VOTES, MIN_DRIFT_VOTES } from '../../src/domain/drift.js';
import { createObserver } from '../events/observing.js';
import { id, type RunningApp, useApp } from '../support/app.js';
import { type Client, createClient } from '../support/client.js';
import { until } from '../support/until.js';
import { flow } from '../support/scenario.js';
import { AUTH, mint } from '../support/tokens.js';
import { type Cast, decisionsOf } from '../voting/decide.js';
import { feedback } from './node.js';
import { as, NEVER_MS } from './users.js';

const observer = createObserver();
const running = useApp({ auth: AUTH, wrapPorts: observer.wrapPorts, pollMs: 100, sweepMs: NEVER_MS });
const user = id();
let app: RunningApp;
beforeAll(async () => {
  app = await as(running.app, { sub: user });
});

const DRIFT = /* GraphQL */ `
  fragment All on AgentDrift {
    agentName
    votes
    isDrifting
    findings { kind testKind test before after p sinceSeq since text }
    reason
    needed
  }
`;
const NOW = `${DRIFT} query Drift($userNodeId: ID!) { agentDrift(userNodeId: $userNodeId) { ...All } }`;
const LIVE = `${DRIFT} subscription Drift($userNodeId: ID!) { agentDrift(userNodeId: $userNodeId) { ...All } }`;

const driftOf = async (userNodeId: string, by = app) => (await by.data(NOW, { userNodeId })).agentDrift;

const ACTIONS: Record<string, Cast[1]> = { b: 'BUY', s: 'SELL', h: 'HOLD' };
/** What it states goes to and fro between 60 and 80, so that nothing is found in it. */
const confidenceAt = (i: number): number => 60 + ((i * 8) % 21);
const castOf = (agentName: string, letter: string, i: number): Cast => [
  agentName,
  ACTIONS[letter] ?? 'HOLD',
  confidenceAt(i),
];

/** A decision of these votes, and of agents that say they have no data; not judged. */
async function vote(userNodeId: string, casts: readonly Cast[], silent: readonly string[] = [], by = app) {
  const { start, vote: say } = flow(by);
  const { executionId } = await start({ totalAgents: casts.length + silent.length, userNodeId });
  for (const name of silent) await say(executionId, name, { abstention: 'NO_DATA' });
  for (const [name, action, confidence] of casts) await say(executionId, name, { action, confidence });
}

/** 0 of 6 holds, then 16 of 23. */
const BEFORE = 'bsbsbs';
const CHANGED = `${BEFORE}hhbhhshhbhhshhbhhshhbhh`;
const STEADY = 'bsh'.repeat(10);

const NOTHING = { isDrifting: false, findings: [], reason: null, needed: MIN_DRIFT_VOTES };
const tooFew = (agentName: string, votes: number) => ({
  ...NOTHING,
  agentName,
  votes,
  reason: 'NOT_ENOUGH_DATA',
});

describe('of 29 decisions without an outcome', () => {
  const node = id();
  beforeAll(async () => {
    for (const [i, letter] of [...CHANGED].entries()) {
      const casts = [castOf('momentum', letter, i), castOf('steady', STEADY[i] ?? '', i)];
      if (i >= 25) casts.push(castOf('newcomer', 'b', i));
      await vote(node, casts, i < 25 ? ['newcomer'] : []);
    }
  });
  const found = (since: string) => ({
    ...NOTHING,
    agentName: 'momentum',
    votes: 29,
    isDrifting: true,
    findings: [
      {
        kind: 'ACTION_MIX',
        testKind: 'FISHER_EXACT',
        test: 'Fisher exact',
        before: 6,
        after: 23,
        // (23 over 6 ways of 29 over 6) … of the 16 holds none is among the first six: (13 over 6) of (29 over 6).
        p: expect.closeTo(1716 / 475_020, 9),
        sinceSeq: 7,
        since,
        text: "momentum said hold in 0 of 6 votes before and in 16 of 23 since decision 7 (Fisher's exact test, p = 0.004).",
      },
    ],
  });
  const asLogged = async () => {
    const { decisions } = await app.data(
      'query ($id: ID!) { decisions(userNodeId: $id, first: 100) { edges { node { seq timestamp } } } }',
      { id: node },
    );
    const at = decisions.edges.find((edge: any) => edge.node.seq === 7).node.timestamp;
    return [found(at), tooFew('newcomer', 4), { ...NOTHING, agentName: 'steady', votes: 29 }];
  };

  test('0 of 6 holds before and 16 of 23 after are found, and nothing of a steady agent or of too few votes', async () => {
    expect(await driftOf(node)).toEqual(await asLogged());
  });

  test('the same is found once some are judged', async () => {
    for (const [i, { id: decisionId }] of (await decisionsOf(app, node)).slice(0, 4).entries()) {
      await feedback(app, decisionId, { success: i % 2 === 0, pnl: 3 - i });
    }
    expect(await driftOf(node)).toEqual(await asLogged());
  });

  test('nothing is told to another user, or of another node', async () => {
    expect(await driftOf(node, await as(running.app, { sub: id() }))).toEqual([]);
    expect(await driftOf(id())).toEqual([]);
  });
});

test('an agent that says the same each time is found once it has said it often enough', async () => {
  const node = id();
  const stuck: Cast[] = [['stuck', 'BUY', 85]];
  for (let votes = 0; votes < MIN_CONSTANT_VOTES - 1; votes += 10) {
    const some = Math.min(10, MIN_CONSTANT_VOTES - 1 - votes);
    await Promise.all(Array.from({ length: some }, () => vote(node, stuck)));
  }
  expect(await driftOf(node)).toEqual([{ ...NOTHING, agentName: 'stuck', votes: MIN_CONSTANT_VOTES - 1 }]);
  await vote(node, stuck);
  const always = (kind: string, says: string) => ({
    kind,
    testKind: 'EXACT_BINOMIAL',
    test: 'exact binomial',
    before: 0,
    after: MIN_CONSTANT_VOTES,
    p: expect.any(Number),
    sinceSeq: null,
    since: null,
    text: expect.stringContaining(
      `stuck ${says} in all of ${MIN_CONSTANT_VOTES} votes (exact binomial test, p `,
    ),
  });
  const [drift, ...others] = await driftOf(node);
  expect(others).toEqual([]);
  expect(drift).toEqual({
    ...NOTHING,
    agentName: 'stuck',
    votes: MIN_CONSTANT_VOTES,
    isDrifting: true,
    findings: [always('CONSTANT_ACTION', 'said buy'), always('CONSTANT_CONFIDENCE', 'stated 85 %')],
  });
  for (const { p } of drift.findings) expect(p).toBeLessThan(0.01);
});

test('votes that did not make a quorum count, and advice does', async () => {
  const node = id();
  await vote(node, [castOf('alone', 'b', 0)], ['b', 'c', 'd']);
  const { start, vote: say } = flow(app);
  const { executionId } = await start({ totalAgents: 2, userNodeId: node });
  await say(executionId, 'adviser', { action: 'BUY', confidence: 70, weight: 0 });
  await say(executionId, 'alone', { action: 'BUY', confidence: 70 });
  expect(await driftOf(node)).toEqual([tooFew('adviser', 1), tooFew('alone', 2)]);
});

describe('the stream', () => {
  const clients: Client[] = [];
  const clientOf = async (sub: string): Promise<Client> => {
    const client = createClient(running.app.url, await mint({ sub }));
    clients.push(client);
    return client;
  };
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
    await until('every feed of the test before is let go', () => observer.listeners === 0);
  });

  test('tells what is now, then again when a completed vote has changed what is found, and only then', async () => {
    const node = id();
    const other = id();
    const next = (i: number) => vote(node, [castOf('momentum', BEFORE[i] ?? 'h', i)]);
    for (let i = 0; i < MIN_DRIFT_VOTES - 2; i++) await next(i);
    const stream = (await clientOf(user)).subscribe(LIVE, { userNodeId: node });
    expect(await stream.next()).toEqual({ agentDrift: [tooFew('momentum', MIN_DRIFT_VOTES - 2)] });
    await until('the stream is open', () => observer.listeners === 1);

    await next(MIN_DRIFT_VOTES - 2);
    await vote(node, [['stranger', 'BUY', 80]]);
    await vote(id(), [castOf('momentum', 'h', 0)]);
    await vote(node, [castOf('momentum', 'h', 0)], [], await as(running.app, { sub: other }));
    await flow(app).start({ userNodeId: node });
    await stream.silence(300);

    await next(MIN_DRIFT_VOTES - 1);
    const [momentum, stranger] = (await stream.next()).agentDrift;
    expect(stranger).toEqual(tooFew('stranger', 1));
    expect(momentum).toMatchObject({
      agentName: 'momentum',
      votes: MIN_DRIFT_VOTES,
      isDrifting: true,
      reason: null,
    });
    expect(momentum.findings).toMatchObject([
      { kind: 'ACTION_MIX', before: 6, after: MIN_DRIFT_VOTES - 6, sinceSeq: 7 },
    ]);

    await next(MIN_DRIFT_VOTES);
    const [newest] = await decisionsOf(app, node);
    await feedback(app, newest.id, { success: true });
    await stream.silence(300);
    expect((await driftOf(node))[0].findings).toMatchObject([{ sinceSeq: 7, after: MIN_DRIFT_VOTES - 5 }]);
    stream.stop();
    await until('the feed is let go', () => observer.listeners === 0);
  });

  test('tells nothing of another user’s votes for a node of the same id', async () => {
    const node = id();
    const stream = (await clientOf(id())).subscribe(LIVE, { userNodeId: node });
    expect(await stream.next()).toEqual({ agentDrift: [] });
    for (let i = 0; i < 3; i++) await vote(node, [castOf('momentum', 'b', i)]);
    await stream.silence(300);
  });

  test('is let go of when the client leaves, before its first event or after it', async () => {
    const node = id();
    const client = await clientOf(user);
    const [left, stayed] = [
      client.subscribe(LIVE, { userNodeId: node }),
      client.subscribe(LIVE, { userNodeId: node }),
    ];
    left.stop();
    await stayed.next();
    await until('the one that stays is open', () => observer.listeners === 1);
    stayed.stop();
    await stayed.ended();
    await until('the feed is let go', () => observer.listeners === 0);
    expect(left.pending).toEqual([]);
  });

  test('is refused for what is no id, as the query is', async () => {
    const message = 'Expected `userNodeId` to be 24 hex digits, got "x".';
    const [error] = await (await clientOf(user)).subscribe(LIVE, { userNodeId: 'x' }).refused();
    expect(error).toMatchObject({ message, extensions: { code: 'BAD_USER_INPUT' } });
    const { errors } = await app.send(NOW, { userNodeId: 'x' });
    expect(errors).toMatchObject([{ message, extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});
