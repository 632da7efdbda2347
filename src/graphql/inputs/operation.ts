import {
  getNullableType,
  GraphQLNonNull,
  type GraphQLSchema,
  isInputType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql';
import type { Refusal } from '../../domain/refusal.js';
import { isMutation, type MutationField, rootFieldsOf, type SiftedDocument } from './document.js';
import { createFindings, type Faults, toldOf } from './findings.js';
import { siftValue } from './variables.js';

type Variables = Readonly<Record<string, unknown>>;

/** What the types refuse of each mutation's input, by the name its answer has. */
export type InputRefusals = ReadonlyMap<string, readonly Refusal[]>;

export interface SiftedInputs {
  /** With values that their types take; the ones given where nothing was to be replaced. */
  variables: Variables;
  refusals: InputRefusals;
}

/**
 * Finds what the types refuse in the inputs of a mutation, in its document and in its variables: refusals are data, and
 * one of a field is nothing to the others. Variables that stand elsewhere too are left to GraphQL, which refuses the
 * operation.
 */
export function siftInputs(
  schema: GraphQLSchema,
  { document, fields, elsewhere }: SiftedDocument,
  operation: OperationDefinitionNode,
  variables: Variables,
): SiftedInputs {
  const refusals = new Map<string, readonly Refusal[]>();
  if (!isMutation(operation)) return { variables, refusals };
  const replaced = new Map<string, unknown>();
  for (const node of rootFieldsOf(document, operation.selectionSet)) {
    const field = fields.get(node);
    if (field === undefined) continue;
    const inVariables = siftUses(schema, field, operation, variables, elsewhere, replaced);
    const found = toldOf([field.faults, ...inVariables]);
    const key = node.alias?.value ?? node.name.value;
    if (found.length > 0) refusals.set(key, found);
  }
  return {
    variables: replaced.size === 0 ? variables : { ...variables, ...Object.fromEntries(replaced) },
    refusals,
  };
}

function siftUses(
  schema: GraphQLSchema,
  { uses }: MutationField,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Variables,
  elsewhere: ReadonlySet<string>,
  replaced: Map<string, unknown>,
): Faults[] {
  return uses.flatMap(({ variable, path, type: expected }) => {
    const definition = variableDefinitions.find((one) => one.variable.name.value === variable);
    const type = definition && typeFromAST(schema, definition.type);
    if (!isInputType(type) || elsewhere.has(variable)) return [];
    const given = Object.hasOwn(variables, variable) ? variables[variable] : undefined;
    if (given === undefined && definition?.defaultValue !== undefined) return [];
    const findings = createFindings();
    // A variable with a default may be nullable where null is not.
    const value = siftValue(
      isNonNullType(expected) ? new GraphQLNonNull(getNullableType(type)) : type,
      given,
      path,
      findings,
    );
    if (findings.isChanged) replaced.set(variable, value);
    return [findings];
  });
}
