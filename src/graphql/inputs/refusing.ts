import {
  defaultFieldResolver,
  getNamedType,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { Refusal } from '../../domain/refusal.js';
import { type Context, renewLoaders } from '../context.js';

/** Mutations whose input the types refuse are not carried out, and answer with why, as with any other refusal. */
export function refuseInputs(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { resolve = defaultFieldResolver, type } = field;
    const refusing: GraphQLFieldResolver<unknown, Context> = (parent, args, context, info) => {
      const refusals = context.inputRefusals.get(String(info.path.key));
      if (refusals === undefined) return resolve(parent, args, context, info);
      renewLoaders(context);
      return refusedPayload(type, refusals, args);
    };
    field.resolve = refusing;
  }
  return schema;
}

/** A payload in which nothing is told but why; the execution it names may be looked at all the same. */
function refusedPayload(
  type: GraphQLOutputType,
  refusals: readonly Refusal[],
  args: Record<string, unknown>,
) {
  const payload = getNamedType(type);
  if (!isObjectType(payload)) return null;
  const { executionId = '' } = (args['input'] ?? {}) as { executionId?: string };
  const nothing = Object.values(payload.getFields()).map((field) => [field.name, nothingOf(field.type)]);
  return { ...Object.fromEntries(nothing), executionId, userErrors: refusals };
}

function nothingOf(type: GraphQLOutputType): unknown {
  if (!isNonNullType(type)) return null;
  return isListType(type.ofType) ? [] : false;
}
