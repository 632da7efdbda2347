import { type DocumentNode, GraphQLError, visit } from 'graphql';
import { isFaithful } from '../faithful.js';

/**
 * The numbers of a document that would be stored as others than they are written, each as an error. Too large ones
 * become Infinity, which the field they are given to refuses by its name.
 */
export function unsafeNumbers(document: DocumentNode): GraphQLError[] {
  const errors: GraphQLError[] = [];
  const check = (node: { value: string }): undefined => {
    if (isFaithful(node.value) || !Number.isFinite(Number(node.value))) return;
    const text = `Expected numbers that a double can hold, got ${node.value.slice(0, 80)}.`;
    errors.push(new GraphQLError(text, { extensions: { code: 'BAD_USER_INPUT' } }));
  };
  visit(document, { IntValue: { enter: check }, FloatValue: { enter: check } });
  return errors;
}
