import { otherSpellings } from '../../domain/symbol.js';
import type { Context } from '../context.js';
import type { SymbolFiltered } from '../models.js';

/** Other spellings on record of the symbol that a list is filtered by. */
export async function didYouMean(
  { symbol, userNodeId }: SymbolFiltered,
  _args: unknown,
  { ports, viewer }: Context,
): Promise<string[]> {
  if (symbol === null) return [];
  return otherSpellings(symbol, await ports.symbols.spellings(viewer.userId, userNodeId, symbol));
}
