import { type DriftKind, type DriftVote, findDrift, MIN_DRIFT_VOTES } from '../src/domain/drift.js';
import type { TradeAction } from '../src/domain/tradeAction.js';
import { randomFrom } from './random.js';

/** How many histories had a finding. */
export interface DriftRate {
  of: string;
  found: number;
  histories: number;
}

export interface DriftFigures {
  /** Per stationary kind of 500 votes, looked at once at the end. */
  once: DriftRate[];
  /** The same, looked at after every vote: found when there ever was a finding. */
  always: DriftRate[];
  /** How often a shift was found, looked at once at the end. */
  power: DriftRate[];
  /** None of six votes a hold, then 16 of 23. */
  holds: DriftRate[];
  /** One look where 98 % of all votes are alike. */
  nearlyOnce: DriftRate[];
  /** The same with a look after every vote: not promised. */
  nearlyAlways: DriftRate[];
  /** One look where votes depend on the one before: not promised. */
  sticky: DriftRate[];
  /** Of one look at 500 votes, in ms. */
  meanMs: number;
}

type Random = () => number;
/** The chances of buy and sell; the rest is hold. */
type Mix = readonly [number, number];
type State = (random: Random) => number;

export const VOTES = 500;

const MIXES: Record<string, Mix> = {
  even: [1 / 3, 1 / 3],
  'no hold': [0.5, 0.5],
  'mostly buy': [0.9, 0.05],
  uneven: [0.6, 0.3],
  'buy or hold': [0.45, 0],
  'two and a bit': [0.45, 0.4],
  'half and quarters': [0.5, 0.25],
};

const CONFIDENCES: Record<string, State> = {
  'steps of 5': (random) => 5 * Math.floor(random() * 21),
  normal: (random) => percent(70 + 10 * normal(random)),
  'two values': (random) => (random() < 0.7 ? 80 : 60),
  'one value in 95 %': (random) => (random() < 0.95 ? 85 : 60),
  'heavy tails': (random) => percent(65 + (4 * normal(random)) / Math.max(0.05, Math.abs(normal(random)))),
  'four values': (random) => [55, 65, 75, 90][Math.floor(4 * random() ** 2)] ?? 90,
  skewed: (random) => percent(50 - 8 * Math.log(1 - random())),
};

interface Kind {
  of: string;
  mix: Mix;
  state: State;
}

/** Every mix with two kinds of confidence, every kind of confidence with two mixes. */
const STATIONARY: Kind[] = Object.entries(MIXES).flatMap(([mixName, mix], i) =>
  [0, 3].map((step) => {
    const states = Object.entries(CONFIDENCES);
    const [stateName, state] = states[(i + step) % states.length] as [string, State];
    return { of: `${mixName}, ${stateName}`, mix, state };
  }),
);

/** So near to constant that the first 60 votes are often all alike. */
const NEARLY_CONSTANT: Kind[] = [
  { of: 'buy in 98 %', mix: [0.98, 0.01], state: (random) => percent(70 + 10 * normal(random)) },
  { of: 'one value in 98 %', mix: [0.5, 0.5], state: (random) => (random() < 0.98 ? 85 : 100) },
];

const percent = (value: number): number => Math.min(100, Math.max(0, Math.round(value)));

const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

function actionOf([buy, sell]: Mix, random: Random): TradeAction {
  const drawn = random();
  return drawn < buy ? 'buy' : drawn < buy + sell ? 'sell' : 'hold';
}

const votesOf = (actions: readonly TradeAction[], state: (i: number) => number): DriftVote[] =>
  actions.map((action, i) => ({
    seq: i + 1,
    timestamp: new Date(60_000 * i),
    action,
    confidence: state(i),
  }));

function stationary(mix: Mix, state: State, random: Random): DriftVote[] {
  const actions = Array.from({ length: VOTES }, () => actionOf(mix, random));
  return votesOf(actions, () => state(random));
}

const isFound = (votes: readonly DriftVote[]): boolean => findDrift('agent', votes).length > 0;

function isEverFound(votes: readonly DriftVote[]): boolean {
  for (let n = MIN_DRIFT_VOTES; n <= votes.length; n += 1) if (isFound(votes.slice(0, n))) return true;
  return false;
}

function rateOf(of: string, histories: number, isHit: () => boolean): DriftRate {
  let found = 0;
  for (let i = 0; i < histories; i += 1) if (isHit()) found += 1;
  return { of, found, histories };
}

