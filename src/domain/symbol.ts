import { nameKey } from './agentName.js';

/** A symbol as it is kept, and looked for: without white space at its ends. */
export const cleanSymbol = (given: string): string => given.trim();

/** What stands between the parts of a symbol: exchanges and brokers write `BTC/USDT`, `BTC-USDT` and `BTCUSDT`. */
const SEPARATORS = /[\s./:_-]/gu;

/** Equal for all spellings of one symbol: in any case and width, with whatever white space and separators. */
export function foldSymbol(symbol: string): string {
  const key = nameKey(symbol);
  return key.replaceAll(SEPARATORS, '') || key;
}

/** The other spellings of one among these symbols, each once, in the order of their code units. */
export function otherSpellings(symbol: string, symbols: Iterable<string | null>): string[] {
  const folded = foldSymbol(symbol);
  const others = new Set<string>();
  for (const other of symbols) {
    if (other !== null && other !== symbol && foldSymbol(other) === folded) others.add(other);
  }
  return [...others].sort();
}
