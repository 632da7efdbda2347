import {
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
  TypeInfo,
  type ValueNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { createFindings, type Faults, type Path } from './findings.js';
import { siftNode } from './literals.js';

/** Where a variable stands in the input of a mutation. */
export interface Use {
  variable: string;
  path: Path;
  /** What is expected there, which the variable's own type may be laxer than. */
  type: GraphQLInputType;
}

/** One field of `Mutation` as a document asks for it. */
export interface MutationField {
  /** What is at fault in the input as it is written there. */
  faults: Faults;
  uses: readonly Use[];
}

export interface SiftedDocument {
  /** With values that their types take; the one given where nothing was to be replaced. */
  document: DocumentNode;
  fields: ReadonlyMap<FieldNode, MutationField>;
  /** Variables that stand elsewhere than in the input of a mutation, too. */
  elsewhere: ReadonlySet<string>;
}

const UNTOUCHED = { fields: new Map<FieldNode, MutationField>(), elsewhere: new Set<string>() };

/** Finds what the types refuse in the inputs of mutations as they are written into a document, before it is validated. */
export function siftDocument(schema: GraphQLSchema, document: DocumentNode): SiftedDocument {
  if (!document.definitions.some(isMutation)) return { document, ...UNTOUCHED };
  const types = new TypeInfo(schema);
  const fields = new Map<FieldNode, MutationField>();
  const dropped = new Set<string>();
  const enter = (node: FieldNode): FieldNode | undefined => {
    if (types.getParentType() !== schema.getMutationType() || fields.has(node)) return undefined;
    const findings = createFindings();
    const typeOf = new Map(types.getFieldDef()?.args.map(({ name, type }) => [name, type]));
    const args = node.arguments?.map((argument) => {
      const type = typeOf.get(argument.name.value);
      if (type === undefined || !isInputObjectType(getNamedType(type))) return argument;
      return { ...argument, value: siftNode(type, argument.value, [argument.name.value], findings) };
    });
    const sifted: FieldNode = findings.isChanged && args !== undefined ? { ...node, arguments: args } : node;
    if (sifted !== node) for (const name of variablesOf(node)) dropped.add(name);
    fields.set(sifted, { faults: findings, uses: [...usesOf(sifted, typeOf)] });
    return sifted === node ? undefined : sifted;
  };
  const sifted = visit(document, visitWithTypeInfo(types, { Field: { enter } }));
  return {
    document: sifted === document ? document : withoutUnused(sifted, dropped),
    fields,
    elsewhere: variablesElsewhere(sifted, fields),
  };
}

export const isMutation = (node: ASTNode): node is OperationDefinitionNode =>
  node.kind === Kind.OPERATION_DEFINITION && node.operation === OperationTypeNode.MUTATION;

function* usesOf(
  { arguments: args = [] }: FieldNode,
  typeOf: ReadonlyMap<string, GraphQLInputType>,
): Generator<Use> {
  for (const { name, value } of args) yield* usesIn(value, [name.value], typeOf.get(name.value));
}

/** The validation tells of what stands where nothing is known. */
function* usesIn(node: ValueNode, path: Path, type: GraphQLInputType | undefined): Generator<Use> {
  if (type === undefined) return;
  if (node.kind === Kind.VARIABLE) yield { variable: node.name.value, path, type };
  const nullable = getNullableType(type);
  if (node.kind === Kind.LIST) {
    const itemType = isListType(nullable) ? nullable.ofType : nullable;
    for (const [i, item] of node.values.entries()) yield* usesIn(item, [...path, String(i)], itemType);
  }
  if (node.kind === Kind.OBJECT && isInputObjectType(nullable)) {
    const fields = nullable.getFields();
    for (const { name, value } of node.fields)
      yield* usesIn(value, [...path, name.value], fields[name.value]?.type);
  }
}

function variablesOf(node: ASTNode): Set<string> {
  const names = new Set<string>();
  visit(node, { Variable: ({ name }) => void names.add(name.value) });
  return names;
}

/** Variables that stood in what was taken out and nowhere else are not asked for any more. */
function withoutUnused(document: DocumentNode, dropped: ReadonlySet<string>): DocumentNode {
  const used = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void used.add(name.value),
  });
  return visit(document, {
    VariableDefinition: ({ variable: { name } }) =>
      dropped.has(name.value) && !used.has(name.value) ? null : undefined,
  });
}

function variablesElsewhere(
  document: DocumentNode,
  fields: ReadonlyMap<FieldNode, MutationField>,
): Set<string> {
  const names = new Set<string>();
  const isInput = (ancestors: readonly unknown[]): boolean =>
    ancestors.some((one, i) => {
      const field = one as FieldNode;
      return fields.has(field) && ancestors[i + 1] === field.arguments;
    });
  visit(document, {
    VariableDefinition: () => false,
    Variable(node, _, __, ___, ancestors) {
      if (!isInput(ancestors)) names.add(node.name.value);
    },
  });
  return names;
}

/** The fields of an operation's first level, fragments expanded. */
export function* rootFieldsOf(
  document: DocumentNode,
  { selections }: SelectionSetNode,
  seen = new Set<string>(),
): Generator<FieldNode> {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) yield selection;
    else if (selection.kind === Kind.INLINE_FRAGMENT)
      yield* rootFieldsOf(document, selection.selectionSet, seen);
    else if (!seen.has(selection.name.value)) {
      seen.add(selection.name.value);
      const fragment = document.definitions.find(
        (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === selection.name.value,
      );
      if (fragment?.kind === Kind.FRAGMENT_DEFINITION)
        yield* rootFieldsOf(document, fragment.selectionSet, seen);
    }
  }
}
