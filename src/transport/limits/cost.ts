import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql';
import { fragmentsOf } from './fragments.js';

const MAX_PAGE = 100;
/** Of a list that does not say so: those of introspection. */
const USUAL_SIZE = 10;

/**
 * How many objects the answer to a valid operation can hold: a connection, and a list that takes them, has as many as
 * `first` or `last` say, any other list as many as its `@listSize`.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): number {
  const root = schema.getRootType(operation.operation);
  if (root == null) return 0;
  const fragments = fragmentsOf(document);
  const known = new Map<string, number>();

  /** `pageSize` is that of the connection it belongs to. */
  const ofSet = (set: SelectionSetNode, parent: GraphQLCompositeType, pageSize: number): number => {
    let sum = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) sum += ofField(selection, parent, pageSize);
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        sum += ofSet(selection.selectionSet, parent, pageSize);
      else sum += ofFragment(selection.name.value, parent, pageSize);
    }
    return sum;
  };

  const ofFragment = (name: string, parent: GraphQLCompositeType, pageSize: number): number => {
    const key = `${name} ${pageSize}`;
    const cost =
      known.get(key) ?? ofSet((fragments.get(name) as FragmentDefinitionNode).selectionSet, parent, pageSize);
    known.set(key, cost);
    return cost;
  };

  const ofField = (node: FieldNode, parent: GraphQLCompositeType, pageSize: number): number => {
    const field = fieldOf(parent, node.name.value);
    if (field === undefined || node.selectionSet === undefined) return 0;
    const type = getNamedType(field.type);
    if (!isCompositeType(type)) return 0;
    const asked = pageSizeOf(node.arguments ?? [], operation, variables);
    if (isListType(getNullableType(field.type))) {
      const objects = field.name === 'edges' ? pageSize : (asked ?? listSizeOf(field) ?? USUAL_SIZE);
      return objects * (1 + ofSet(node.selectionSet, type, MAX_PAGE));
    }
    const ownPage = asked ?? unaskedSizeOf(field);
    return 1 + ofSet(node.selectionSet, type, ownPage);
  };

  return ofSet(operation.selectionSet, root, MAX_PAGE);
}

function fieldOf(parent: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> | undefined {
  if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
  if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  return isUnionType(parent) ? undefined : parent.getFields()[name];
}

/** Of a connection that is asked for none. */
function unaskedSizeOf(field: GraphQLField<unknown, unknown>): number {
  const first = field.args.find(({ name }) => name === 'first')?.defaultValue;
  return typeof first === 'number' ? first : (listSizeOf(field) ?? MAX_PAGE);
}

/** What the contract says of a list. */
function listSizeOf(field: GraphQLField<unknown, unknown>): number | undefined {
  const directive = field.astNode?.directives?.find(({ name }) => name.value === 'listSize');
  const [argument] = directive?.arguments ?? [];
  return argument?.value.kind === Kind.INT ? Number(argument.value.value) : undefined;
}

/** The largest that is asked for, null when none is. */
function pageSizeOf(
  given: readonly ArgumentNode[],
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): number | null {
  const sizes = given
    .filter(({ name }) => name.value === 'first' || name.value === 'last')
    .map(({ value }) => {
      if (value.kind === Kind.INT) return Number(value.value);
      if (value.kind !== Kind.VARIABLE) return null;
      const name = value.name.value;
      if (Object.hasOwn(variables, name)) return typeof variables[name] === 'number' ? variables[name] : null;
      const definition = operation.variableDefinitions?.find(({ variable }) => variable.name.value === name);
      return definition?.defaultValue?.kind === Kind.INT ? Number(definition.defaultValue.value) : null;
    })
    .filter((size) => size !== null);
  // What is out of range is refused by the field, and holds no more than it might.
  return sizes.length === 0 ? null : Math.min(MAX_PAGE, Math.max(1, ...sizes));
}
