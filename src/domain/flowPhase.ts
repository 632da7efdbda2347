/** The part of a trading flow in which something is said. */
export type FlowPhase = 'market_analysis' | 'risk_check' | 'trade_decision';
