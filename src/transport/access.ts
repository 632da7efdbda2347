import {
  type DocumentNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Scope, Viewer } from '../domain/viewer.js';
import { fragmentsOf } from './limits/fragments.js';

/** What any valid token may ask: who it is, and what there is to ask. */
const FREE = new Set(['viewer', '__schema', '__type', '__typename']);
/** What needs more than its operation does. */
const OF_ADMINS = new Set(['decideParameterChange']);
/** All that a token bound to one agent may change. */
const OF_AGENTS = new Set(['addMessage']);

const NEEDED: Record<OperationDefinitionNode['operation'], Scope> = {
  query: 'read',
  mutation: 'write',
  subscription: 'read',
};

/** Why a viewer may not run a valid operation, null when it may. */
export function checkAccess(
  document: DocumentNode,
  { operation, selectionSet }: OperationDefinitionNode,
  { scopes, scopesMissed, agentName }: Viewer,
): GraphQLError | null {
  const fields = rootFields(document, selectionSet);
  const lacking = [...fields].find(
    (field) => !FREE.has(field) && !scopes.includes(scopeOf(operation, field)),
  );
  if (lacking !== undefined) {
    const scope = scopeOf(operation, lacking);
    const what = OF_ADMINS.has(lacking) ? `\`${lacking}\`` : `a ${operation}`;
    const has = scopes.length === 0 ? 'none' : `\`${scopes.join(' ')}\``;
    const text = `Expected a token with scope \`${scope}\` for ${what}, got one with ${has}.`;
    return forbidden(scopesMissed === null ? text : `${text} ${scopesMissed}`);
  }
  if (agentName === null || operation !== 'mutation') return null;
  const other = [...fields].find((field) => !OF_AGENTS.has(field) && !FREE.has(field));
  if (other === undefined) return null;
  return forbidden(
    `Expected \`addMessage\` of a token bound to one agent ("${agentName}"), got \`${other}\`.`,
  );
}

const scopeOf = (operation: OperationDefinitionNode['operation'], field: string): Scope =>
  OF_ADMINS.has(field) ? 'admin' : NEEDED[operation];

const forbidden = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'FORBIDDEN' } });

/** The names of all root fields, also of those in fragments. */
export function rootFields(document: DocumentNode, set: SelectionSetNode): Set<string> {
  const names = new Set<string>();
  const fragments = fragmentsOf(document);
  const seen = new Set<string>();
  const open: SelectionSetNode[] = [set];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const selection of next.selections) {
      if (selection.kind === Kind.FIELD) names.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) open.push(selection.selectionSet);
      else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment !== undefined) open.push(fragment.selectionSet);
      }
    }
  }
  return names;
}
