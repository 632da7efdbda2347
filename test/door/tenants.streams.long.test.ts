import { afterEach, describe, expect, test } from '@jest/globals';
import { getNamedType } from 'graphql';
import { completeOne } from '../events/operations.js';
import { createObserver } from '../events/observing.js';
import { id, type RunningApp, useApp } from '../support/app.js';
import { createClient, type Subscription } from '../support/client.js';
import { until } from '../support/until.js';
import { flow } from '../support/scenario.js';
import { AUTH, mint } from '../support/tokens.js';
import { decide } from '../voting/decide.js';
import { type RootField, variablesOf } from './sweep.js';
import { FIELDS, SWEEPING } from './tenant.js';

const observer = createObserver();
const running = useApp({
  auth: AUTH,
  limits: SWEEPING,
  pollMs: 100,
  wrapPorts: observer.wrapPorts,
});

interface Caller extends RunningApp {
  userId: string;
}

let callers: Caller[] = [];
afterEach(async () => {
  for (const { stop } of callers) await stop();
  callers = [];
  await until('every feed of the test before is let go', () => observer.listeners === 0);
});

async function newCaller(): Promise<Caller> {
  const { url } = running.app;
  const userId = id();
  const client = createClient(url, await mint({ sub: userId }));
  const caller = { ...client, userId, url, stop: client.close };
  callers.push(caller);
  return caller;
}

const EARLY = '2000-01-01T00:00:00.000Z';
const STREAMS = FIELDS.filter(({ kind }) => kind === 'subscription');
const idsOf = ({ slots }: RootField) => slots.filter(({ takes, isNested }) => takes === 'id' && !isNested);

/** Those that name nothing follow all that is one's own: from now, and from each instant they can begin at. */
const OF_ALL = STREAMS.flatMap((field): [string, Record<string, unknown>, RootField][] => {
  const required = variablesOf(field, new Map());
  if (idsOf(field).some(({ path }) => (path.split('.')[0] as string) in required)) return [];
  const instants = field.variables.filter(({ type }) => getNamedType(type).name === 'DateTime');
  return [required, ...instants.map(({ name }) => ({ ...required, [name]: EARLY }))].map((variables) => [
    field.coordinate,
    variables,
    field,
  ]);
});

const mentions = ({ pending }: Subscription, text: string): boolean => JSON.stringify(pending).includes(text);

/** Both follow the same; the owner does something, of which it hears itself. */
async function bothFollow({ document }: RootField, variables: Record<string, unknown>) {
  const owner = await newCaller();
  const stranger = await newCaller();
  const before = await completeOne(owner);
  const heard = owner.subscribe(document, variables);
  const overheard = stranger.subscribe(document, variables);
  await until('both streams are open', () => observer.listeners === 2);
  const live = await completeOne(owner);
  await until('the owner hears of its own', () => mentions(heard, live));
  return { owner, stranger, heard, overheard, before, live };
}

describe('of all that is one’s own', () => {
  test.each(OF_ALL)('%s with %j tells its owner and no stranger', async (_, variables, field) => {
    const { stranger, heard, overheard, before, live } = await bothFollow(field, variables);
    await overheard.silence(200);
    expect(mentions(heard, before)).toBe(Object.values(variables).includes(EARLY));
    const own = await completeOne(stranger);
    await until('the stranger hears of its own', () => mentions(overheard, own));
    expect([before, live].filter((executionId) => mentions(overheard, executionId))).toEqual([]);
  });
});

const OF_ONE = STREAMS.flatMap((field) =>
  idsOf(field).map(({ coordinate, path }): [string, RootField, string] => [coordinate, field, path]),
);
const isOfNode = ([, , path]: (typeof OF_ONE)[number]): boolean => path === 'userNodeId';

describe('of one execution that two users have under the same id', () => {
  test.each(OF_ONE.filter((one) => !isOfNode(one)))(
    '%s tells each of them its own',
    async (_, field, path) => {
      const owner = await newCaller();
      const stranger = await newCaller();
      const { executionId } = await flow(owner).start({ totalAgents: 1 });
      await flow(stranger).start({ executionId, totalAgents: 1 });
      const variables = variablesOf(field, new Map([[path, executionId]]));
      const heard = owner.subscribe(field.document, variables);
      const overheard = stranger.subscribe(field.document, variables);
      await until('both streams are open', () => observer.listeners === 2);
      // As it is now, of those that begin with that.
      await overheard.next(200).catch(() => null);

      const vote = { action: 'BUY', confidence: 80 };
      await flow(owner).vote(executionId, 'solo', vote, { content: { text: 'quokka' } });
      await until('the owner hears of its own', () => mentions(heard, 'quokka'));
      await overheard.silence(200);
      await flow(stranger).vote(executionId, 'solo', vote, { content: { text: 'wombat' } });
      await until('the stranger hears of its own', () => mentions(overheard, 'wombat'));
      expect([mentions(overheard, 'quokka'), mentions(heard, 'wombat')]).toEqual([false, false]);
    },
  );
});

describe('of one node that two users have under the same id', () => {
  /** Decisions of one agent that says the one for twelve times and then the other: after 24 that is a drift. */
  const decideTimes = async (caller: Caller, agent: string, userNodeId: string, from: number, to: number) => {
    for (let i = from; i <= to; i++) {
      await decide(caller, [[agent, i <= 12 ? 'BUY' : 'SELL', 60 + i]], { userNodeId });
    }
  };

  test.each(OF_ONE.filter(isOfNode))('%s tells each of them its own', async (_, field, path) => {
    const [owner, stranger] = [await newCaller(), await newCaller()];
    const userNodeId = id();
    await Promise.all([
      decideTimes(owner, 'quokka', userNodeId, 1, 23),
      decideTimes(stranger, 'wombat', userNodeId, 1, 23),
    ]);
    const variables = variablesOf(field, new Map([[path, userNodeId]]));
    const heard = owner.subscribe(field.document, variables);
    const overheard = stranger.subscribe(field.document, variables);
    const first = (await Promise.all([heard.next(), overheard.next()])).map((event) => JSON.stringify(event));
    const told = ['quokka', 'wombat'].map((agent) => first.map((event) => event.includes(agent)));
    expect(told).toEqual([
      [true, false],
      [false, true],
    ]);
    await until('both streams are open', () => observer.listeners === 2);

    await decideTimes(owner, 'quokka', userNodeId, 24, 24);
    await until('the owner hears of its own', () => mentions(heard, 'quokka'));
    await overheard.silence(200);
    await decideTimes(stranger, 'wombat', userNodeId, 24, 24);
    await until('the stranger hears of its own', () => mentions(overheard, 'wombat'));
    expect([mentions(overheard, 'quokka'), mentions(heard, 'wombat')]).toEqual([false, false]);
  });
});
