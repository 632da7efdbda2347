import type { Sums } from './node.js';
import { logit, sigmoid } from './sums.js';
import { TRADE_ACTIONS, type TradeAction } from './voting.js';

/** What a counting rule may know of one counted ballot. */
export interface Voice {
  /** Its weight ÷ the mean weight of the counted ballots. */
  share: number;
  /** Its stated confidence, 0 to 1. */
  stated: number;
  /** The learned chance that it proves right, 0.05 to 0.95. */
  p: number;
  /** The agent's sums, read at the decision's number. */
  sums: Sums;
}

export type Evidence = Record<TradeAction, number>;

/**
 * How votes are counted. Quorum, tie, plurality and the calibration of the consensus are the same for all rules
 * (see `tally`); raise the version when the same ballots would count otherwise.
 */
export interface CountingRule {
  name: string;
  version: number;
  /** What one counted ballot says for its action, 0 or more. */
  evidence(voice: Voice): number;
  /** The chance, 0 to 1 and not yet calibrated, that the action with the most evidence proves right. */
  raw(evidence: Evidence, action: TradeAction): number;
}

/** Each voice by the logarithm of its learned odds in nats: the best rule for independent voters (Nitzan, Paroush 1982). */
export const logOdds: CountingRule = {
  name: 'log_odds',
  version: 1,
  evidence: ({ share, p }) => share * Math.max(0, logit(p)),
  raw(evidence, action) {
    const others = TRADE_ACTIONS.filter((other) => other !== action).map((other) => evidence[other]);
    return sigmoid(evidence[action] - Math.max(...others));
  },
};
