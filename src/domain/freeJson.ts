import { echo } from './echo.js';

const MAX_DEPTH = 12;
/** More at once nobody reads. */
const MOST = 20;

/** What keeps a value from being stored and given back unaltered, and where in it. */
interface JsonFault {
  /** Keys and places in lists, from the value on. */
  path: string[];
  /** As it goes on after "Expected …". */
  rule: string;
}

interface Place {
  value: unknown;
  path: string[];
}

/** Any JSON may be kept, under whatever keys, where it is not too deep and all of it is Unicode and finite. */
export function jsonFaults(root: unknown): JsonFault[] {
  const faults: JsonFault[] = [];
  const open: Place[] = [{ value: root, path: [] }];
  for (let next = open.pop(); next !== undefined && faults.length < MOST; next = open.pop()) {
    const { value, path } = next;
    const rule = leafRule(value);
    if (rule !== null) faults.push({ path, rule });
    if (typeof value !== 'object' || value === null) continue;
    // Where a value is too deep is a long way to tell.
    if (path.length === MAX_DEPTH)
      return [{ path: [], rule: `to be at most ${MAX_DEPTH} levels deep, got a deeper one` }];
    const members = Object.entries(value).toReversed();
    for (const [key, member] of members) {
      if (key.isWellFormed()) open.push({ value: member, path: [...path, key] });
      else if (faults.length < MOST) {
        faults.push({ path, rule: `to have well-formed keys, got a lone surrogate in ${echo(key)}` });
      }
    }
  }
  return faults;
}

function leafRule(value: unknown): string | null {
  if (typeof value === 'string' && !value.isWellFormed()) {
    return `to be well-formed Unicode, got a lone surrogate in ${echo(value)}`;
  }
  if (value === undefined) return 'to be JSON, got a name or a variable without a value';
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return `to hold finite numbers only, got ${echo(value)}`;
  }
  return null;
}
