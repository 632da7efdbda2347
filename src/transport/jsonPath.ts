const MAX_STEPS = 20;
const MAX_KEY = 80;
const PLAIN = /^[\p{L}\p{N}_$-]+$/u;

/**
 * Where something stands in JSON, for a person: `variables.input.votes.0."BRK.B"`. Long paths lose their middle. What is
 * below the key `inside` is named from there on: the same place has one name over all transports.
 */
export function pathText(steps: readonly (string | number)[], inside?: string): string {
  const own = steps.length > 1 && steps[0] === inside ? steps.slice(1) : steps;
  const half = MAX_STEPS / 2;
  const shown = own.length > MAX_STEPS ? [...own.slice(0, half), '…', ...own.slice(-half)] : own;
  return shown.map((step) => (typeof step === 'number' ? String(step) : keyText(step))).join('.');
}

function keyText(key: string): string {
  const short = key.length > MAX_KEY ? `${key.slice(0, MAX_KEY)}…` : key;
  return short === '…' || PLAIN.test(short) ? short : JSON.stringify(short);
}
