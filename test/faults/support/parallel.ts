import { type Asking, ask } from './asking.js';

/** What several senders of one and the same write were answered with. */
export interface Answers<T> {
  answers: T[];
  /** How many attempts were not answered, or with `UNAVAILABLE`: what they wrote is then found by the next. */
  again: number;
}

interface Payload {
  duplicate: boolean;
  userErrors: { code: string; message: string }[];
}

/** Sends a mutation so many times at once; the n-th (from 0) with these variables. */
export async function sendAtOnce<T extends Payload>(
  asking: Asking,
  mutation: string,
  times: number,
  variables: (n: number) => Record<string, unknown>,
): Promise<Answers<T>> {
  let again = 0;
  const onAgain = () => void (again += 1);
  const answers = await Promise.all(
    Array.from({ length: times }, async (_, n) => {
      const data = await ask({ ...asking, onAgain }, mutation, variables(n));
      return Object.values(data)[0] as T;
    }),
  );
  return { answers, again };
}

/**
 * What is wrong with answers of which one is the first and all others say `duplicate` and the same; `identity` is
 * what they must agree in. With `isStored`, what was sent had been stored before, so that all are duplicates.
 */
export function onceFaults<T extends Payload>(
  { answers, again }: Answers<T>,
  what: string,
  identity: (answer: T) => unknown,
  isStored = false,
): string[] {
  const failures: string[] = [];
  const refused = answers.find(({ userErrors }) => userErrors.length > 0);
  if (refused !== undefined) failures.push(`${what}: refused with ${JSON.stringify(refused.userErrors)}.`);
  const firsts = answers.filter(({ duplicate }) => !duplicate).length;
  const expected = isStored ? [0] : again > 0 ? [0, 1] : [1];
  if (!expected.includes(firsts)) {
    failures.push(
      `${what}: expected ${expected.join(' or ')} of ${answers.length} answers without duplicate, got ${firsts}.`,
    );
  }
  const identities = new Set(answers.map((answer) => JSON.stringify(identity(answer))));
  if (identities.size !== 1) failures.push(`${what}: answered in ${identities.size} ways.`);
  return failures;
}

/** Other content under a known key: refused, with what is stored. */
export function conflictFaults(answer: Payload, what: string, shows: unknown, stored: unknown): string[] {
  const isRight =
    answer.userErrors[0]?.code === 'CONFLICT' && JSON.stringify(shows) === JSON.stringify(stored);
  return isRight ? [] : [`${what}: other content was answered with ${JSON.stringify(answer)}.`];
}
