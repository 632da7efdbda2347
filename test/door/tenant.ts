import { afterAll } from '@jest/globals';
import { createSchema } from '../../src/graphql/schema.js';
import type { Limits } from '../../src/limits.js';
import { id } from '../support/app.js';
import { type Client, createClient } from '../support/client.js';
import { mint } from '../support/tokens.js';
import { liveThrough } from './example.js';
import { createSecrets, type Secrets } from './secrets.js';
import { type Own, type RootField, rootFieldsOf, usually, variablesOf } from './sweep.js';

/** So long a stream that was not refused may take until its first event. */
const FIRST_EVENT_MS = 5_000;

/** A sweep asks more, and more at once, than anybody should. */
export const SWEEPING: Partial<Limits> = {
  documentBytes: 65_536,
  tokens: 10_000,
  depth: 30,
  cost: 1_000_000,
  operationsPerSecond: 100_000,
  messagesPerSecond: 100_000,
};

/** Every field of Query, Mutation and Subscription. */
export const FIELDS = rootFieldsOf(createSchema());

export const fieldAt = (coordinate: string): RootField => {
  const found = FIELDS.find((field) => field.coordinate === coordinate);
  if (found === undefined) throw new Error(`Expected a field of a root type, got ${coordinate}.`);
  return found;
};

/** What came back, without what differs from one answer to the next. Neither data nor errors: a stream that is silent. */
export interface Told {
  status?: number;
  data?: any;
  errors?: readonly { message: string; extensions?: { code?: string } }[];
}

export interface Tenant {
  userId: string;
  client: Client;
  /** All of its example: what it sent and what it was answered. */
  secrets: Secrets;
  /** What it has itself, by which it finds something. */
  own: Own;
  ask(field: RootField, variables: Record<string, unknown>): Promise<Told>;
}

/** Tenants who each lived through a full example; their sockets are closed after the tests. */
export function useTenants() {
  const clients: Client[] = [];
  afterAll(() => Promise.all(clients.map((client) => client.close())));
  /** In each text and name of an example that the tenant has is its mark. */
  return async (url: string, mark: string): Promise<Tenant> => {
    const userId = id();
    const client = createClient(url, await mint({ sub: userId, scope: 'read write admin' }));
    clients.push(client);
    const ask: Tenant['ask'] = (field, variables) => askOnce(client, field, variables);
    const secrets = createSecrets(mark);
    const learn = async (field: RootField, variables: Record<string, unknown>): Promise<any> => {
      const told = await ask(field, variables);
      if (refusalsIn(told).length > 0) {
        throw new Error(`Expected no refusal: ${JSON.stringify({ field: field.name, variables, told })}`);
      }
      secrets.learn([variables, told]);
      return told.data[field.name];
    };
    const own = await liveThrough(
      (name, input) => learn(fieldAt(`Mutation.${name}`), { input }),
      (what) => `${what}-${mark}`,
    );
    for (const field of FIELDS.filter(({ kind }) => kind === 'query')) {
      await learn(field, variablesOf(field, usually(field, own), own));
    }
    return { userId, client, secrets, own, ask };
  };
}

/** All that an answer refuses or fails with, in the errors as in the data. */
export const refusalsIn = ({ data, errors = [] }: Told): unknown[] => [
  ...errors,
  ...Object.values<any>(data ?? {}).flatMap((payload) => payload?.userErrors ?? []),
];

/** Of a subscription the first event, or what it is refused with. */
export async function askOnce(
  client: Client,
  { kind, document }: RootField,
  variables: Record<string, unknown>,
): Promise<Told> {
  if (kind !== 'subscription') {
    const { status, data, errors } = await client.send(document, variables);
    return { status, ...(data !== undefined && { data }), ...(errors !== undefined && { errors }) };
  }
  const stream = client.subscribe(document, variables);
  const data = await stream.next(FIRST_EVENT_MS).catch(() => null);
  if (data !== null) {
    stream.stop();
    return { data };
  }
  const errors = await stream.refused(1).catch(() => null);
  stream.stop();
  return errors === null ? {} : { errors };
}
