import { loadBars } from '../demo/market.js';
import { contest } from './contest.js';
import { measureCost } from './cost.js';
import { measureDrift } from './drift.js';
import { measureExactness } from './exactness.js';
import { exitCodeOf, type Figures, judge } from './goals.js';
import { marketDays, trade } from './market.js';
import { type EvaluationOptions, parseOptions, USAGE, UsageError } from './options.js';
import { report } from './report.js';
import { fallOfTheStar } from './star.js';

const FEEDBACKS = 5_000;

const say = (part: string) =>
  void process.stderr.write(`${Math.round(performance.now() / 1_000)} s  ${part}\n`);

async function measure({ worlds, starRuns, driftHistories, seed }: EvaluationOptions): Promise<Figures> {
  say('cost');
  const cost = measureCost(seed);
  say('exactness');
  const exactness = measureExactness(FEEDBACKS, seed);
  say('S&P 500');
  const days = marketDays(await loadBars());
  const market = {
    log_odds: trade(days, 'log_odds'),
    majority: trade(days, 'majority'),
    confidence_weighted: trade(days, 'confidence_weighted'),
    hedge: trade(days, 'hedge'),
  };
  say('star');
  const star = fallOfTheStar(starRuns, seed);
  say('drift');
  const drift = measureDrift(seed, driftHistories);
  say('random worlds');
  return { worlds: contest(worlds, seed), market, star, exactness, cost, drift };
}

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const figures = await measure(options);
  const goals = judge(figures);
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ options, goals, figures }, null, 2)}\n`
      : report(figures, goals, options),
  );
  return exitCodeOf(goals, options);
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n\n${USAGE}`);
  process.exitCode = 2;
}
