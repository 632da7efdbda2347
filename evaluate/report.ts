import Table from 'cli-table3';
import { RULE_NAMES } from './contest.js';
import { type Figures, type Goal, percent } from './goals.js';
import type { EvaluationOptions } from './options.js';

/** Both tables, the seeds, and what it comes to. */
export const report = (figures: Figures, goals: readonly Goal[], options: EvaluationOptions): string =>
  [goalTable(goals), ruleTable(figures), seeds(options), meaning(figures), ''].join('\n');

function goalTable(goals: readonly Goal[]): string {
  const table = new Table({
    head: ['', 'goal', 'measured', '', 'for comparison'],
    style: { head: [], border: [] },
  });
  for (const { scenario, goal, measured, isMet, comparison } of goals) {
    table.push([scenario, goal, measured, isMet ? 'met' : 'missed', comparison]);
  }
  return table.toString();
}

function ruleTable({ worlds, market }: Figures): string {
  const table = new Table({
    head: ['the same votes by', 'worlds: accuracy', 'ECE', 'floor', 'S&P: accuracy', 'ECE', 'Brier skill'],
    style: { head: [], border: [] },
  });
  for (const name of RULE_NAMES) {
    const [inWorlds, onMarket] = [worlds.rules[name], market[name]];
    table.push([
      name,
      percent(inWorlds.accuracy),
      inWorlds.ece.toFixed(4),
      inWorlds.floor.toFixed(4),
      percent(onMarket.accuracy),
      onMarket.ece.toFixed(4),
      percent(onMarket.brierSkill, 2).replace('-', '−'),
    ]);
  }
  const plain = (name: string, inWorlds: string, onMarket: string) =>
    table.push([name, inWorlds, '–', '–', onMarket, '–', '–']);
  plain('plurality', percent(worlds.plurality), percent(market.log_odds.plurality));
  plain('stated confidence', percent(worlds.byConfidence), '–');
  plain('best agent in hindsight', percent(worlds.bestInHindsight), '–');
  plain('always buying (drift)', '–', percent(market.log_odds.drift));
  return table.toString();
}

const seeds = ({ seed, worlds }: EvaluationOptions): string =>
  `Seed ${seed}: worlds 0 to ${worlds - 1}, the star's runs, the log of feedbacks. The S&P 500 draws nothing but ` +
  'its random agent, whose seed is 20010102.';

/** What a reader should take from the figures, whichever way they came out. */
export function meaning({ worlds, market }: Figures): string {
  const gain = 100 * (worlds.rules.log_odds.accuracy - worlds.plurality);
  const best = Math.max(...RULE_NAMES.map((name) => market[name].accuracy));
  const { drift, ece } = market.log_odds;
  const onMarket =
    best > drift
      ? `on the S&P 500 a rule was right on ${percent(best)} of the days and always buying on ${percent(drift)}, ` +
        'on one history of one index'
      : `on the S&P 500 no rule beats drift (${percent(best)} at best, always buying ${percent(drift)}): there the ` +
        `swarm knows nothing that pays, and its confidence is ${(100 * ece).toFixed(1)} points off on the mean`;
  return (
    `Where agents differ in skill, learning whom to trust is worth ${gain.toFixed(1)} points over counting heads; ` +
    `${onMarket}.`
  );
}
