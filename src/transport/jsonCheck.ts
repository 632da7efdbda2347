import { isFaithful } from './faithful.js';
import { pathText } from './jsonPath.js';

/** Why a text is not taken for JSON. The message states the rule, what was given, and where. */
export class JsonRefused extends Error {
  override name = 'JsonRefused';
}

/** An object or a list that is open. */
interface Level {
  /** Null in a list. */
  keys: Set<string> | null;
  /** What is being read: a key of the object, or an index of the list. */
  step: string | number | null;
}

/** What a text is part of, so that one place has one name over all transports. */
export interface Whole {
  /** The key that the whole text is the value of. */
  under?: string;
  /** What is below this key of the text is named from there on. */
  inside?: string;
}

/** From some 3,000 levels on JSON exhausts the stack of what works on it: of `String`, and of `JSON.stringify`. */
const MAX_LEVELS = 1_000;
/** Twice what the largest inputs have. Each costs about half a microsecond, in which nobody else is answered. */
const MAX_VALUES = 200_000;

/**
 * Part of a text between its quotation marks: no control characters, and of `\` the escapes there are. No more than a
 * thousand at once: millions exhaust the stack of regular expressions, which throws.
 */
const TEXT_PART = /(?:[ !#-[\]-\uffff]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})){1,1000}/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?=[\s,\]}]|$)/y;
const WORD = /(?:true|false|null)(?=[\s,\]}]|$)/y;
/** What is told of something that is not JSON. */
const UNKNOWN = /[^\s"{}[\]:,]{1,40}|[^]/uy;

/**
 * Reads all of a text that is to be JSON, by a loop, whatever its depth. The check costs several times what `JSON.parse`
 * does. Places are named as parts of `whole`.
 * @throws {JsonRefused} names the first fault: what is no JSON, a key given twice, a number no double can hold
 */
export function checkJson(text: string, whole: Whole): void {
  new Check(text, whole).run();
}

class Check {
  readonly #text: string;
  readonly #whole: Whole;
  readonly #levels: Level[] = [];
  #at = 0;
  #values = 0;

  constructor(text: string, whole: Whole) {
    this.#text = text;
    this.#whole = whole;
  }

  run(): void {
    this.#value();
    for (let level = this.#levels.at(-1); level !== undefined; level = this.#levels.at(-1)) this.#goOn(level);
    if (this.#peek() !== undefined) this.#refuse(' after its end');
  }

  /** From one member of an object or a list to the next, or to its end. */
  #goOn(level: Level): void {
    const isFirst = level.step === null;
    const next = this.#peek();
    if (next === (level.keys === null ? ']' : '}')) {
      this.#at += 1;
      this.#levels.pop();
      return;
    }
    if (!isFirst) {
      if (next !== ',') this.#refuse();
      this.#at += 1;
    }
    if (level.keys === null) level.step = isFirst ? 0 : Number(level.step) + 1;
    else this.#key(level, level.keys);
    this.#value();
  }

  #key(level: Level, keys: Set<string>): void {
    if (this.#peek() !== '"') {
      level.step = null;
      this.#refuse();
    }
    const raw = this.#string();
    const key = raw.includes('\\') ? (JSON.parse(raw) as string) : raw.slice(1, -1);
    level.step = key;
    if (keys.has(key)) {
      const got = JSON.stringify(key.slice(0, 80));
      throw new JsonRefused(`Expected each key once, got ${got} twice${this.#place()}.`);
    }
    keys.add(key);
    if (this.#peek() !== ':') this.#refuse();
    this.#at += 1;
  }

  #value(): void {
    this.#values += 1;
    if (this.#values > MAX_VALUES) throw new JsonRefused(TOO_MANY_VALUES);
    const first = this.#peek();
    if (first === '{' || first === '[') return this.#open(first === '{' ? new Set() : null);
    if (first === '"') return void this.#string();
    if (first === 't' || first === 'f' || first === 'n') {
      if (!this.#pass(WORD)) this.#refuse();
      return;
    }
    const startedAt = this.#at;
    if (!this.#pass(NUMBER)) this.#refuse();
    const written = this.#text.slice(startedAt, this.#at);
    if (isFaithful(written)) return;
    const got = written.slice(0, 80);
    throw new JsonRefused(`Expected numbers that a double can hold, got ${got}${this.#place()}.`);
  }

  #open(keys: Set<string> | null): void {
    if (this.#levels.length === MAX_LEVELS) throw new JsonRefused(TOO_MANY_LEVELS);
    this.#levels.push({ keys, step: null });
    this.#at += 1;
  }

  #string(): string {
    const startedAt = this.#at;
    this.#at += 1;
    while (this.#pass(TEXT_PART));
    if (this.#text[this.#at] !== '"') this.#refuse(' in a text');
    this.#at += 1;
    return this.#text.slice(startedAt, this.#at);
  }

  /** What stands next, past white space. */
  #peek(): string | undefined {
    for (; ; this.#at += 1) {
      const next = this.#text[this.#at];
      if (next !== ' ' && next !== '\n' && next !== '\r' && next !== '\t') return next;
    }
  }

  #pass(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const isPassed = pattern.test(this.#text);
    if (isPassed) this.#at = pattern.lastIndex;
    return isPassed;
  }

  #refuse(where = ''): never {
    throw new JsonRefused(`Expected well-formed JSON, got ${this.#found()}${where}${this.#place()}.`);
  }

  #found(): string {
    if (this.#text.length === 0) return 'nothing';
    if (this.#at >= this.#text.length) return 'its end too early';
    UNKNOWN.lastIndex = this.#at;
    const [found = ''] = UNKNOWN.exec(this.#text) ?? [];
    const code = (found.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0');
    return /^[^\p{C}\p{Z}`]+$/u.test(found) ? `\`${found}\`` : `U+${code}`;
  }

  #place(): string {
    const steps = this.#levels.flatMap(({ step }) => step ?? []);
    const { under, inside } = this.#whole;
    const path = pathText(under === undefined ? steps : [under, ...steps], inside);
    return path === '' ? '' : ` at \`${path}\``;
  }
}

const atMost = (most: number, what: string): string =>
  `Expected JSON of at most ${most.toLocaleString('en-US')} ${what}, got more.`;

const TOO_MANY_LEVELS = atMost(MAX_LEVELS, 'levels');
const TOO_MANY_VALUES = atMost(MAX_VALUES, 'values');
