import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import {
  buildSchema,
  DangerousChangeType,
  findBreakingChanges,
  findDangerousChanges,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';
import { enumResolvers } from '../../src/graphql/enums.js';
import { createSchema, readTypeDefs } from '../../src/graphql/schema.js';

const contractText = readFileSync(new URL('../contract.graphql', import.meta.url), 'utf8');
const contract = buildSchema(contractText);
const oursText = readTypeDefs().join('\n');
const ours = buildSchema(oursText);

/** What a client of the contract would notice: what breaks it, and defaults that say something else. */
const broken = (schema: GraphQLSchema): string[] => [
  ...findBreakingChanges(contract, schema).map(({ description }) => description),
  ...findDangerousChanges(contract, schema)
    .filter(({ type }) => type === DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE)
    .map(({ description }) => description),
];

test('keeps everything of the contract', () => {
  expect(broken(ours)).toEqual([]);
});

test.each([
  ['a field is gone', /^ {2}".*"\n {2}agreement: Int!$/m, '', ['Consensus.agreement was removed.']],
  [
    'a field may become null',
    /^ {2}agreement: Int!$/m,
    '  agreement: Int',
    ['Consensus.agreement changed type from Int! to Int.'],
  ],
  [
    'an enum value is gone',
    /^ {2}".*"\n {2}PARSE_ERROR$/m,
    '',
    ['PARSE_ERROR was removed from enum type Abstention.'],
  ],
  [
    'a default is another',
    /afterSeq: Int = 0/,
    'afterSeq: Int = 1',
    ['Subscription.messageAdded arg afterSeq has changed defaultValue from 0 to 1.'],
  ],
  [
    'an input has a new required field',
    /^input CloseVotingInput \{$/m,
    'input CloseVotingInput {\n  reason: String!',
    ['A required field reason on input type CloseVotingInput was added.'],
  ],
])('would notice when %s', (_, part, instead, changes) => {
  expect(oursText).toMatch(part);
  expect(broken(buildSchema(oursText.replace(part, instead)))).toEqual(changes);
});

test('describes every type, field, argument, enum value and input field', () => {
  const silent: string[] = [];
  const look = (where: string, { description }: { description?: string | null | undefined }) => {
    if (!description?.trim()) silent.push(where);
  };
  for (const type of Object.values(ours.getTypeMap())) {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue;
    look(type.name, type);
    if (isEnumType(type)) for (const value of type.getValues()) look(`${type.name}.${value.name}`, value);
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) look(`${type.name}.${field.name}`, field);
    }
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      look(`${type.name}.${field.name}`, field);
      for (const arg of field.args) look(`${type.name}.${field.name}(${arg.name}:)`, arg);
    }
  }
  expect(silent).toEqual([]);
});

test('has a stored word for every enum value, each its own', () => {
  const enums = Object.values(ours.getTypeMap()).filter(
    (type) => isEnumType(type) && !isIntrospectionType(type),
  );
  const executable = createSchema();
  const words = new Map(Object.entries<Record<string, string>>(enumResolvers));
  // Refusals and remarks are never stored, and lessons are stored in the API's own words.
  const unmapped = enums.map(({ name }) => name).filter((name) => !words.has(name));
  expect(unmapped).toEqual(['LessonCode', 'UserErrorCode', 'RemarkCode']);
  for (const type of enums) {
    if (!isEnumType(type)) continue;
    const names = type.getValues().map(({ name }) => name);
    const map = words.get(type.name) ?? Object.fromEntries(names.map((name) => [name, name]));
    expect(Object.keys(map).sort()).toEqual([...names].sort());
    expect(new Set(Object.values(map)).size).toBe(names.length);
    const inForce = executable.getType(type.name);
    if (!isEnumType(inForce)) throw new Error(`Expected ${type.name} to be an enum.`);
    expect(Object.fromEntries(inForce.getValues().map(({ name, value }) => [name, value]))).toEqual(map);
  }
});

test('says of every mutation whether it was done before', () => {
  const payloads = Object.values(ours.getMutationType()?.getFields() ?? {}).map(({ type }) => type);
  expect(payloads).not.toEqual([]);
  for (const payload of payloads) {
    if (!isObjectType(payload)) throw new Error(`Expected ${payload} to be an object.`);
    expect([payload.name, String(payload.getFields()['duplicate']?.type)]).toEqual([
      payload.name,
      'Boolean!',
    ]);
  }
});
