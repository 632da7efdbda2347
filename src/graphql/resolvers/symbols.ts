import { cleanSymbol, otherSpellings } from '../../domain/symbol.js';
import type { Context } from '../context.js';
import type { SymbolFiltered } from '../models.js';
import { requireText } from './ids.js';

/** The symbol a list is filtered by, as symbols are kept; null without one. @throws BAD_USER_INPUT */
export function symbolWanted(argument: string, given: string | null | undefined): string | null {
  requireText(argument, given);
  return given == null ? null : cleanSymbol(given);
}

/** Other spellings on record of the symbol that a list is filtered by. */
export async function didYouMean(
  { symbol, userNodeId }: SymbolFiltered,
  _args: unknown,
  { ports, viewer }: Context,
): Promise<string[]> {
  if (symbol === null) return [];
  return otherSpellings(symbol, await ports.symbols.spellings(viewer.userId, userNodeId, symbol));
}
