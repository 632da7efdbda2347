import type { MessageSlice } from '../ports.js';
import { pageSize, QuestionRefused } from './arguments.js';

type Maybe<T> = T | null | undefined;

const USUAL_MESSAGES = 100;

/** Which messages of a conversation: by cursors, or by their numbers. */
export interface MessagesArgs {
  first?: Maybe<number>;
  after?: Maybe<string>;
  last?: Maybe<number>;
  before?: Maybe<string>;
  afterSeq?: Maybe<number>;
  beforeSeq?: Maybe<number>;
}

/** The message that a cursor stands for; throws where it is none. */
type SeqOf = (argument: 'after' | 'before', cursor: string) => number;

const ofCursor = (argument: 'after' | 'before', cursor: Maybe<string>, seqOf: SeqOf): number | null =>
  cursor == null ? null : seqOf(argument, cursor);

/** Which messages these arguments ask for. @throws {QuestionRefused} */
export function sliceWanted(args: MessagesArgs, seqOf: SeqOf): MessageSlice {
  const { first, last } = args;
  requireOneWay(args);
  const after = args.afterSeq ?? ofCursor('after', args.after, seqOf);
  const before = args.beforeSeq ?? ofCursor('before', args.before, seqOf);
  if (last != null || (first == null && after === null && before !== null)) {
    return { before, last: pageSize('last', last, USUAL_MESSAGES), ...(after !== null && { above: after }) };
  }
  const limit = pageSize('first', first, USUAL_MESSAGES);
  const start = after ?? 0;
  return { after: start, limit: before === null ? limit : Math.min(limit, before - 1 - start) };
}

/** Cursors go with the end they are counted from; numbers may bound both ends. */
function requireOneWay({ first, after, last, before, afterSeq, beforeSeq }: MessagesArgs): void {
  const hasNumbers = afterSeq != null || beforeSeq != null;
  if (hasNumbers && (after != null || before != null)) {
    throw new QuestionRefused(
      'Expected cursors (`after`, `before`) or numbers (`afterSeq`, `beforeSeq`), got both.',
    );
  }
  if (hasNumbers && first != null && last != null) {
    throw new QuestionRefused(`Expected \`first\` or \`last\`, got both (first ${first}, last ${last}).`);
  }
  if ((first != null || after != null) && (last != null || before != null)) {
    throw new QuestionRefused('Expected `first` with `after`, or `last` with `before`, got some of both.');
  }
  if (afterSeq != null && afterSeq < 0) {
    throw new QuestionRefused(`Expected \`afterSeq\` of 0 or more, got ${afterSeq}.`);
  }
  if (beforeSeq != null && beforeSeq < 1) {
    throw new QuestionRefused(`Expected \`beforeSeq\` of 1 or more, got ${beforeSeq}.`);
  }
  if (afterSeq != null && beforeSeq != null && afterSeq >= beforeSeq) {
    throw new QuestionRefused(`Expected \`afterSeq\` below \`beforeSeq\`, got ${afterSeq} and ${beforeSeq}.`);
  }
}

/** That each place is one of the conversation's messages. @throws {QuestionRefused} */
export function requirePlaces(args: MessagesArgs, lastSeq: number, seqOf: SeqOf): void {
  const cursor = ofCursor('after', args.after, seqOf) ?? ofCursor('before', args.before, seqOf) ?? 0;
  if (cursor > lastSeq) {
    throw new QuestionRefused(
      `Expected a cursor of this conversation's ${lastSeq} messages, got one of message ${cursor}.`,
    );
  }
  const { afterSeq, beforeSeq } = args;
  if (afterSeq != null && afterSeq > lastSeq) {
    throw new QuestionRefused(
      `Expected \`afterSeq\` from 0 to the conversation's last message ${lastSeq}, got ${afterSeq}.`,
    );
  }
  if (beforeSeq != null && beforeSeq > lastSeq + 1) {
    throw new QuestionRefused(
      `Expected \`beforeSeq\` from 1 to ${lastSeq + 1}, one above the conversation's last message, got ${beforeSeq}.`,
    );
  }
}
