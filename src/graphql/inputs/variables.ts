import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLLeafType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql';
import { echo } from '../../domain/echo.js';
import { isJsonObject } from '../../domain/jsonObject.js';
import { type Findings, type Path, standIn } from './findings.js';
import { checkLeaf } from './leaf.js';

/** A value of a variable in which everything its type refuses is found, and replaced by something it takes. */
export function siftValue(type: GraphQLInputType, given: unknown, path: Path, findings: Findings): unknown {
  if (isNonNullType(type)) {
    if (given == null) findings.missing(path, given === null ? 'null' : 'none');
    return (given == null ? null : siftValue(type.ofType, given, path, findings)) ?? standIn(type);
  }
  if (given == null) return given;
  if (isListType(type)) {
    // A single item is a list of one.
    if (!Array.isArray(given)) return siftValue(type.ofType, given, path, findings);
    return siftList(type.ofType, given, path, findings);
  }
  return isInputObjectType(type)
    ? siftObject(type, given, path, findings)
    : siftLeaf(type, given, path, findings);
}

/** A list that is refused as a whole is looked at only as far as can be told: others wait meanwhile. */
function siftList(
  type: GraphQLInputType,
  given: readonly unknown[],
  path: Path,
  findings: Findings,
): unknown[] {
  const sifted: unknown[] = [];
  for (const [i, item] of given.entries()) {
    if (findings.isFull) break;
    sifted.push(siftValue(type, item ?? null, [...path, String(i)], findings));
  }
  return sifted;
}

function siftObject(type: GraphQLInputObjectType, given: unknown, path: Path, findings: Findings): unknown {
  const fields = type.getFields();
  if (!isJsonObject(given)) {
    const advice = isJsonText(given) ? ' Send the object itself, not its JSON as a text.' : '';
    findings.broken(path, `to be an object of ${Object.keys(fields).join(', ')}`, echo(given), advice);
    return null;
  }
  for (const name of Object.keys(given)) {
    if (findings.isFull) break;
    if (!Object.hasOwn(fields, name)) findings.unknown([...path, name], type.name, Object.keys(fields));
  }
  const wanted = Object.values(fields).filter(
    (field) => Object.hasOwn(given, field.name) || isRequiredInputField(field),
  );
  return Object.fromEntries(
    wanted.map(({ name, type: own }) => [name, siftValue(own, given[name], [...path, name], findings)]),
  );
}

/** Encoded twice, as some frameworks do with arguments of tools. */
function isJsonText(given: unknown): boolean {
  if (typeof given !== 'string' || !/^\s*\{/.test(given)) return false;
  try {
    return isJsonObject(JSON.parse(given));
  } catch {
    return false;
  }
}

function siftLeaf(type: GraphQLLeafType, given: unknown, path: Path, findings: Findings): unknown {
  const checked = checkLeaf(type, path.at(-1) ?? '', given);
  if ('rule' in checked) {
    findings.broken(path, checked.rule, echo(given), checked.advice, checked.didYouMean);
    return null;
  }
  if (checked.outside !== undefined) findings.outOfRange(path, checked.outside, echo(given));
  if (checked.value !== given) findings.change();
  return checked.value;
}
