import { TRADE_ACTIONS, type TradeAction } from '../src/domain/tradeAction.js';
import { randomFrom } from './random.js';
import type { CastVote } from './swarm.js';

/** How what an agent states relates to its chance of the day to be right. */
export type Speech = 'informative' | 'noise' | 'constant' | 'reversed' | 'steps';

/** One agent of a world. All shares are 0 to 1. */
export interface Character {
  agentName: string;
  /** How often its own opinion is right in the first half. */
  skill: number;
  /** The same in the second half: another for one agent in five. */
  laterSkill: number;
  speech: Speech;
  /** The agent whose vote it copies most of the time. */
  copies: number | null;
}

/** One decision: what would have been right, and who voted what. */
export interface Step {
  truth: TradeAction;
  votes: CastVote[];
}

export interface World {
  characters: Character[];
  isCorrelated: boolean;
  hasAbsences: boolean;
  steps: Step[];
}

/** Decisions of a world. */
export const STEPS = 500;

const SPEECHES: readonly Speech[] = ['informative', 'noise', 'constant', 'reversed', 'steps'];
const [LEAST_SKILL, MOST_SKILL] = [0.15, 0.9];
const [LEAST_MEAN, MOST_MEAN] = [0.42, 0.62];
const CHANGING = 0.2;
/** The deviation of the skills within a world. */
const SKILL_SPREAD = 0.14;
/** How far an agent's chance of the day may be from its skill, if it is one that knows its good days. */
const DAY_SPREAD = 0.35;
/** How many of a correlated world's agents copy an earlier one, and in how many of their votes. */
const [COPYING, COPIED_VOTES] = [0.6, 0.8];
/** How many votes are missing in a world with absences. */
const ABSENT_VOTES = 0.2;
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * The world of this index for a seed; the same two give the same world.
 *
 * Given: 3–9 agents, skill .15–.9, the mean skill of a world .42–.62, 20 % of the agents change skill midway, half of
 * the worlds with correlated copies, five kinds of stated confidence, 30 % of the worlds with absences, 500 decisions.
 *
 * Left open, and chosen here: buy, sell and hold are equally often right, and a wrong vote is either of the other two.
 * The counts of agents, copies and absences take turns over the worlds and the means are evenly spread, so that a few
 * worlds are as mixed as many; everything else is drawn. Skills are normal around the world's mean (deviation .14), a
 * changed one is drawn alike. An agent that is informative, reversed or in steps has a chance of the day, evenly within
 * .35 of its skill (less where that would leave .02–.98, so that its mean is its skill); it states that chance, the
 * mirror image of it, or it in steps of 5. Noise is anything from 50 to 100. In a correlated world six in ten copy the
 * action of an agent before them in 80 % of their votes, and state what they would have stated. Where there are
 * absences, every vote is missing with a chance of .2.
 *
 * The deviation, the copies and the spread of a day were set by figures that no learning has a part in: the best agent
 * in hindsight is right in 65.3 %, plurality in 60.2 %, and votes by stated confidence in 3.8 points more. Log odds
 * live on the last: with a spread of .25 they are right in 1.9 points less, with .2 in 3 less, though the others
 * change by half a point.
 */
export function createWorld(seed: number, index: number): World {
  const random = randomFrom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
  const characters: Character[] = [];
  const isCorrelated = index % 2 === 1;
  const hasAbsences = Math.floor(index / 2) % 10 < 3;
  const mean = LEAST_MEAN + (MOST_MEAN - LEAST_MEAN) * ((randomFrom(seed)() + index * GOLDEN) % 1);
  const skills = drawSkills(random, 3 + (index % 7), mean);
  for (const [i, skill] of skills.entries()) {
    characters.push({
      agentName: `agent ${i + 1}`,
      skill,
      laterSkill: random() < CHANGING ? drawSkill(random, mean) : skill,
      speech: pick(random, SPEECHES),
      copies: isCorrelated && i > 0 && random() < COPYING ? Math.floor(random() * i) : null,
    });
  }
  const steps = Array.from({ length: STEPS }, (_, at) => drawStep(random, characters, at, hasAbsences));
  return { characters, isCorrelated, hasAbsences, steps };
}

const pick = <T>(random: () => number, items: readonly T[]): T =>
  items[Math.floor(random() * items.length)] as T;

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** Box–Muller. */
const drawSkill = (random: () => number, mean: number): number =>
  clamp(
    mean + SKILL_SPREAD * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
    LEAST_SKILL,
    MOST_SKILL,
  );

/** Skills whose mean is a mean that a world may have. */
function drawSkills(random: () => number, agents: number, mean: number): number[] {
  for (;;) {
    const skills = Array.from({ length: agents }, () => drawSkill(random, mean));
    const drawn = skills.reduce((sum, skill) => sum + skill, 0) / agents;
    if (drawn >= LEAST_MEAN && drawn <= MOST_MEAN) return skills;
  }
}

function drawStep(
  random: () => number,
  characters: readonly Character[],
  at: number,
  hasAbsences: boolean,
): Step {
  const truth = pick(random, TRADE_ACTIONS);
  const actions: TradeAction[] = [];
  const votes: CastVote[] = [];
  for (const { agentName, skill, laterSkill, speech, copies } of characters) {
    const usual = at < STEPS / 2 ? skill : laterSkill;
    const swing = (2 * random() - 1) * Math.min(DAY_SPREAD, usual - 0.02, 0.98 - usual);
    const chance = usual + (speech === 'noise' || speech === 'constant' ? 0 : swing);
    const own = random() < chance ? truth : pick(random, OTHERS[truth]);
    const isCopy = copies !== null && random() < COPIED_VOTES;
    const action = isCopy ? (actions[copies] ?? own) : own;
    actions.push(action);
    const confidence = stated(random, speech, usual, chance);
    if (!hasAbsences || random() >= ABSENT_VOTES) votes.push({ agentName, action, confidence });
  }
  return { truth, votes };
}

const OTHERS: Record<TradeAction, readonly TradeAction[]> = {
  buy: ['sell', 'hold'],
  sell: ['buy', 'hold'],
  hold: ['buy', 'sell'],
};

/** In whole percent. */
function stated(random: () => number, speech: Speech, usual: number, chance: number): number {
  if (speech === 'noise') return 50 + Math.floor(51 * random());
  if (speech === 'constant') return 85;
  if (speech === 'steps') return 5 * Math.round(20 * chance);
  return Math.round(100 * (speech === 'reversed' ? 2 * usual - chance : chance));
}
