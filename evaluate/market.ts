import { AGENTS } from '../demo/agents.js';
import { type Bar, FIRST_DAY, historyAt, holdBand, nextMove, provedRight } from '../demo/market.js';
import { calibration, type Forecast } from '../demo/statistics.js';
import type { RuleName } from '../src/domain/rules.js';
import type { TradeAction } from '../src/domain/tradeAction.js';
import { plurality } from './baselines.js';
import { type CastVote, createSwarm } from './swarm.js';

/** What each agent said at the close of one day, and which of the three actions the next close proved right. */
export interface MarketDay {
  votes: CastVote[];
  right: Record<TradeAction, boolean>;
}

/** All 0 to 1; a Brier skill of 0 is that of always stating the mean. */
export interface MarketFigures {
  days: number;
  accuracy: number;
  ece: number;
  floor: number;
  brierSkill: number;
  /** ECE of the mean confidence that the voters for the action stated. */
  statedEce: number;
  plurality: number;
  /** How often buying is right. */
  drift: number;
}

/**
 * All days that have 252 moves behind them and a next one. Judged as the demo does: buy is right on a rise, sell on a
 * fall, and hold when the next move is within half the deviation of the last 20 either way.
 */
export function marketDays(bars: readonly Bar[]): MarketDay[] {
  return bars.slice(FIRST_DAY, -1).map((_, day) => {
    const history = historyAt(bars, FIRST_DAY + day);
    const move = nextMove(bars, FIRST_DAY + day);
    const band = holdBand(history);
    return {
      votes: AGENTS.map(({ name, judge }) => {
        const { action, confidence } = judge(history);
        return { agentName: name, action: action.toLowerCase() as TradeAction, confidence };
      }),
      right: {
        buy: provedRight('BUY', move, band),
        sell: provedRight('SELL', move, band),
        hold: provedRight('HOLD', move, band),
      },
    };
  });
}

/** Lets a swarm decide the days one after the other, told each evening whether its decision was right. */
export function trade(days: readonly MarketDay[], rule: RuleName): MarketFigures {
  const swarm = createSwarm(rule, AGENTS.length);
  const forecasts: Forecast[] = [];
  const statedForecasts: Forecast[] = [];
  for (const { votes, right } of days) {
    const { action, confidence } = swarm.decide(votes);
    const cameTrue = right[action];
    swarm.learn(cameTrue);
    forecasts.push({ stated: (confidence ?? 0) / 100, cameTrue });
    const backers = votes.filter((vote) => vote.action === action);
    if (backers.length === 0) continue;
    const total = backers.reduce((sum, vote) => sum + vote.confidence, 0);
    statedForecasts.push({ stated: total / backers.length / 100, cameTrue });
  }
  const { ece, floor } = calibration(forecasts) ?? { ece: 0, floor: 0 };
  return {
    days: days.length,
    accuracy: shareOf(forecasts, ({ cameTrue }) => cameTrue),
    ece,
    floor,
    brierSkill: brierSkill(forecasts),
    statedEce: calibration(statedForecasts)?.ece ?? 0,
    plurality: shareOf(days, ({ votes, right }) => right[plurality(votes)]),
    drift: shareOf(days, ({ right }) => right.buy),
  };
}

const shareOf = <T>(items: readonly T[], isOne: (item: T) => boolean): number =>
  items.filter(isOne).length / items.length;

/** 1 − Brier ÷ that of always stating the mean (Brier 1950); negative where stating the mean is better. */
export function brierSkill(forecasts: readonly Forecast[]): number {
  const mean = shareOf(forecasts, ({ cameTrue }) => cameTrue);
  const squared = forecasts.reduce((sum, { stated, cameTrue }) => sum + (stated - Number(cameTrue)) ** 2, 0);
  return 1 - squared / forecasts.length / (mean * (1 - mean));
}