const BEFORE: Mix = [0.6, 0.3];
const AFTER: Mix = [0.3, 0.3];
/** How many votes, from which on they differ, and the mean confidence there; before it is 70, and 10 its deviation. */
const SHIFTS: [kind: DriftKind, votes: number, at: number, level: number][] = [
  ['action_mix', 500, 250, 70],
  ['action_mix', 500, 440, 70],
  ['action_mix', 500, 60, 70],
  ['action_mix', 200, 100, 70],
  ['action_mix', 100, 50, 70],
  ['confidence', 500, 250, 60],
  ['confidence', 500, 440, 60],
  ['confidence', 500, 250, 65],
  ['confidence', 200, 100, 60],
  ['confidence', 100, 50, 60],
  ['confidence', 60, 30, 50],
];

const powerRates = (histories: number, random: Random): DriftRate[] =>
  SHIFTS.map(([kind, votes, at, level]) => {
    const after = kind === 'action_mix' ? AFTER : BEFORE;
    const what = kind === 'action_mix' ? 'mix 60/30/10 to 30/30/40' : `confidence 70 ± 10 to ${level} ± 10`;
    return rateOf(`${what}, ${at} then ${votes - at} votes`, histories, () => {
      const actions = Array.from({ length: votes }, (_, i) => actionOf(i < at ? BEFORE : after, random));
      const drawn = votesOf(actions, (i) => percent((i < at ? 70 : level) + 10 * normal(random)));
      return findDrift('agent', drawn).some((found) => found.kind === kind);
    });
  });

function shuffled<T>(values: readonly T[], random: Random): T[] {
  const all = [...values];
  for (let i = all.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [all[i], all[j]] = [all[j] as T, all[i] as T];
  }
  return all;
}

function holdRates(histories: number, random: Random): DriftRate[] {
  const others = (length: number) => Array.from({ length }, () => actionOf([0.5, 0.5], random));
  const holds = Array.from({ length: 16 }, (): TradeAction => 'hold');
  const rate = (order: string, after: () => TradeAction[]) =>
    rateOf(`0 of 6 holds then 16 of 23, ${order}`, histories, () => {
      const votes = votesOf([...others(6), ...after()], () => 60 + Math.floor(21 * random()));
      return findDrift('agent', votes).some(({ kind }) => kind === 'action_mix');
    });
  return [
    rate('shuffled', () => shuffled([...holds, ...others(7)], random)),
    rate('holds first', () => [...holds, ...others(7)]),
    rate('holds last', () => [...others(7), ...holds]),
  ];
}

/** Each vote is like the one before with this chance, else drawn anew. */
function sticky(likeLast: number, random: Random): DriftVote[] {
  const drawn = stationary([0.4, 0.3], (draw) => percent(70 + 10 * normal(draw)), random);
  let last = drawn[0];
  return drawn.map((vote) => {
    last =
      last !== undefined && random() < likeLast
        ? { ...vote, action: last.action, confidence: last.confidence }
        : vote;
    return last;
  });
}

/** What is promised: how often a steady agent is found at one look, and how often the case that must be. */
export function measureDrift(seed: number, histories: number): Pick<DriftFigures, 'once' | 'holds'> {
  const random = randomFrom(seed);
  return {
    once: STATIONARY.map(({ of, mix, state }) =>
      rateOf(of, histories, () => isFound(stationary(mix, state, random))),
    ),
    holds: holdRates(histories, random),
  };
}

/** Measures `findDrift` on `histories` of each kind; a twentieth of them is looked at after every vote. */
export function simulateDrift(seed: number, histories: number): DriftFigures {
  const random = randomFrom(seed);
  const few = Math.max(1, Math.round(histories / 20));
  const lookOnce = ({ of, mix, state }: Kind) =>
    rateOf(of, histories, () => isFound(stationary(mix, state, random)));
  const lookAlways = ({ of, mix, state }: Kind) =>
    rateOf(of, few, () => isEverFound(stationary(mix, state, random)));
  const start = performance.now();
  const once = STATIONARY.map(lookOnce);
  const meanMs = (performance.now() - start) / (histories * STATIONARY.length);
  return {
    once,
    meanMs,
    always: STATIONARY.map(lookAlways),
    nearlyOnce: NEARLY_CONSTANT.map(lookOnce),
    nearlyAlways: NEARLY_CONSTANT.map(lookAlways),
    power: powerRates(Math.max(1, Math.round(histories / 4)), random),
    holds: holdRates(histories, random),
    sticky: [0.2, 0.5].map((likeLast) =>
      rateOf(`like the last vote in ${100 * likeLast} %`, histories, () => isFound(sticky(likeLast, random))),
    ),
  };
}

export const share = ({ found, histories }: DriftRate): number => found / histories;

/** All kinds together. */
export const together = (rates: readonly DriftRate[]): DriftRate => ({
  of: 'all',
  found: rates.reduce((sum, { found }) => sum + found, 0),
  histories: rates.reduce((sum, { histories }) => sum + histories, 0),
});

/** The kind that is found most often. */
export const mostFound = (rates: readonly DriftRate[]): DriftRate =>
  rates.reduce((a, b) => (share(b) > share(a) ? b : a));
