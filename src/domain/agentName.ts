/** The name under which the server itself speaks. */
export const SWARM_AGENT = 'swarm';

const MAX_LENGTH = 64;

const PLAIN = /^[A-Za-z0-9_-]{1,64}$/;
/** Control, private, unassigned and half characters, ends of lines, and what is not seen; but what joins letters is. */
const FORBIDDEN = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u;
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;

/** A name as it is kept: without white space at its ends, in NFC. */
export const cleanName = (given: string): string => given.trim().normalize('NFC');

/**
 * Equal for all spellings of one name: without regard to case, to the width or font of its letters, to how much white
 * space stands between them, and to characters that are not seen.
 */
export const nameKey = (name: string): string =>
  // Through capitals, since `ß` and `ſ` have no other small letters of their own than `ss` and `s`.
  folded(folded(name)).replaceAll(UNSEEN, '').replaceAll(/\s+/gu, ' ').trim();

const folded = (text: string): string => text.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');

/** Equal for names that a person may take for each other: `Bull Researcher`, `bull_researcher`. */
const looseKey = (name: string): string => nameKey(name).replaceAll(/[ _.:/-]/g, '');

/** The one of these names that is the same in another spelling; null when none is, and when this spelling is one of them. */
export function otherSpelling(name: string, names: readonly string[]): string | null {
  if (names.includes(name)) return null;
  const key = nameKey(name);
  return names.find((other) => nameKey(other) === key) ?? null;
}

/** The one of these names that was probably meant; null when it is one of them, or like none. */
export function nearName(name: string, names: readonly string[]): string | null {
  if (names.includes(name)) return null;
  const loose = looseKey(name);
  const alike = loose === '' ? undefined : names.find((other) => looseKey(other) === loose);
  return otherSpelling(name, names) ?? alike ?? null;
}

/** The one of these names that differs by a slip of the fingers; null where none does, or several do. */
export function mistypedName(name: string, names: readonly string[]): string | null {
  const key = nameKey(name);
  const [found = null, ...others] = names.filter((other) => isSlip(key, nameKey(other)));
  return others.length === 0 ? found : null;
}

/** Numbers tell agents apart: `analyst-1` is no slip of `analyst-2`. */
const DIGIT = /\p{Nd}/u;
/** In shorter names one letter makes another word. */
const MIN_LETTERS = 4;

/** Whether one letter was left out, put in or taken for another, or two next to each other were swapped. */
function isSlip(a: string, b: string): boolean {
  const [short, long] = [[...a], [...b]].sort((x, y) => x.length - y.length) as [string[], string[]];
  const grown = long.length - short.length;
  if (short.length < MIN_LETTERS || grown > 1) return false;
  const at = long.findIndex((letter, i) => letter !== short[i]);
  if (at === -1) return false;
  const isSame = (left: string[], right: string[]) => left.join('') === right.join('');
  const rest = long.slice(at + 1);
  const changed = [long[at], grown === 1 ? '' : short[at]].join('');
  if (isSame(rest, short.slice(at + 1 - grown))) return !DIGIT.test(changed);
  const swapped = [long[at + 1], long[at]].join('');
  return grown === 0 && !DIGIT.test(swapped) && isSame([swapped, ...long.slice(at + 2)], short.slice(at));
}

/** For each of these names the others that are nearly the same. */
export function nearNames(names: readonly string[]): Map<string, string[]> {
  const alike = new Map<string, string[]>();
  for (const name of names) alike.set(looseKey(name), [...(alike.get(looseKey(name)) ?? []), name]);
  return new Map(
    names.map((name) => [name, (alike.get(looseKey(name)) ?? []).filter((one) => one !== name)]),
  );
}

/** Why a clean name cannot be an agent's, as it goes on after "Expected …"; null when it can. */
export function nameFault(name: string): string | null {
  const { length } = Array.from(name);
  if (length < 1 || length > MAX_LENGTH) return `to have 1 to ${MAX_LENGTH} characters`;
  const bad = FORBIDDEN.exec(name)?.[0].codePointAt(0);
  if (bad !== undefined) {
    const code = `U+${bad.toString(16).toUpperCase().padStart(4, '0')}`;
    return `to have no control, unseen or unassigned character such as ${code}`;
  }
  const key = nameKey(name);
  if (key === '') return 'to have a character that is seen';
  if (key === SWARM_AGENT) return `to be another name than the reserved \`${SWARM_AGENT}\``;
  return null;
}

/** Whether an agent may be named so; `swarm` is the server's own. */
export const isAgentName = (name: string): boolean => nameFault(name) === null;

/** A name in a sentence: in quotation marks, unless it is one word that ends by itself. */
export const nameInText = (name: string): string => (PLAIN.test(name) ? name : JSON.stringify(name));

/** The path of what is kept of an agent: `agents.momentum.weight`, `agents["model-4.1"].weight`. */
export const agentPath = (name: string, what: string): string =>
  PLAIN.test(name) ? `agents.${name}.${what}` : `agents[${JSON.stringify(name)}].${what}`;

const AGENT_PATH = /^agents(?:\.([A-Za-z0-9_-]+)|\[("(?:[^"\\]|\\.)*")\])\.([a-z_]+)$/u;

/** What a path of an agent names, however it is quoted; null for any other path. */
export function parseAgentPath(path: string): { agentName: string; what: string } | null {
  const [, plain, quoted, what] = AGENT_PATH.exec(path) ?? [];
  if (what === undefined) return null;
  const given = quoted === undefined ? plain : parsedText(quoted);
  return given === undefined ? null : { agentName: cleanName(given), what };
}

function parsedText(quoted: string): string | undefined {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return undefined;
  }
}
