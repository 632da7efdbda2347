import {
  change,
  channel,
  last,
  moves,
  movingAverage,
  newestClose,
  rsi,
  standardDeviation,
  volatility,
  YEAR,
  zScore,
} from './indicators.js';
import type { Action, Bar } from './market.js';

/** What an agent makes of a day; `confidence` is its stated chance to be right, in whole percent. */
export interface Opinion {
  action: Action;
  confidence: number;
  /** The indicator's values, in the agent's own shape. */
  data: Record<string, number>;
  /** One sentence for people. */
  text: string;
}

/** One trader with one rule, its thresholds the textbook's and none fitted. The opinion depends on `history` alone, the newest day last. */
export interface Agent {
  name: string;
  role: string;
  judge(history: readonly Bar[]): Opinion;
}

const RANDOM_SEED = 20_010_102;

/** `base` plus `perUnit` for each unit of strength, in whole percent, never above `most`. */
function stated(base: number, perUnit: number, strength: number, most = 90): number {
  return Math.round(Math.min(most, base + perUnit * Math.abs(strength)));
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** Buys when `score` is above `threshold`, sells below minus it, and holds otherwise. */
function lean(score: number, threshold = 0): Action {
  if (score > threshold) return 'BUY';
  return score < -threshold ? 'SELL' : 'HOLD';
}

function momentum(history: readonly Bar[]): Opinion {
  const change20 = change(history, 20);
  const noise = standardDeviation(moves(history, 20)) * Math.sqrt(20);
  const score = noise === 0 ? 0 : change20 / noise;
  return {
    action: lean(score),
    confidence: stated(55, 15, score),
    data: { change20, score },
    text: `20 days made ${percent(change20)}, ${score.toFixed(2)} of their own noise.`,
  };
}

function meanReversion(history: readonly Bar[]): Opinion {
  const z = zScore(history, 20);
  const action = lean(-z, 1);
  return {
    action,
    confidence: action === 'HOLD' ? stated(60, -10, z) : stated(50, 12, z),
    data: { z20: z, average20: movingAverage(history, 20) },
    text: `The close is ${z.toFixed(2)} deviations from its 20-day mean.`,
  };
}

function breakout(history: readonly Bar[]): Opinion {
  const { high, low } = channel(history, 55);
  const close = newestClose(history);
  const place = (close - low) / (high - low);
  const action = lean(place - 0.5, 0.5);
  return {
    action,
    confidence:
      action === 'HOLD' ? stated(60, -30, place - 0.5) : stated(70, 100, Math.abs(place - 0.5) - 0.5),
    data: { high55: high, low55: low, place },
    text: `The close is at ${percent(place)} of the channel of the last 55 days.`,
  };
}

function movingAverages(history: readonly Bar[]): Opinion {
  const [fast, slow] = [movingAverage(history, 50), movingAverage(history, 200)];
  const gap = fast / slow - 1;
  return {
    action: lean(gap),
    confidence: stated(55, 250, gap),
    data: { average50: fast, average200: slow, gap },
    text: `The 50-day mean is ${percent(gap)} from the 200-day mean.`,
  };
}

function relativeStrength(history: readonly Bar[]): Opinion {
  const value = rsi(history, 14);
  const action = lean(50 - value, 20);
  return {
    action,
    confidence: action === 'HOLD' ? stated(60, -1, value - 50) : stated(45, 1, value - 50),
    data: { rsi14: value },
    text: `RSI 14 stands at ${value.toFixed(0)}.`,
  };
}

function volatilityRegime(history: readonly Bar[]): Opinion {
  const [recent, usual] = [volatility(history, 20), volatility(history, YEAR)];
  const ratio = recent / usual;
  return {
    action: lean(1 - ratio),
    confidence: stated(52, 40, ratio - 1),
    data: { volatility20: recent, volatility252: usual, ratio },
    text: `20-day volatility is ${ratio.toFixed(2)} of the year's.`,
  };
}

function oneDayReversal(history: readonly Bar[]): Opinion {
  const move = change(history, 1);
  const deviation = standardDeviation(moves(history, 20));
  const score = deviation === 0 ? 0 : move / deviation;
  return {
    action: lean(-score),
    confidence: stated(52, 12, score),
    data: { move, score },
    text: `Today made ${percent(move)}, ${score.toFixed(2)} of a usual day.`,
  };
}

/** A number in [0, 1) that only depends on seed and step (mulberry32 after `step` calls). */
export function seededRandom(seed: number, step: number): number {
  let state = (seed + Math.imul(step, 0x6d2b79f5)) | 0;
  state = Math.imul(state ^ (state >>> 15), state | 1);
  state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
  return ((state ^ (state >>> 14)) >>> 0) / 2 ** 32;
}

function random(history: readonly Bar[]): Opinion {
  const day = history.length;
  const draw = seededRandom(RANDOM_SEED, 2 * day);
  return {
    action: lean(draw - 0.5, 1 / 6),
    confidence: 50 + Math.floor(41 * seededRandom(RANDOM_SEED, 2 * day + 1)),
    data: { draw },
    text: `The die shows ${draw.toFixed(3)}.`,
  };
}

function always(action: Action, confidence: number, text: string) {
  return (history: readonly Bar[]): Opinion => ({
    action,
    confidence,
    data: { close: last(history, 1)[0]?.close ?? Number.NaN },
    text,
  });
}

/** The ten traders, in the order of the roster. */
export const AGENTS: readonly Agent[] = [
  { name: 'momentum_20', role: 'trend', judge: momentum },
  { name: 'mean_reversion_20', role: 'contrarian', judge: meanReversion },
  { name: 'breakout_55', role: 'trend', judge: breakout },
  { name: 'moving_averages_50_200', role: 'trend', judge: movingAverages },
  { name: 'rsi_14', role: 'contrarian', judge: relativeStrength },
  { name: 'volatility_regime', role: 'risk', judge: volatilityRegime },
  { name: 'one_day_reversal', role: 'contrarian', judge: oneDayReversal },
  { name: 'random', role: 'control', judge: random },
  { name: 'always_buy', role: 'control', judge: always('BUY', 60, 'Stocks rise in the long run.') },
  { name: 'always_sell', role: 'control', judge: always('SELL', 90, 'It cannot go on like this.') },
];
