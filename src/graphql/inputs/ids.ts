import {
  defaultFieldResolver,
  getNullableType,
  type GraphQLField,
  GraphQLID,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isListType,
  isObjectType,
} from 'graphql';
import type { Context } from '../context.js';

type Args = Record<string, unknown>;
type Lower = (value: unknown) => unknown;

/** An id, also one of a past state; whatever else a caller gave is refused in its own words. */
const ID = /^[0-9a-f]{24}(@\d{1,10})?$/i;

/** Every id among arguments reaches its resolver in lower case: nothing behind the schema sees two spellings of one. */
export function lowerIds(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) lowerIdsOf(field);
  }
  return schema;
}

function lowerIdsOf(field: GraphQLField<unknown, Context>): void {
  const lower = lowerFields(field.args);
  if (lower === null) return;
  const { resolve = defaultFieldResolver, subscribe } = field;
  field.resolve = (source, args, context, info) => resolve(source, lower(args) as Args, context, info);
  if (subscribe === undefined) return;
  field.subscribe = (source, args, context, info) => subscribe(source, lower(args) as Args, context, info);
}

/** Null where values of the type hold no id. */
function lowerOf(type: GraphQLInputType): Lower | null {
  const bare = getNullableType(type);
  if (isListType(bare)) {
    const lower = lowerOf(bare.ofType);
    return lower && ((value) => (Array.isArray(value) ? value.map(lower) : value));
  }
  if (isInputObjectType(bare)) return lowerFields(Object.values(bare.getFields()));
  return bare === GraphQLID ? lowerId : null;
}

const lowerId: Lower = (value) => (typeof value === 'string' && ID.test(value) ? value.toLowerCase() : value);

function lowerFields(fields: readonly { name: string; type: GraphQLInputType }[]): Lower | null {
  const lowers = fields.flatMap(({ name, type }) => {
    const lower = lowerOf(type);
    return lower === null ? [] : [{ name, lower }];
  });
  if (lowers.length === 0) return null;
  return (value) => {
    if (value == null) return value;
    const given = value as Args;
    const ids = lowers.filter(({ name }) => given[name] != null);
    return { ...given, ...Object.fromEntries(ids.map(({ name, lower }) => [name, lower(given[name])])) };
  };
}
