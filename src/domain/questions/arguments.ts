import { isId } from '../checks.js';
import { echo } from '../echo.js';
import { cleanSymbol } from '../symbol.js';

type Maybe<T> = T | null | undefined;

const MAX_PAGE = 100;

/** What a question asks for breaks a rule: nothing was read. Its message states the rule, and is told to the caller. */
export class QuestionRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'QuestionRefused';
  }
}

/** An id of a query or a subscription. @throws {QuestionRefused} */
export function requireId(argument: string, value: Maybe<string>): string {
  if (value != null && isId(value)) return value;
  throw new QuestionRefused(`Expected \`${argument}\` to be 24 hex digits, got ${echo(value)}.`);
}

/** A text to look for; half a character would be told to the database as another. @throws {QuestionRefused} */
export function requireText(argument: string, value: Maybe<string>): void {
  if (value == null || value.isWellFormed()) return;
  throw new QuestionRefused(
    `Expected \`${argument}\` to be well-formed Unicode, got a lone surrogate in ${echo(value)}.`,
  );
}

/** The symbol a list is filtered by, as symbols are kept; null without one. @throws {QuestionRefused} */
export function symbolWanted(argument: string, given: Maybe<string>): string | null {
  requireText(argument, given);
  return given == null ? null : cleanSymbol(given);
}

/** One execution is followed from its present state on, whatever the instant. @throws {QuestionRefused} */
export function refuseBoth(executionId: Maybe<string>, since: Maybe<Date>): void {
  if (executionId == null || since == null) return;
  const both = `executionId ${echo(executionId)}, since ${since.toISOString()}`;
  throw new QuestionRefused(`Expected \`executionId\` or \`since\`, got both: ${both}.`);
}

/** Without this a list of no instant would read as if there were nothing. @throws {QuestionRefused} */
export function requireOrder(since: Maybe<Date>, until: Maybe<Date>): void {
  if (since == null || until == null || since < until) return;
  throw new QuestionRefused(
    `Expected \`filter.since\` before \`filter.until\`, got ${since.toISOString()} and ${until.toISOString()}.`,
  );
}

/** How many items of a list are asked for, 1 to 100. @throws {QuestionRefused} */
export function pageSize(
  argument: 'first' | 'last' | 'points',
  value: Maybe<number>,
  otherwise: number,
): number {
  if (value == null) return otherwise;
  if (value >= 1 && value <= MAX_PAGE) return value;
  throw new QuestionRefused(`Expected \`${argument}\` from 1 to ${MAX_PAGE}, got ${value}.`);
}
