import { Kind, parse } from 'graphql';
import { DRIFT_TESTS } from '../domain/drift.js';
import type { Resolvers, ResolversTypes } from '../generated/resolvers.js';
import { readTypeDefs } from './typeDefs.js';

type Named = keyof Resolvers & keyof ResolversTypes;
type EnumName = { [Name in Named]: ResolversTypes[Name] extends string ? Name : never }[Named];

/** What the schema calls an enum's values. */
type Names<Enum extends EnumName> = keyof NonNullable<Resolvers[Enum]> & string;
/** What the domain calls them. */
type Words<Enum extends EnumName> = ResolversTypes[Enum];

type Same<A, B> = [A, B] extends [B, A] ? true : false;

/** Enums whose words are not their names in lower case; one whose words and names differ is among them. */
type Other = {
  [Enum in EnumName]: Same<Words<Enum>, Lowercase<Names<Enum>>> extends true ? never : Enum;
}[EnumName];

type NameOf<Word extends string> = Word extends `${infer Start}${' ' | '-'}${infer Rest}`
  ? `${Uppercase<Start>}_${NameOf<Rest>}`
  : Uppercase<Word>;

const nameOf = (word: string): string => word.replace(/[ -]/g, '_').toUpperCase();

/**
 * The words of those enums: as named, or as listed. This does not compile where an enum has other words in the domain
 * than names in the schema.
 */
const OTHERS = {
  LessonCode: 'as named',
  RemarkCode: 'as named',
  UserErrorCode: 'as named',
  DriftTest: DRIFT_TESTS,
} satisfies {
  [Enum in Other]: Same<Words<Enum>, Names<Enum>> extends true
    ? 'as named'
    : Same<NameOf<Words<Enum>>, Names<Enum>> extends true
      ? readonly Words<Enum>[]
      : never;
};

function wordsOf(enumName: string, names: readonly string[]): Record<string, string> | null {
  const words = new Map<string, 'as named' | readonly string[]>(Object.entries(OTHERS)).get(enumName);
  if (words === 'as named') return null;
  if (words === undefined) return Object.fromEntries(names.map((name) => [name, name.toLowerCase()]));
  return Object.fromEntries(words.map((word) => [nameOf(word), word]));
}

/** The schema's names and the domain's words, of each enum in which they differ. */
export const enumResolvers: Record<string, Record<string, string>> = Object.fromEntries(
  parse(readTypeDefs().join('\n'))
    .definitions.filter((definition) => definition.kind === Kind.ENUM_TYPE_DEFINITION)
    .flatMap(({ name, values = [] }) => {
      const names = values.map((value) => value.name.value);
      const words = wordsOf(name.value, names);
      return words === null ? [] : [[name.value, words]];
    }),
);
