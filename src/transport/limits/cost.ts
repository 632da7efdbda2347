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
  type ValueNode,
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
  variables: Variables,
): number {
  const root = schema.getRootType(operation.operation);
  if (root == null) return 0;
  const counting = { operation, variables, fragments: fragmentsOf(document), known: new Map() };
  return costOfSet(counting, operation.selectionSet, root, MAX_PAGE);
}

type Variables = Readonly<Record<string, unknown>>;

interface Counting {
  operation: OperationDefinitionNode;
  variables: Variables;
  fragments: ReturnType<typeof fragmentsOf>;
  /** Costs of fragments: each is counted once for each page size, however often it is spread. */
  known: Map<string, number>;
}

/** `pageSize` is that of the connection it belongs to. */
function costOfSet(
  counting: Counting,
  { selections }: SelectionSetNode,
  parent: GraphQLCompositeType,
  pageSize: number,
): number {
  let sum = 0;
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) sum += costOfField(counting, selection, parent, pageSize);
    else if (selection.kind === Kind.INLINE_FRAGMENT)
      sum += costOfSet(counting, selection.selectionSet, parent, pageSize);
    else sum += costOfFragment(counting, selection.name.value, parent, pageSize);
  }
  return sum;
}

function costOfFragment(
  counting: Counting,
  name: string,
  parent: GraphQLCompositeType,
  pageSize: number,
): number {
  const { known, fragments } = counting;
  const key = `${name} ${pageSize}`;
  const { selectionSet } = fragments.get(name) as FragmentDefinitionNode;
  const cost = known.get(key) ?? costOfSet(counting, selectionSet, parent, pageSize);
  known.set(key, cost);
  return cost;
}

function costOfField(
  counting: Counting,
  { name, arguments: given = [], selectionSet }: FieldNode,
  parent: GraphQLCompositeType,
  pageSize: number,
): number {
  const field = fieldOf(parent, name.value);
  if (field === undefined || selectionSet === undefined) return 0;
  const type = getNamedType(field.type);
  if (!isCompositeType(type)) return 0;
  const asked = pageSizeOf(given, counting);
  if (isListType(getNullableType(field.type))) {
    const objects = field.name === 'edges' ? pageSize : (asked ?? listSizeOf(field) ?? USUAL_SIZE);
    return objects * (1 + costOfSet(counting, selectionSet, type, MAX_PAGE));
  }
  return 1 + costOfSet(counting, selectionSet, type, asked ?? unaskedSizeOf(field));
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
function pageSizeOf(given: readonly ArgumentNode[], counting: Counting): number | null {
  const sizes = given
    .filter(({ name }) => name.value === 'first' || name.value === 'last')
    .map(({ value }) => numberOf(value, counting))
    .filter((size) => size !== null);
  // What is out of range is refused by the field, and holds no more than it might.
  return sizes.length === 0 ? null : Math.min(MAX_PAGE, Math.max(1, ...sizes));
}

/** A literal, a variable, or its default; null where it is no number. */
function numberOf(value: ValueNode, { operation, variables }: Counting): number | null {
  if (value.kind === Kind.INT) return Number(value.value);
  if (value.kind !== Kind.VARIABLE) return null;
  const name = value.name.value;
  if (Object.hasOwn(variables, name)) return typeof variables[name] === 'number' ? variables[name] : null;
  const definition = operation.variableDefinitions?.find(({ variable }) => variable.name.value === name);
  return definition?.defaultValue?.kind === Kind.INT ? Number(definition.defaultValue.value) : null;
}
