import { pathText } from './jsonPath.js';

/** What can be told of a text that is meant to be JSON, though it is broken or too large to be read. */
export interface Outline {
  /** The texts right below its top object, by their keys; of equal keys the last. */
  texts: ReadonlyMap<string, string>;
  /** Its largest part, as deep as a part still holds a quarter of what is around it; null where it has no parts. */
  largest: { path: string; bytes: number } | null;
}

interface Part {
  start: number;
  end: number;
  steps: Steps | null;
}

/** A path, linked from its first step on. */
interface Steps {
  step: string;
  next: Steps | null;
}

interface Level {
  start: number;
  /** Null in a list, whose members are not told apart. */
  key: string | null;
  isList: boolean;
  largest: Part | null;
}

/** With what a token begins. */
const BEGINNING = /["{}[\]]/g;
const COLON = /\s*:/y;
/** What has more of them keeps others waiting for too long. */
const MAX_TOKENS = 200_000;
const DESCENDED = 4;
const MAX_STEPS = 12;

/** Looks for texts, objects and lists only, so that whatever is wrong between them does not matter. Paths are as `pathText` has them. */
export function outlineOf(text: string, inside?: string): Outline {
  const texts = new Map<string, string>();
  const top: Level = { start: 0, key: null, isList: true, largest: null };
  const levels: Level[] = [top];
  const last = (): Level => levels.at(-1) as Level;
  const close = (end: number): void => {
    const level = levels.pop() as Level;
    addTo(last(), partOf(level, end));
  };
  let end = 0;
  for (let tokens = 0; tokens < MAX_TOKENS; tokens++) {
    BEGINNING.lastIndex = end;
    const start = BEGINNING.exec(text)?.index;
    if (start === undefined) break;
    end = text[start] === '"' ? endOfText(text, start) : start + 1;
    const token = text.slice(start, end);
    const level = last();
    if (token === '{' || token === '[')
      levels.push({ start, key: null, isList: token === '[', largest: null });
    else if (token === '}' || token === ']') {
      if (levels.length > 1) close(end);
    } else if (!level.isList && isBeforeColon(text, end)) level.key = decoded(token);
    else {
      if (levels.length === 2 && level.key !== null) texts.set(level.key, decoded(token));
      addTo(level, { start, end, steps: null });
    }
  }
  while (levels.length > 1) close(text.length);
  // The whole itself is no part of it.
  const { largest } = top;
  if (largest?.steps == null) return { texts, largest: null };
  const bytes = Buffer.byteLength(text.slice(largest.start, largest.end));
  return { texts, largest: { path: pathText(listed(largest.steps), inside), bytes } };
}

/** Past its last quotation mark, which is one without an odd number of `\` before it. */
function endOfText(text: string, start: number): number {
  for (let mark = text.indexOf('"', start + 1); mark !== -1; mark = text.indexOf('"', mark + 1)) {
    let escapes = mark;
    while (text[escapes - 1] === '\\') escapes -= 1;
    if ((mark - escapes) % 2 === 0) return mark + 1;
  }
  return text.length;
}

const sizeOf = ({ start, end }: { start: number; end: number }): number => end - start;

/** A level as a part: itself, or the part of it that holds most of it. */
function partOf({ start, largest }: Level, end: number): Part {
  const isDeeper = largest !== null && sizeOf(largest) * DESCENDED >= end - start;
  return isDeeper ? largest : { start, end, steps: null };
}

function addTo(level: Level, part: Part): void {
  if (level.largest !== null && sizeOf(level.largest) >= sizeOf(part)) return;
  if (level.key !== null) level.largest = { ...part, steps: { step: level.key, next: part.steps } };
  // A member of a list has no name; the outermost is the whole text.
  else if (level.start === 0 && level.isList) level.largest = part;
}

function isBeforeColon(text: string, at: number): boolean {
  COLON.lastIndex = at;
  return COLON.test(text);
}

function decoded(token: string): string {
  try {
    return JSON.parse(token) as string;
  } catch {
    return token.slice(1, token.endsWith('"') ? -1 : undefined);
  }
}

function listed(steps: Steps): string[] {
  const list: string[] = [];
  for (let next: Steps | null = steps; next !== null && list.length < MAX_STEPS; next = next.next)
    list.push(next.step);
  return list;
}
