import {
  astFromValue,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLLeafType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  Kind,
  type ObjectFieldNode,
  print,
  type ValueNode,
} from 'graphql';
import { type Findings, type Path, standIn } from './findings.js';
import { checkLeaf, Quoted, Word } from './leaf.js';

const NULL: ValueNode = { kind: Kind.NULL };
const NUMBERS: ReadonlySet<string> = new Set(['Int', 'Float']);

/** The same as `siftValue` of a value written into the document; variables in it are looked at by themselves. */
export function siftNode(type: GraphQLInputType, node: ValueNode, path: Path, findings: Findings): ValueNode {
  if (node.kind === Kind.VARIABLE) return node;
  if (isNonNullType(type)) {
    if (node.kind === Kind.NULL) findings.missing(path, 'null');
    const sifted = siftNode(type.ofType, node, path, findings);
    return sifted.kind === Kind.NULL ? standInNode(type.ofType) : sifted;
  }
  if (node.kind === Kind.NULL) return node;
  if (isListType(type)) {
    if (node.kind !== Kind.LIST) return siftNode(type.ofType, node, path, findings);
    const values = node.values.map((item, i) => siftNode(type.ofType, item, [...path, String(i)], findings));
    return { ...node, values };
  }
  return isInputObjectType(type)
    ? siftObjectNode(type, node, path, findings)
    : siftLeafNode(type, node, path, findings);
}

function siftObjectNode(
  type: GraphQLInputObjectType,
  node: ValueNode,
  path: Path,
  findings: Findings,
): ValueNode {
  const fields = type.getFields();
  if (node.kind !== Kind.OBJECT) {
    findings.broken(path, `to be an object of ${Object.keys(fields).join(', ')}`, echoNode(node));
    return NULL;
  }
  const given = node.fields.flatMap((field): ObjectFieldNode[] => {
    const name = field.name.value;
    const own = fields[name];
    if (own !== undefined) {
      return [{ ...field, value: siftNode(own.type, field.value, [...path, name], findings) }];
    }
    findings.unknown([...path, name], type.name, Object.keys(fields));
    return [];
  });
  const names = new Set(given.map(({ name }) => name.value));
  const missing = Object.values(fields)
    .filter((field) => isRequiredInputField(field) && !names.has(field.name))
    .map((field): ObjectFieldNode => {
      findings.missing([...path, field.name], 'none');
      const name = { kind: Kind.NAME, value: field.name } as const;
      return { kind: Kind.OBJECT_FIELD, name, value: standInNode(field.type) };
    });
  return { ...node, fields: [...given, ...missing] };
}

function siftLeafNode(type: GraphQLLeafType, node: ValueNode, path: Path, findings: Findings): ValueNode {
  if (type.name === 'JSON') return node;
  // Only numbers may be written either way.
  const given = node.kind === Kind.FLOAT && !NUMBERS.has(type.name) ? null : toValue(node, type);
  const checked = checkLeaf(type, path.at(-1) ?? '', given);
  if ('rule' in checked) {
    findings.broken(path, checked.rule, echoNode(node), checked.advice, checked.didYouMean);
    return NULL;
  }
  if (checked.outside !== undefined) findings.outOfRange(path, checked.outside, echoNode(node));
  // A whole number may be written as 85.0, which GraphQL takes for a fraction.
  if (type.name !== 'Int' || node.kind === Kind.INT) return node;
  findings.change();
  return { kind: Kind.INT, value: String(checked.value) };
}

function toValue(node: ValueNode, type: GraphQLLeafType): unknown {
  switch (node.kind) {
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.STRING:
      return isEnumType(type) ? new Quoted(node.value) : node.value;
    case Kind.BOOLEAN:
      return node.value;
    case Kind.ENUM:
      return new Word(node.value);
    default:
      return null;
  }
}

function echoNode(node: ValueNode): string {
  const text = print(node);
  return text.length > 80 ? `${text.slice(0, 80)}… (${text.length} characters)` : text;
}

function standInNode(type: GraphQLInputType): ValueNode {
  if (isNonNullType(type)) return standInNode(type.ofType);
  const value = standIn(type);
  if (isEnumType(type)) return { kind: Kind.ENUM, value: String(value) };
  if (!isInputObjectType(type)) return astFromValue(value, type) ?? NULL;
  const required = Object.values(type.getFields()).filter(isRequiredInputField);
  const fields = required.map((field): ObjectFieldNode => {
    const name = { kind: Kind.NAME, value: field.name } as const;
    return { kind: Kind.OBJECT_FIELD, name, value: standInNode(field.type) };
  });
  return { kind: Kind.OBJECT, fields };
}
