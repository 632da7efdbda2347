import { isDeepStrictEqual } from 'node:util';
import { expect } from '@jest/globals';
import { id } from '../support/app.js';
import { ballotInput, messageInput, startInput } from '../support/scenario.js';
import { createTwins, normalised, type Secrets } from './secrets.js';
import { type Case, casesOf, type Given, type Own, type RootField, usually, variablesOf } from './sweep.js';
import { fieldAt, refusalsIn, type Tenant } from './tenant.js';

/** Two who have the same record of their own: one asks with the owner's values, its double with others. */
export interface Sides {
  asker: Tenant;
  double: Tenant;
  owner: Secrets;
  /** For each value of the owner's the one that the double gives, which exists nowhere. */
  twinOf: (value: string) => string;
}

export async function createSides(owner: Secrets, newTenant: () => Promise<Tenant>): Promise<Sides> {
  const twinOf = createTwins();
  // Before the two have records: a place in a list is before all of those for both.
  for (const cursor of owner.cursors) twinOf(cursor);
  const [asker, double] = await Promise.all([newTenant(), newTenant()]);
  return { asker, double, owner, twinOf };
}

/** Gives both sides conversations under the execution ids, and a decision of each node, that they will ask with. */
export async function squat({ asker, double, owner, twinOf }: Sides): Promise<void> {
  for (const executionId of owner.executionIds) {
    await converse(asker, executionId);
    await converse(double, twinOf(executionId));
  }
  for (const userNodeId of owner.nodeIds) {
    await decideOnce(asker, userNodeId);
    await decideOnce(double, twinOf(userNodeId));
  }
}

const converse = (tenant: Tenant, executionId: string): Promise<void> =>
  tell(tenant, [
    ['startConversation', startInput({ executionId })],
    ['addMessage', messageInput(executionId)],
    ['addMessage', messageInput(executionId)],
    ['closeVoting', { executionId }],
  ]);

async function decideOnce(tenant: Tenant, userNodeId: string): Promise<void> {
  const executionId = id();
  await tell(tenant, [
    ['startConversation', startInput({ executionId, userNodeId, totalAgents: 1 })],
    ['addMessage', ballotInput(executionId, 'solo', { action: 'BUY', confidence: 70 })],
  ]);
}

async function tell({ ask }: Tenant, steps: [name: string, input: Record<string, unknown>][]): Promise<void> {
  for (const [name, input] of steps) {
    expect(refusalsIn(await ask(fieldAt(`Mutation.${name}`), { input }))).toEqual([]);
  }
}

/** What an answer has that it should not. */
export interface Finding {
  operation: string;
  given: Record<string, string>;
  leaked: string[];
  answer: unknown;
  expected: unknown;
}

/** Codes of what was never looked up: such an answer says nothing. */
const IN_VAIN = /GRAPHQL_|QUERY_TOO_COMPLEX|RATE_LIMITED|UNAVAILABLE|INTERNAL_SERVER_ERROR/;

/** What leaks, what tells the owner's values from those that exist nowhere, and what answers nothing at all. */
export async function* findings(
  field: RootField,
  sides: Sides,
  cases: readonly Case[] = casesOf(field, sides.owner),
): AsyncGenerator<Finding, void> {
  const { asker, double, owner, twinOf } = sides;
  const tell = async (one: Case): Promise<Finding | null> => {
    const twins = new Map([...one.given].map(([path, value]) => [path, twinOf(value)]));
    const [answer, expected] = await Promise.all([
      asker.ask(field, variablesFor(field, one, asker.own)),
      double.ask(field, variablesFor(field, { ...one, given: twins }, double.own)),
    ]);
    const leaked = owner.leakedBy(answer, one.given.values());
    const told = [normalised(answer, one.given.values()), normalised(expected, twins.values())] as const;
    const isSilent = answer.data === undefined && answer.errors === undefined;
    const isVain = answer.errors?.some(({ extensions }) => IN_VAIN.test(extensions?.code ?? ''));
    if (leaked.length === 0 && !isSilent && !isVain && isDeepStrictEqual(...told)) return null;
    const given = Object.fromEntries(one.given);
    return { operation: field.coordinate, given, leaked, answer: told[0], expected: told[1] };
  };
  // What changes something is done one after the other, by both sides alike.
  for (const some of chunksOf(cases, field.kind === 'mutation' ? 1 : 8)) {
    for (const found of await Promise.all(some.map(tell))) if (found !== null) yield found;
  }
}

export const chunksOf = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));

/** Where no slot of the root is taken there is to be something to find all the same. */
export function variablesFor(field: RootField, { slots, given }: Case, own: Own): Record<string, unknown> {
  const around: Given = slots.every(({ isNested }) => isNested) ? usually(field, own) : new Map();
  return variablesOf(field, new Map([...around, ...given]), own);
}

/** Who asks for conversations as of their second message. */
export const asOfSecond = (sides: Sides): Sides => {
  const given = { 'Query.conversation.asOfSeq': () => 2 };
  const asking = (tenant: Tenant): Tenant => ({ ...tenant, own: { ...tenant.own, ...given } });
  return { ...sides, asker: asking(sides.asker), double: asking(sides.double) };
};

/** Enough of them to read: the rest is not looked for. */
export async function firstOf<T>(source: AsyncIterable<T>, n: number): Promise<T[]> {
  const found: T[] = [];
  for await (const one of source) {
    found.push(one);
    if (found.length === n) break;
  }
  return found;
}
