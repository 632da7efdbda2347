import { describe, expect, test } from '@jest/globals';
import { randomFrom } from '../../evaluate/random.js';
import { createWorld, STEPS, type World } from '../../evaluate/worlds.js';

const WORLDS = 60;
const worlds = Array.from({ length: WORLDS }, (_, index) => createWorld(1, index));
const characters = worlds.flatMap((world) => world.characters);

const shareOf = <T>(items: readonly T[], isOne: (item: T) => boolean): number =>
  items.filter(isOne).length / items.length;
/** Compared as text: matching a thousand votes one by one takes seconds. */
const textOf = (seed: number, index: number): string => JSON.stringify(createWorld(seed, index));
const meanSkill = ({ characters: agents }: World): number =>
  agents.reduce((sum, { skill }) => sum + skill, 0) / agents.length;

describe('a random world', () => {
  test('is the same for the same seed and index', () => {
    expect(textOf(7, 3)).toBe(textOf(7, 3));
  });

  test('is another for another seed or index', () => {
    expect(textOf(7, 3)).not.toBe(textOf(8, 3));
    expect(textOf(7, 3)).not.toBe(textOf(7, 10));
  });

  test('has 3 to 9 agents and 500 decisions', () => {
    const sizes = new Set(worlds.map((world) => world.characters.length));
    expect([...sizes].sort()).toEqual([3, 4, 5, 6, 7, 8, 9]);
    for (const { steps } of worlds) expect(steps).toHaveLength(STEPS);
  });

  test('has skills from .15 to .9 whose mean is from .42 to .62', () => {
    for (const { skill, laterSkill } of characters) {
      expect(Math.min(skill, laterSkill)).toBeGreaterThanOrEqual(0.15);
      expect(Math.max(skill, laterSkill)).toBeLessThanOrEqual(0.9);
    }
    for (const mean of worlds.map(meanSkill)) {
      expect(mean).toBeGreaterThanOrEqual(0.42);
      expect(mean).toBeLessThanOrEqual(0.62);
    }
  });

  test('states whole percents', () => {
    for (const { votes } of worlds.flatMap(({ steps }) => steps)) {
      for (const { confidence } of votes) {
        if (!Number.isInteger(confidence) || confidence < 0 || confidence > 100) {
          throw new Error(`Expected a whole percent, got ${confidence}.`);
        }
      }
    }
  });
});

describe('the worlds together', () => {
  test('half have correlated copies, three in ten have absences', () => {
    expect(shareOf(worlds, ({ isCorrelated }) => isCorrelated)).toBe(0.5);
    expect(shareOf(worlds, ({ hasAbsences }) => hasAbsences)).toBeCloseTo(0.3, 1);
  });

  test('one agent in five changes its skill midway', () => {
    expect(shareOf(characters, ({ skill, laterSkill }) => skill !== laterSkill)).toBeCloseTo(0.2, 1);
  });

  test('the five ways to state a confidence are about equally frequent', () => {
    for (const speech of ['informative', 'noise', 'constant', 'reversed', 'steps']) {
      expect(shareOf(characters, (character) => character.speech === speech)).toBeCloseTo(0.2, 1);
    }
  });

  test('an agent that copies nobody is right as often as its skill says', () => {
    let [expected, hits, votes] = [0, 0, 0];
    for (const { characters: agents, steps } of worlds) {
      const skills = new Map(agents.map((agent) => [agent.agentName, agent]));
      steps.forEach((step, at) => {
        for (const { agentName, action } of step.votes) {
          const agent = skills.get(agentName);
          if (!agent || agent.copies !== null) continue;
          expected += at < STEPS / 2 ? agent.skill : agent.laterSkill;
          hits += action === step.truth ? 1 : 0;
          votes += 1;
        }
      });
    }
    expect(hits / votes).toBeCloseTo(expected / votes, 2);
  });
});

describe('a repeatable stream', () => {
  test('gives the same numbers from 0 up to 1 for the same seed, and others for another', () => {
    const take = (seed: number): number[] => Array.from({ length: 1_000 }, randomFrom(seed));
    expect(take(1)).toEqual(take(1));
    expect(take(1)).not.toEqual(take(2));
    expect(Math.min(...take(1))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...take(1))).toBeLessThan(1);
  });
});
