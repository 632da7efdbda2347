import { echo, isId } from '../../domain/checks.js';
import { badUserInput } from '../errors.js';

/** An id of a query or a subscription. @throws BAD_USER_INPUT */
export function requireId(argument: string, value: string | null | undefined): string {
  if (value != null && isId(value)) return value.toLowerCase();
  throw badUserInput(`Expected \`${argument}\` to be 24 hex digits, got ${echo(value)}.`);
}
