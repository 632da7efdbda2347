import { echo, isId } from '../../domain/checks.js';
import { badUserInput } from '../errors.js';

/** An id of a query or a subscription. @throws BAD_USER_INPUT */
export function requireId(argument: string, value: string | null | undefined): string {
  if (value != null && isId(value)) return value.toLowerCase();
  throw badUserInput(`Expected \`${argument}\` to be 24 hex digits, got ${echo(value)}.`);
}

/** A text to look for; half a character would be told to the database as another. @throws BAD_USER_INPUT */
export function requireText(argument: string, value: string | null | undefined): void {
  if (value == null || value.isWellFormed()) return;
  throw badUserInput(
    `Expected \`${argument}\` to be well-formed Unicode, got a lone surrogate in ${echo(value)}.`,
  );
}
