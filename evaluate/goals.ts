import type { RuleName } from '../src/domain/rules.js';
import type { ContestFigures } from './contest.js';
import type { CostFigures } from './cost.js';
import { type DriftFigures, mostFound, share, together } from './drift.js';
import type { ExactnessFigures } from './exactness.js';
import type { MarketFigures } from './market.js';
import type { StarFigures } from './star.js';

/** All that was measured. */
export interface Figures {
  worlds: ContestFigures;
  market: Record<RuleName, MarketFigures>;
  star: StarFigures;
  exactness: ExactnessFigures;
  cost: CostFigures;
  drift: Pick<DriftFigures, 'once' | 'holds'>;
}

/** One goal and what became of it, in words to print. */
export interface Goal {
  scenario: string;
  goal: string;
  measured: string;
  isMet: boolean;
  comparison: string;
  /** Whether it is a time, which depends on the machine. */
  isTime?: boolean;
}

/** Each goal with what was measured; a figure that is missing or not a number misses its goal. */
export const judge = ({ worlds, market, star, exactness, cost, drift }: Figures): Goal[] => [
  ...worldGoals(worlds),
  ...marketGoals(market.log_odds),
  ...starGoals(star),
  {
    scenario: `${exactness.feedbacks} feedbacks shuffled, doubled, retracted, replayed: max |Δp|`,
    goal: '≤ 1e-9',
    measured: exactness.maxDifference.toExponential(1),
    isMet: exactness.maxDifference <= 1e-9,
    comparison: '–',
  },
  {
    scenario: 'One feedback of 7 votes, arithmetic',
    goal: '≤ 10 µs',
    measured: `${cost.feedbackMicros.toFixed(1)} µs`,
    isMet: cost.feedbackMicros <= 10,
    comparison: '–',
    isTime: true,
  },
  {
    scenario: 'A tally of 1,000 votes',
    goal: '≤ 5 ms',
    measured: `${cost.tallyMs.toFixed(2)} ms`,
    isMet: cost.tallyMs <= 5,
    comparison: '–',
    isTime: true,
  },
  ...driftGoals(drift),
];

/** 0 when every goal is met, else 1. In short a time that is missed is reported only. */
export const exitCodeOf = (
  goals: readonly Goal[],
  { isShort = false }: { isShort?: boolean | undefined } = {},
): 0 | 1 => (goals.every(({ isMet, isTime = false }) => isMet || (isShort && isTime)) ? 0 : 1);

/** A share in percent. */
export const percent = (share: number, digits = 1): string => `${(100 * share).toFixed(digits)} %`;

function worldGoals({ worlds, rules, ...baselines }: ContestFigures): Goal[] {
  const { accuracy, ece, floor } = rules.log_odds;
  return [
    {
      scenario: `${worlds} random worlds: accuracy`,
      goal: '≥ 69.0 %',
      measured: percent(accuracy),
      isMet: accuracy >= 0.69,
      comparison: [
        `plurality ${percent(baselines.plurality)}`,
        `by stated confidence ${percent(baselines.byConfidence)}`,
        `best agent in hindsight ${percent(baselines.bestInHindsight)}`,
      ].join('\n'),
    },
    {
      scenario: `${worlds} random worlds: mean ECE`,
      goal: `≤ floor + .01 = ${(floor + 0.01).toFixed(4)}`,
      measured: ece.toFixed(4),
      isMet: ece <= floor + 0.01,
      comparison: `sampling floor ${floor.toFixed(4)}`,
    },
  ];
}

const marketGoals = ({ days, accuracy, ece, floor, brierSkill, statedEce, drift }: MarketFigures): Goal[] => [
  {
    scenario: `S&P 500, ${days} days: ECE`,
    goal: '≤ .02',
    measured: ece.toFixed(4),
    isMet: ece <= 0.02,
    comparison: `mean stated confidence ${statedEce.toFixed(3)}\nsampling floor ${floor.toFixed(4)}`,
  },
  {
    scenario: `S&P 500, ${days} days: Brier skill`,
    goal: '≥ −0.5 %',
    measured: percent(brierSkill, 2).replace('-', '−'),
    isMet: brierSkill >= -0.005,
    comparison: `right on ${percent(accuracy)} of the days\nalways buying (drift) ${percent(drift)}`,
  },
];

function driftGoals({ once, holds }: Figures['drift']): Goal[] {
  const [steady, worst, raised] = [together(once), mostFound(once), together(holds)];
  return [
    {
      scenario: `Drift: false alarms in ${steady.histories} steady histories of 500 votes`,
      goal: '≤ 1 %',
      measured: percent(share(steady), 2),
      isMet: share(steady) <= 0.01,
      comparison: `most often: ${percent(share(worst), 2)}, ${worst.of}`,
    },
    {
      scenario: `Drift: "0 of 6 holds before, 16 of 23 after" raised, ${raised.histories} orders`,
      goal: '≥ 95 %',
      measured: percent(share(raised)),
      isMet: share(raised) >= 0.95,
      comparison: '–',
    },
  ];
}

function starGoals({ recovery, withoutDecay }: StarFigures): Goal[] {
  const within = (feedbacks: number | null, most: number) => feedbacks !== null && feedbacks <= most;
  const shown = (feedbacks: number | null) => (feedbacks === null ? 'never' : String(feedbacks));
  return [
    {
      scenario: `Star .85 → .30, ${recovery.runs} runs: feedbacks until below the median weight`,
      goal: '≤ 90',
      measured: shown(recovery.untilBelowMedian),
      isMet: within(recovery.untilBelowMedian, 90),
      comparison: `without decay ${shown(withoutDecay.untilBelowMedian)}`,
    },
    {
      scenario: `Star .85 → .30, ${recovery.runs} runs: feedbacks until accuracy is within 2 points`,
      goal: '≤ 120',
      measured: shown(recovery.untilSteady),
      isMet: within(recovery.untilSteady, 120),
      comparison: `without decay ${shown(withoutDecay.untilSteady)}`,
    },
  ];
}
