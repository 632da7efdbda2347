import { GraphQLError } from 'graphql';
import { LIMIT_SETTINGS, type Limits } from '../../limits.js';

const WORDS = {
  documentBytes: 'bytes of UTF-8',
  tokens: 'tokens',
  depth: 'levels of fields',
  aliases: 'aliases',
  directives: 'directives',
  rootFields: 'root fields',
  cost: 'objects in the answer it asks for',
} satisfies Partial<Record<keyof Limits, string>>;

/** Where it is values that make a document too long. */
const ADVICE: Partial<Record<keyof typeof WORDS, string>> = {
  documentBytes: ' Send values as variables, which do not count.',
  tokens: ' Send values as variables, which do not count.',
};

/** More than this says nothing any more: doubling fragments count to 2^100 and further. */
const MOST_TOLD = 1e15;

/** Null within the limit; else what a caller is told: which limit, its value, and the document's own figure. */
export function exceeded(name: keyof typeof WORDS, limits: Limits, figure: number): GraphQLError | null {
  if (figure <= limits[name]) return null;
  const got = figure > MOST_TOLD ? `more than ${grouped(MOST_TOLD)}` : grouped(figure);
  const limit = `at most ${grouped(limits[name])} ${WORDS[name]} (${LIMIT_SETTINGS[name].variable})`;
  return new GraphQLError(`Expected a document with ${limit}, got ${got}.${ADVICE[name] ?? ''}`, {
    extensions: { code: 'QUERY_TOO_COMPLEX' },
  });
}

const grouped = (n: number): string => n.toLocaleString('en-US');
