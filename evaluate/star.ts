import { TRADE_ACTIONS, type TradeAction } from '../src/domain/tradeAction.js';
import { randomFrom } from './random.js';
import { createSwarm, type Swarm } from './swarm.js';

/** Both in feedbacks after the fall; null where it did not come to pass within those that were looked at. */
export interface Recovery {
  runs: number;
  /** Until the star weighs less than the median agent: the median of the runs. */
  untilBelowMedian: number | null;
  /** Until the accuracy is within 2 points of steady. */
  untilSteady: number | null;
}

export interface StarFigures {
  recovery: Recovery;
  /** The same without decay, where every feedback counts alike for ever; of a quarter of the runs. */
  withoutDecay: Recovery;
}

const NAMES = Array.from({ length: 7 }, (_, i) => `agent ${i + 1}`);
const [STAR = ''] = NAMES;
const [STAR_BEFORE, STAR_AFTER, OTHERS] = [0.85, 0.3, 0.6];
/** Decisions before the fall and after it. */
const [BEFORE, AFTER] = [500, 600];
/** The last of them show what is steady. */
const STEADY = 300;
const HALF_WINDOW = 20;
const NEAR = 0.02;

/** What became of a swarm after the fall. */
interface Course {
  /** For each run, feedbacks until the star weighed less than the median agent. */
  crossings: number[];
  /** For each decision, the share of runs in which it was right. */
  accuracy: number[];
}

/**
 * A star among six agents that are right in 60 %, first in 85 % and after 500 decisions in 30 %. Buy, sell and hold are
 * equally often right, a wrong vote is either of the other two, and everybody states anything from 50 to 90. Steady is
 * what a swarm with decay comes to, 300 to 600 feedbacks after the fall.
 *
 * How good the others are and how long the star shone was left open, and set by what is known of no decay at all: 390
 * feedbacks until below the median. The better the others, the sooner: with 55 % it takes about 20 more.
 */
export function fallOfTheStar(runs: number, seed: number): StarFigures {
  const decaying = follow(runs, seed, true);
  const lasting = follow(Math.ceil(runs / 4), seed, false);
  const steady = mean(decaying.accuracy.slice(-STEADY));
  return { recovery: recoveryOf(decaying, steady), withoutDecay: recoveryOf(lasting, steady) };
}

function follow(runs: number, seed: number, decays: boolean): Course {
  const random = randomFrom(seed);
  const crossings: number[] = [];
  const hits = Array.from({ length: AFTER }, () => 0);
  for (let run = 0; run < runs; run += 1) {
    const swarm = createSwarm('log_odds', NAMES.length, { decays });
    for (let step = 0; step < BEFORE; step += 1) playStep(random, swarm, STAR_BEFORE);
    let crossing = Number.POSITIVE_INFINITY;
    for (let step = 0; step < AFTER; step += 1) {
      if (playStep(random, swarm, STAR_AFTER)) hits[step] = (hits[step] ?? 0) + 1;
      if (step < crossing && isBelowMedian(swarm)) crossing = step + 1;
    }
    crossings.push(crossing);
  }
  return { crossings, accuracy: hits.map((hit) => hit / runs) };
}

/** Whether the decision was right. */
function playStep(random: () => number, swarm: Swarm, starSkill: number): boolean {
  const draw = (count: number): number => Math.floor(count * random());
  const truth = draw(3);
  const votes = NAMES.map((agentName) => {
    const isRight = random() < (agentName === STAR ? starSkill : OTHERS);
    const action = actionAt(isRight ? truth : truth + 1 + draw(2));
    return { agentName, action, confidence: 50 + draw(41) };
  });
  const success = swarm.decide(votes).action === actionAt(truth);
  swarm.learn(success);
  return success;
}

const actionAt = (index: number): TradeAction => TRADE_ACTIONS[index % 3] ?? 'hold';

const isBelowMedian = (swarm: Swarm): boolean =>
  swarm.weightOf(STAR) < median(NAMES.map((agentName) => swarm.weightOf(agentName)));

function recoveryOf({ crossings, accuracy }: Course, steady: number): Recovery {
  const middle = median(crossings);
  return {
    runs: crossings.length,
    untilBelowMedian: Number.isFinite(middle) ? middle : null,
    untilSteady: feedbacksUntil(accuracy, steady - NEAR),
  };
}

/**
 * How many feedbacks were in when the accuracy first was at least this: the mean of the 20 decisions before and the
 * 20 after, so that it is read neither early nor late. Null if never.
 */
export function feedbacksUntil(accuracy: readonly number[], least: number): number | null {
  for (let at = HALF_WINDOW; at + HALF_WINDOW <= accuracy.length; at += 1) {
    if (mean(accuracy.slice(at - HALF_WINDOW, at + HALF_WINDOW)) >= least) return at;
  }
  return null;
}

/** The middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return mean(sorted.slice(Math.ceil(middle - 1), Math.floor(middle) + 1));
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
