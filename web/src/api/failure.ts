/** What a question was not answered with: the code of the API, or `GONE` where there was no answer at all. */
export class Failure extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'Failure';
  }

  /** What the server said, null where it said nothing. */
  get told(): string | null {
    return this.code === 'GONE' ? null : this.message;
  }

  /** Whether the same question may be answered a little later. */
  get isPassing(): boolean {
    return ['GONE', 'UNAVAILABLE', 'RATE_LIMITED'].includes(this.code);
  }
}

/** One error of a GraphQL answer. */
export interface ToldError {
  message: string;
  extensions?: { code?: unknown } | undefined;
}

/** The first of an answer's errors, as a failure. */
export function failureOf(errors: readonly ToldError[]): Failure {
  const [first] = errors;
  const { code } = first?.extensions ?? {};
  return new Failure(
    typeof code === 'string' ? code : 'UNKNOWN',
    first?.message ?? 'The server gave no reason.',
  );
}

/** Whatever was thrown, as a failure. */
export const toFailure = (error: unknown): Failure =>
  error instanceof Failure
    ? error
    : new Failure('UNKNOWN', error instanceof Error ? error.message : String(error));
