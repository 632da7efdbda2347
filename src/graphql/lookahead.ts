import type { GraphQLResolveInfo } from 'graphql';
import { parseResolveInfo, type ResolveTree } from 'graphql-parse-resolve-info';
import type { MessageSlice } from '../domain/ports.js';
import type { MessagesArgs } from '../domain/questions/messages.js';
import { messageSlice } from './connections.js';
import { sliceKey } from './models.js';

/** By the fields' nodes, one array for all items of a list and made anew by each execution. */
const known = new WeakMap<object, readonly MessageSlice[]>();

/**
 * The messages that are asked for below a field that gives conversations, so that they are read together with them:
 * `path` leads from the field to the conversation, `['edges', 'node']` for a list.
 */
export function wantedSlices(
  info: GraphQLResolveInfo,
  path: readonly string[] = [],
): readonly MessageSlice[] {
  const wanted = known.get(info.fieldNodes) ?? findSlices(info, path);
  known.set(info.fieldNodes, wanted);
  return wanted;
}

function findSlices(info: GraphQLResolveInfo, path: readonly string[]): MessageSlice[] {
  const root = parseResolveInfo(info) as ResolveTree | null | undefined;
  if (!root) return [];
  let trees: ResolveTree[] = [root];
  for (const name of path) trees = trees.flatMap((tree) => childrenOf(tree, name));
  const slices = new Map<string, MessageSlice>();
  for (const { args } of trees.flatMap((tree) => childrenOf(tree, 'messages'))) {
    const slice = sliceOrNull(args);
    if (slice !== null) slices.set(sliceKey(slice), slice);
  }
  return [...slices.values()];
}

const childrenOf = (tree: ResolveTree, name: string): ResolveTree[] =>
  Object.values(tree.fieldsByTypeName)
    .flatMap((fields) => Object.values(fields))
    .filter((field) => field.name === name);

/** Arguments that are refused are so where the field is resolved. */
function sliceOrNull(args: MessagesArgs): MessageSlice | null {
  try {
    return messageSlice(args);
  } catch {
    return null;
  }
}
