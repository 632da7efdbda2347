import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
} from 'graphql';
import type { Refusal } from '../domain/refusal.js';
import type { Context } from './context.js';

type RootField = GraphQLField<unknown, Context>;

/** Notes on the context what each root field refuses as data, whether its caller asks for it or not. */
export function noteRefusals(schema: GraphQLSchema): GraphQLSchema {
  for (const root of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(root?.getFields() ?? {}) as RootField[]) {
      const type = getNamedType(field.type);
      if (isObjectType(type) && 'userErrors' in type.getFields()) noteThoseOf(field);
    }
  }
  return schema;
}

function noteThoseOf(field: RootField): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = async (source, args, context, info) => {
    const answer = (await resolve(source, args, context, info)) as { userErrors?: readonly Refusal[] } | null;
    for (const { code } of answer?.userErrors ?? []) context.refusals.push({ field: field.name, code });
    return answer;
  };
}
