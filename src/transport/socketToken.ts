import { Unauthenticated } from './unauthenticated.js';

type Params = Readonly<Record<string, unknown>>;

/** Names under which other servers take tokens. */
const OTHER_NAME = /^(x[-_])?(auth|access|id|api|bearer|jwt)?[-_]?(token|auth|bearer|jwt|key)$/i;

/**
 * Where a socket says who it is: in `connectionParams`, as `authorization` or in `headers`, in any case; else in the
 * header of its upgrade, which a proxy may have put there.
 * @throws {Unauthenticated} where the params hold several that differ, or none but what is meant for one
 */
export function socketToken(params: Params, header: string | undefined): unknown {
  const given = [...valuesOf(params), ...valuesOf(headersOf(params))];
  if (new Set(given).size > 1) {
    throw new Unauthenticated(
      'Expected one token as `connectionParams.authorization`, got several that differ.',
    );
  }
  if (given.length > 0) return given[0];
  if (header !== undefined) return header;
  const other = Object.keys(params).find((name) => OTHER_NAME.test(name));
  const got = other === undefined ? 'none' : `\`${other}\``;
  throw new Unauthenticated(`Expected a token as \`connectionParams.authorization: Bearer …\`, got ${got}.`);
}

const valuesOf = (params: Params): unknown[] =>
  Object.entries(params)
    .filter(([name, value]) => name.toLowerCase() === 'authorization' && value !== null && value !== '')
    .map(([, value]) => value);

function headersOf(params: Params): Params {
  const found = Object.entries(params).find(([name]) => name.toLowerCase() === 'headers')?.[1];
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Params) : {};
}
