import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { extendSchema, parse, validate } from 'graphql';
import { createSchema } from '../../src/graphql/schema.js';
import { useApp } from '../support/app.js';
import { createClient } from '../support/client.js';
import { AUTH } from '../support/tokens.js';
import {
  asOfSecond,
  chunksOf,
  createSides,
  findings,
  firstOf,
  type Sides,
  squat,
  variablesFor,
} from './findings.js';
import { type Case, casesOf, type RootField, rootFieldsOf, variablesOf } from './sweep.js';
import { FIELDS, fieldAt, refusalsIn, SWEEPING, type Tenant, useTenants } from './tenant.js';

const running = useApp({ auth: AUTH, limits: SWEEPING });
const newTenant = useTenants();
let owner: Tenant;
// One field is asked with every value of the owner's in each of its slots.
jest.setTimeout(90_000);

beforeAll(async () => {
  owner = await newTenant(running.app.url, 'quokka');
});

const newSides = (): Promise<Sides> => createSides(owner.secrets, () => newTenant(running.app.url, 'wombat'));

const slotsOf = (fields: readonly RootField[]): string[] =>
  fields.flatMap(({ coordinate, slots }) => slots.map((slot) => `${coordinate} ${slot.coordinate}`));

describe('the sweep', () => {
  test('asks a valid operation of every field there is', () => {
    const schema = createSchema();
    const names = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap(
      (type) => Object.keys(type?.getFields() ?? {}).map((name) => `${type}.${name}`),
    );
    expect(FIELDS.map(({ coordinate }) => coordinate)).toEqual(names);
    expect(FIELDS.flatMap(({ document }) => validate(schema, parse(document)))).toEqual([]);
  });

  test('covers a field, an argument and an input that are added to the schema', () => {
    const added = parse(`
      extend type Query { audit(ofConversation: ID!, filter: AuditFilter, before: String): [Message!] }
      extend type Conversation { quote(id: ID!, idempotencyKey: String): Message }
      extend input CloseVotingInput { by: [Closer!] }
      input AuditFilter { either: [AuditFilter!], decisions: [ID!] }
      input Closer { id: ID! }
    `);
    const fields = rootFieldsOf(extendSchema(createSchema(), added));
    const slots = slotsOf(fields).filter((slot) => !slotsOf(FIELDS).includes(slot));
    expect(slots.filter((slot) => /^(Query.audit|Mutation.closeVoting) /.test(slot))).toEqual([
      'Query.audit Query.audit.ofConversation',
      'Query.audit AuditFilter.decisions',
      'Query.audit Query.audit.before',
      'Query.audit Conversation.messages.after',
      'Query.audit Conversation.messages.before',
      'Query.audit Conversation.quote.id',
      'Query.audit Conversation.quote.idempotencyKey',
      'Mutation.closeVoting Closer.id',
      'Mutation.closeVoting Conversation.quote.id',
      'Mutation.closeVoting Conversation.quote.idempotencyKey',
    ]);
    const audit = fields.find(({ name }) => name === 'audit') as RootField;
    const given = new Map([
      ['filter.decisions', 'one'],
      ['Conversation_quote_id', 'two'],
    ]);
    expect(variablesOf(audit, given, { ofConversation: () => 'three' })).toEqual({
      ofConversation: 'three',
      filter: { decisions: ['one'] },
      Conversation_quote_id: 'two',
    });
  });

  test('fails on an argument that it has no value for, and names it', () => {
    const added = parse('scalar Money extend type Query { spent(by: ID, atLeast: Money!): Viewer }');
    const fields = rootFieldsOf(extendSchema(createSchema(), added));
    const spent = fields.find(({ name }) => name === 'spent') as RootField;
    expect(() => variablesOf(spent, new Map([['by', 'somebody']]))).toThrow(
      'Expected a plausible value for Query.spent.atLeast of type Money!, to sweep Query.spent.',
    );
  });
});

describe('of another’s record', () => {
  let reads: [field: RootField, one: Case][];
  let before: unknown[];

  const readAll = async (): Promise<unknown[]> => {
    const answers: unknown[] = [];
    for (const some of chunksOf(reads, 8)) {
      const asked = some.map(([field, one]) => owner.ask(field, variablesFor(field, one, owner.own)));
      answers.push(...(await Promise.all(asked)));
    }
    return answers;
  };
  beforeAll(async () => {
    reads = FIELDS.filter(({ kind }) => kind === 'query').flatMap((field) =>
      casesOf(field, owner.secrets)
        .filter(({ slots }) => !slots.some(({ isNested }) => isNested))
        .map((one): [RootField, Case] => [field, one]),
    );
    before = await readAll();
  });

  test.each(FIELDS)('$coordinate answers as of what is not there', async (field) => {
    const sides = await newSides();
    for (const { ask, own } of [sides.asker, sides.double]) {
      const usual = variablesFor(field, { slots: [], given: new Map() }, own);
      expect(refusalsIn(await ask(field, usual))).toEqual([]);
    }
    expect(await firstOf(findings(field, sides), 3)).toEqual([]);
  });

  test('Query.conversation as of a message answers as of what is not there', async () => {
    const sides = asOfSecond(await newSides());
    expect(await firstOf(findings(fieldAt('Query.conversation'), sides), 3)).toEqual([]);
  });

  describe('whose execution ids and nodes the asker has a record under, too', () => {
    let sides: Sides;
    beforeAll(async () => {
      sides = await newSides();
      await squat(sides);
    });

    const naming = FIELDS.filter(({ slots }) =>
      slots.some(({ takes, isNested }) => takes === 'id' && !isNested),
    );
    const shared = (field: RootField): Case[] => {
      const { executionIds, nodeIds } = owner.secrets;
      return casesOf(field, owner.secrets).filter(({ given }) =>
        [...given.values()].some((value) => executionIds.has(value) || nodeIds.has(value)),
      );
    };
    test.each(naming)('$coordinate says nothing of it', async (field) => {
      expect(await firstOf(findings(field, sides, shared(field)), 3)).toEqual([]);
    });

    test('Query.conversation says nothing of it as of a message', async () => {
      const field = fieldAt('Query.conversation');
      expect(await firstOf(findings(field, asOfSecond(sides), shared(field)), 3)).toEqual([]);
    });
  });

  test.each(FIELDS)('$coordinate answers nobody at all', async (field) => {
    const nobody = createClient(running.app.url);
    const asked = casesOf(field, owner.secrets).map((one) => variablesFor(field, one, owner.own));
    const answers = new Set<string>();
    for (const some of chunksOf(asked, 16)) {
      const told = await Promise.all(some.map((variables) => nobody.send(field.document, variables)));
      for (const { status, data, errors } of told) {
        answers.add(
          JSON.stringify({ status, data, codes: errors?.map(({ extensions }) => extensions.code) }),
        );
      }
    }
    expect([...answers]).toEqual([JSON.stringify({ status: 401, codes: ['UNAUTHENTICATED'] })]);
    await expect(nobody.sendOverSocket(field.document, asked[0])).rejects.toMatchObject({ code: 4401 });
    await nobody.close();
  });

  test('nothing is changed by all of that', async () => {
    expect(await readAll()).toEqual(before);
  });
});
