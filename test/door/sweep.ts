import {
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { id } from '../support/app.js';
import { createOperations, type OperationKind, rootOf } from '../support/operations.js';
import type { Secrets } from './secrets.js';

/** A variable of an operation, or an input field somewhere in one. */
interface Input {
  name: string;
  /** `Query.decision.id`, `AddMessageInput.idempotencyKey`, `Conversation.messages.after` */
  coordinate: string;
  type: GraphQLInputType;
  defaultValue?: unknown;
}

/** An input that may name what somebody owns. */
export interface Slot {
  coordinate: string;
  /** In the operation's variables, with dots; lists have no part of their own in it. */
  path: string;
  takes: 'id' | 'cursor' | 'key';
  /** Whether it belongs to a field below the root. */
  isNested: boolean;
}

/** A field of a root type as the sweep sees it. */
export interface RootField {
  kind: OperationKind;
  name: string;
  /** `Query.decision` */
  coordinate: string;
  document: string;
  variables: readonly Input[];
  slots: readonly Slot[];
}

/** What one caller gives where nothing is swept: by coordinate, or by name where something is required. */
export type Own = Readonly<Record<string, () => unknown>>;

/** Values by the path of their slot. */
export type Given = ReadonlyMap<string, string>;

/** One operation to be tried: these values, each in a slot. */
export interface Case {
  slots: readonly Slot[];
  given: Given;
}

const PLAUSIBLE: Own = {
  ID: id,
  String: () => 'word',
  Int: () => 50,
  Float: () => 1.5,
  Boolean: () => true,
  DateTime: () => '2000-01-01T00:00:00.000Z',
  JSON: () => ({ some: 'json' }),
};

export function rootFieldsOf(schema: GraphQLSchema): RootField[] {
  const operations = createOperations(schema);
  return (['query', 'mutation', 'subscription'] as const).flatMap((kind) => {
    const root = rootOf(schema, kind);
    return Object.values(root.getFields()).map(({ name, args }) => {
      const coordinate = `${root.name}.${name}`;
      const { document, nested } = operations.operation(kind, name);
      const own = inputsOf(args, coordinate);
      const below = nested.map(({ owner, variable, argument }) => ({
        ...argument,
        name: variable,
        coordinate: `${owner}.${argument.name}`,
      }));
      const slots = [...slotsIn(own, false), ...slotsIn(below, true)];
      return { kind, name, coordinate, document, variables: [...own, ...below], slots };
    });
  });
}

const inputsOf = (inputs: readonly Omit<Input, 'coordinate'>[], owner: string): Input[] =>
  inputs.map(({ name, type, defaultValue }) => ({
    name,
    coordinate: `${owner}.${name}`,
    type,
    defaultValue,
  }));

const lastOf = (coordinate: string): string => coordinate.slice(coordinate.lastIndexOf('.') + 1);

/** A type on the path already is not gone into again. */
function slotsIn(
  inputs: readonly Input[],
  isNested: boolean,
  prefix = '',
  above: readonly unknown[] = [],
): Slot[] {
  return inputs.flatMap(({ name, coordinate, type: declared }): Slot[] => {
    const type = getNamedType(declared);
    const path = `${prefix}${name}`;
    if (isInputObjectType(type)) {
      if (above.includes(type)) return [];
      const members = inputsOf(Object.values(type.getFields()), type.name);
      return slotsIn(members, isNested, `${path}.`, [...above, type]);
    }
    const takes = takenBy(type.name, lastOf(coordinate));
    return takes === null ? [] : [{ coordinate, path, takes, isNested }];
  });
}

function takenBy(type: string, name: string): Slot['takes'] | null {
  if (type === 'ID') return 'id';
  if (type !== 'String') return null;
  if (/^(after|before)$|cursor$/i.test(name)) return 'cursor';
  return /key$/i.test(name) ? 'key' : null;
}

/**
 * Variables with the given values in their places, and whatever else is required.
 * @throws Error naming what no value is known for.
 */
export function variablesOf(field: RootField, given: Given, own: Own = {}): Record<string, unknown> {
  const isWanted = ({ coordinate, type, defaultValue }: Input, path: string): boolean =>
    (isNonNullType(type) && defaultValue === undefined) ||
    coordinate in own ||
    [...given.keys()].some((key) => key === path || key.startsWith(`${path}.`));

  const membersOf = (inputs: readonly Input[], prefix: string): Record<string, unknown> =>
    Object.fromEntries(
      inputs
        .filter((input) => isWanted(input, `${prefix}${input.name}`))
        .map((input) => [input.name, valueOf(input, input.type, `${prefix}${input.name}`)]),
    );

  const valueOf = (input: Input, declared: GraphQLInputType, path: string): unknown => {
    const type = getNullableType(declared);
    if (isListType(type)) return [valueOf(input, type.ofType, path)];
    if (given.has(path)) return given.get(path);
    if (isInputObjectType(type))
      return membersOf(inputsOf(Object.values(type.getFields()), type.name), `${path}.`);
    const known = ownOf(own, input.coordinate);
    if (known !== undefined) return known();
    if (isEnumType(type)) return type.getValues()[0]?.name;
    const plausible = PLAUSIBLE[type.name];
    if (plausible !== undefined) return plausible();
    const where = `${input.coordinate} of type ${input.type}`;
    throw new Error(`Expected a plausible value for ${where}, to sweep ${field.coordinate}.`);
  };

  return membersOf(field.variables, '');
}

const ownOf = (own: Own, coordinate: string) => own[coordinate] ?? own[lastOf(coordinate)];

/** What a caller gives to find something of its own: the first id that the field takes. */
export function usually({ slots }: RootField, own: Own): Given {
  const first = slots.find(({ takes, isNested }) => takes === 'id' && !isNested);
  const known = first && ownOf(own, first.coordinate);
  return new Map(first && known ? [[first.path, String(known())]] : []);
}

/**
 * The operation with nothing of anybody's; each of somebody's ids, cursors and keys in each slot; and, since a key
 * counts within what an id names, each key with the ids it was said with.
 */
export function casesOf({ slots }: RootField, secrets: Secrets): Case[] {
  const ids = [...secrets.ids];
  const keys = [...secrets.keys];
  const values = { id: ids, cursor: [...secrets.cursors], key: [...keys, ...ids] };
  const taking = (takes: Slot['takes']): Slot[] => slots.filter((slot) => slot.takes === takes);
  const single = slots.flatMap((slot) =>
    values[slot.takes].map((value): Case => ({ slots: [slot], given: new Map([[slot.path, value]]) })),
  );
  const paired = taking('id').flatMap((named) =>
    taking('key').flatMap((keyed) =>
      [...secrets.withKey].flatMap(([key, together]) =>
        [...together].map((value): Case => {
          const given = new Map([
            [named.path, value],
            [keyed.path, key],
          ]);
          return { slots: [named, keyed], given };
        }),
      ),
    ),
  );
  return [{ slots: [], given: new Map() }, ...single, ...paired];
}
