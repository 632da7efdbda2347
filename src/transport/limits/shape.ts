import {
  type DocumentNode,
  type GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Limits } from '../../limits.js';
import { exceeded } from './exceeded.js';
import { fragmentsOf } from './fragments.js';

/** What one selection asks for, fragments expanded. */
interface Shape {
  depth: number;
  aliases: number;
  directives: number;
  /** Fields of its first level. */
  fields: number;
}

const NOTHING: Shape = { depth: 0, aliases: 0, directives: 0, fields: 0 };

const CHECKED = ['depth', 'aliases', 'directives', 'rootFields'] as const;

/** Looks at a document before it is validated, which costs more. Each fragment is measured once, however often used. */
export function checkShape(document: DocumentNode, limits: Limits): GraphQLError[] {
  const measure = createMeasure(document);
  const figures = document.definitions
    .filter(
      (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
    )
    .map(({ selectionSet, directives, variableDefinitions }) => {
      const { fields, ...shape } = measure(selectionSet);
      const onVariables = variableDefinitions?.flatMap((one) => one.directives ?? []) ?? [];
      const own = (directives?.length ?? 0) + onVariables.length;
      return { ...shape, directives: shape.directives + own, rootFields: fields };
    });
  return CHECKED.flatMap((name) => {
    const most = Math.max(0, ...figures.map((figure) => figure[name]));
    return exceeded(name, limits, most) ?? [];
  });
}

function createMeasure(document: DocumentNode): (set: SelectionSetNode) => Shape {
  const fragments = fragmentsOf(document);
  const measured = new Map<string, Shape>();

  const ofFragment = (name: string): Shape => {
    const known = measured.get(name);
    if (known !== undefined) return known;
    // What is not there, or leads back to itself, is for the validation to refuse.
    measured.set(name, NOTHING);
    const fragment = fragments.get(name);
    if (fragment === undefined) return NOTHING;
    const shape = ofSet(fragment.selectionSet);
    const own = { ...shape, directives: shape.directives + (fragment.directives?.length ?? 0) };
    measured.set(name, own);
    return own;
  };

  const ofSet = (set: SelectionSetNode): Shape => {
    const sum = { ...NOTHING };
    for (const selection of set.selections) {
      const own = selection.directives?.length ?? 0;
      const isField = selection.kind === Kind.FIELD;
      const inner =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? ofFragment(selection.name.value)
          : selection.selectionSet
            ? ofSet(selection.selectionSet)
            : NOTHING;
      const isExempt = isField && INTROSPECTION.has(selection.name.value);
      const depth = isField ? 1 + (isExempt ? 0 : inner.depth) : inner.depth;
      sum.depth = Math.max(sum.depth, depth);
      sum.aliases += inner.aliases + (isField && selection.alias ? 1 : 0);
      sum.directives += inner.directives + own;
      sum.fields += isField ? 1 : inner.fields;
    }
    return sum;
  };
  return ofSet;
}

const INTROSPECTION = new Set(['__schema', '__type']);
