import { echo, isId } from '../../domain/checks.js';
import { badUserInput } from '../errors.js';

/** An id of a query or a subscription. @throws BAD_USER_INPUT */
export function requireId(argument: string, value: string | null | undefined): string {
  if (value != null && isId(value)) return value;
  throw badUserInput(`Expected \`${argument}\` to be 24 hex digits, got ${echo(value)}.`);
}

/** A text to look for; half a character would be told to the database as another. @throws BAD_USER_INPUT */
export function requireText(argument: string, value: string | null | undefined): void {
  if (value == null || value.isWellFormed()) return;
  throw badUserInput(
    `Expected \`${argument}\` to be well-formed Unicode, got a lone surrogate in ${echo(value)}.`,
  );
}

/** One execution is followed from its present state on, whatever the instant. @throws BAD_USER_INPUT */
export function refuseBoth(executionId: string | null | undefined, since: Date | null | undefined): void {
  if (executionId == null || since == null) return;
  const both = `executionId ${echo(executionId)}, since ${since.toISOString()}`;
  throw badUserInput(`Expected \`executionId\` or \`since\`, got both: ${both}.`);
}

/** Without this a list of no instant would read as if there were nothing. @throws BAD_USER_INPUT */
export function requireOrder(since: Date | null | undefined, until: Date | null | undefined): void {
  if (since == null || until == null || since < until) return;
  throw badUserInput(
    `Expected \`filter.since\` before \`filter.until\`, got ${since.toISOString()} and ${until.toISOString()}.`,
  );
}
