import type { NodeKey, Ports } from '../ports.js';

/** Keeps how a node spelled a symbol. What it was used for is stored by then: a failure is made up for by the next use. */
export async function keepSymbol(
  ports: Ports,
  { userId, userNodeId }: NodeKey,
  symbol: string | null,
): Promise<void> {
  if (symbol === null) return;
  try {
    await ports.symbols.keep(userId, userNodeId, symbol);
  } catch (error) {
    ports.report(error, 'keeping how a symbol is spelled');
  }
}
