/** Why a command was refused, for programs. */
export type RefusalCode =
  | 'NOT_FOUND'
  | 'INVALID'
  | 'CONFLICT'
  | 'VOTING_CLOSED'
  | 'VOTING_OPEN'
  | 'CONVERSATION_FULL'
  | 'AGENT_NOT_ALLOWED';

/** Why a command was not carried out. It is data that a caller can act on, never thrown. */
export interface Refusal {
  code: RefusalCode;
  /** States the rule and echoes the value. */
  message: string;
  /** The input at fault, as a path from `input` on; null when no one input is. */
  field: string[] | null;
  /** What was probably meant; null where nothing comes close. */
  didYouMean: string | null;
}

/** What a command answers: the value as it now stands, or why it was refused and what stands in the way. */
export type Answer<T> =
  | { ok: true; value: T; duplicate: boolean }
  | { ok: false; refusals: Refusal[]; stored: T | null };

/** The answer of a command that did what it was asked, or had done it before (`duplicate`). */
export const accepted = <T>(value: T, duplicate = false): Answer<T> => ({ ok: true, value, duplicate });

/** The answer of a command that stored nothing; `stored` is what stands instead, null where there is nothing to see. */
export const refused = <T>(refusals: Refusal[], stored: T | null = null): Answer<T> => ({
  ok: false,
  refusals,
  stored,
});

/** One refusal; `field` is a dotted path below `input`. */
export const refusal = (code: RefusalCode, message: string, field?: string): Refusal => ({
  code,
  message,
  field: field === undefined ? null : ['input', ...field.split('.')],
  didYouMean: null,
});

/** The refusal of a value, or of a name, that was probably meant to be another. */
export const withAdvice = (fault: Refusal, didYouMean: string | null): Refusal =>
  didYouMean === null
    ? fault
    : {
        ...fault,
        message: `${fault.message} Did you mean ${JSON.stringify(didYouMean)}?`,
        didYouMean,
      };
