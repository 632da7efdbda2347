import { checkJson, JsonRefused, type Whole } from './jsonCheck.js';

/**
 * Parses JSON that means one thing and comes back as it was given: `JSON.parse` would keep the last of two equal keys
 * and make another number of one that a double cannot hold. Places in a refusal are named as parts of `whole`.
 * @throws {JsonRefused}
 */
export function parseStrictJson(text: string, whole: Whole = {}): unknown {
  let value: unknown;
  let isParsed = false;
  try {
    value = JSON.parse(text);
    isParsed = true;
    // What comes back letter for letter needs no second look, which takes longer.
    if (JSON.stringify(value) === text) return value;
  } catch {
    // The check says why.
  }
  checkJson(text, whole);
  if (!isParsed) throw new JsonRefused('Expected well-formed JSON.');
  return value;
}
