import { createSchema } from '../src/graphql/schema.js';
import { USUAL_LIMITS } from '../src/limits.js';
import { LOCAL_VIEWER } from '../src/transport/identity.js';
import { createPreparation, type Request } from '../src/transport/preparation.js';
import { parseStrictJson } from '../src/transport/strictJson.js';

const TIMES = 2_000;

/** What it takes to check one operation that was seen before, from its text to where it can be executed, in seconds. */
export function secondsOfChecks(body: string): number {
  const prepare = createPreparation(createSchema(), USUAL_LIMITS);
  const check = (): void => {
    const prepared = prepare(parseStrictJson(body) as Request, LOCAL_VIEWER);
    if (Array.isArray(prepared)) throw prepared[0];
  };
  for (let i = 0; i < TIMES; i++) check();
  const startedMs = performance.now();
  for (let i = 0; i < TIMES; i++) check();
  return (performance.now() - startedMs) / 1_000 / TIMES;
}
