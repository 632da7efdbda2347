import { logit, sigmoid } from './sums.js';
import { TRADE_ACTIONS, type TradeAction } from './tradeAction.js';

/** The names of the counting rules. */
export type RuleName = 'log_odds' | 'majority' | 'confidence_weighted' | 'hedge';

/** What a counting rule may know of one ballot beside its weight. */
export interface HeardBallot {
  /** Its stated confidence, 0 to 1. */
  stated: number;
  /** The learned chance that it proves right, 0.05 to 0.95. */
  p: number;
  /** How many more times its agent was right than its swarm, older votes counted for less. */
  r: number;
}

export type Evidence = Record<TradeAction, number>;

/**
 * How votes are counted. Quorum, tie, plurality and the calibration of the consensus are the same for all rules
 * (see `decide`); raise the version when the same ballots would count otherwise.
 */
export interface CountingRule {
  name: RuleName;
  version: number;
  /** What a ballot of mean weight says for its action, 0 or more; of another weight, in proportion. */
  strength(ballot: HeardBallot): number;
  /** The chance, 0 to 1 and not yet calibrated, that the action with the most evidence proves right. */
  raw(evidence: Evidence, action: TradeAction): number;
}

/** Each ballot by the logarithm of its learned odds in nats: the best rule for independent voters (Nitzan, Paroush 1982). */
export const logOdds: CountingRule = {
  name: 'log_odds',
  version: 1,
  strength: ({ p }) => Math.max(0, logit(p)),
  raw(evidence, action) {
    const others = TRADE_ACTIONS.filter((other) => other !== action).map((other) => evidence[other]);
    return sigmoid(evidence[action] - Math.max(...others));
  },
};

const shareOfAll = (evidence: Evidence, action: TradeAction): number =>
  evidence[action] / (evidence.buy + evidence.sell + evidence.hold);

/** Each ballot by its owner's weight alone. */
const majority: CountingRule = { name: 'majority', version: 1, strength: () => 1, raw: shareOfAll };

/** Each ballot by the confidence it states, taken at its word. */
const confidenceWeighted: CountingRule = {
  name: 'confidence_weighted',
  version: 1,
  strength: ({ stated }) => stated,
  raw: shareOfAll,
};

/** A step of the multiplicative weights, and the most that they may come to. */
const HEDGE_RATE = 0.1;
const HEDGE_LIMIT = 20;

/** Each ballot by how often it was right where its swarm was not (multiplicative weights, Freund and Schapire 1997). */
const hedge: CountingRule = {
  name: 'hedge',
  version: 1,
  strength: ({ r }) => Math.exp(Math.min(HEDGE_LIMIT, Math.max(-HEDGE_LIMIT, HEDGE_RATE * r))),
  raw: shareOfAll,
};

/** Every counting rule, by its name. */
export const RULES: Readonly<Record<RuleName, CountingRule>> = {
  log_odds: logOdds,
  majority,
  confidence_weighted: confidenceWeighted,
  hedge,
};

export const isRuleName = (name: string): name is RuleName => Object.hasOwn(RULES, name);
