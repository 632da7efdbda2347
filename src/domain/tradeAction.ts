/** What an agent or a swarm would do. */
export type TradeAction = 'buy' | 'sell' | 'hold';

/** The actions in the order they are shown in. */
export const TRADE_ACTIONS: readonly TradeAction[] = ['buy', 'sell', 'hold'];
