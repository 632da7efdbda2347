import { calibration, type Forecast } from '../demo/statistics.js';
import { RULES, type RuleName } from '../src/domain/rules.js';
import { accuracyOf, bestInHindsight, byConfidence, plurality } from './baselines.js';
import { createSwarm } from './swarm.js';
import { createWorld, type World } from './worlds.js';

/** What one rule made of the worlds; means over them, 0 to 1. */
export interface RuleFigures {
  accuracy: number;
  ece: number;
  floor: number;
}

/** All on the same votes; accuracies are means over the worlds, 0 to 1. */
export interface ContestFigures {
  worlds: number;
  plurality: number;
  byConfidence: number;
  bestInHindsight: number;
  rules: Record<RuleName, RuleFigures>;
}

export const RULE_NAMES = Object.keys(RULES) as RuleName[];

/** Lets every rule decide the same worlds, each with a memory of its own per world. */
export function contest(worlds: number, seed: number): ContestFigures {
  const baselines = { plurality: 0, byConfidence: 0, bestInHindsight: 0 };
  const none = (): RuleFigures => ({ accuracy: 0, ece: 0, floor: 0 });
  const rules: Record<RuleName, RuleFigures> = {
    log_odds: none(),
    majority: none(),
    confidence_weighted: none(),
    hedge: none(),
  };
  for (let index = 0; index < worlds; index += 1) {
    const world = createWorld(seed, index);
    baselines.plurality += accuracyOf(world.steps, plurality) / worlds;
    baselines.byConfidence += accuracyOf(world.steps, byConfidence) / worlds;
    baselines.bestInHindsight += bestInHindsight(world.steps) / worlds;
    for (const name of RULE_NAMES) {
      const { accuracy, ece, floor } = play(world, name);
      rules[name].accuracy += accuracy / worlds;
      rules[name].ece += ece / worlds;
      rules[name].floor += floor / worlds;
    }
  }
  return { worlds, ...baselines, rules };
}

/** One rule in one world. Where there is no quorum it decides hold and states nothing. */
export function play({ characters, steps }: World, rule: RuleName): RuleFigures {
  const swarm = createSwarm(rule, characters.length);
  const forecasts: Forecast[] = [];
  let hits = 0;
  for (const { truth, votes } of steps) {
    const { action, confidence } = swarm.decide(votes);
    const success = action === truth;
    swarm.learn(success);
    if (success) hits += 1;
    if (confidence !== null) forecasts.push({ stated: confidence / 100, cameTrue: success });
  }
  const { ece, floor } = calibration(forecasts) ?? { ece: 0, floor: 0 };
  return { accuracy: hits / steps.length, ece, floor };
}
