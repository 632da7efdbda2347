import { newNode } from '../src/domain/node.js';
import { RULES } from '../src/domain/rules.js';
import { TRADE_ACTIONS } from '../src/domain/tradeAction.js';
import { randomFrom } from './random.js';
import { median } from './star.js';
import { type CastVote, count, teach } from './swarm.js';

export interface CostFigures {
  /** The arithmetic of one feedback of 7 votes, in µs. */
  feedbackMicros: number;
  /** Counting 1,000 votes of agents with a record, in ms. */
  tallyMs: number;
}

const [FEW, MANY] = [7, 1_000];
const [BATCHES, WARM_UP] = [31, 10];

/**
 * Times the domain's own functions without a database: medians over batches, after some that warm up. By the clock of
 * the processor, since a machine that does something else meanwhile says nothing about the arithmetic.
 */
export function measureCost(seed: number): CostFigures {
  const random = randomFrom(seed);
  const few = votesOf(FEW, random);
  const many = votesOf(MANY, random);
  const start = { ...newNode('evaluation', 'cost'), lastDecisionSeq: 1 };
  const decision = count(start, 1, few, { rule: RULES.log_odds, totalAgents: FEW });
  let node = start;
  const feedbackMs = medianMs(5_000, () => {
    node = teach(node, decision, random() < 0.5);
  });
  const terms = { rule: RULES.log_odds, totalAgents: MANY };
  const known = teach(start, count(start, 1, many, terms), true);
  const tallyMs = medianMs(20, () => count(known, 2, many, terms));
  return { feedbackMicros: 1_000 * feedbackMs, tallyMs };
}

function votesOf(agents: number, random: () => number): CastVote[] {
  return Array.from({ length: agents }, (_, i) => ({
    agentName: `agent ${i + 1}`,
    action: TRADE_ACTIONS[Math.floor(3 * random())] ?? 'hold',
    confidence: Math.floor(101 * random()),
  }));
}

/** Milliseconds of one call, its share of collecting garbage included. */
function medianMs(callsOfABatch: number, call: () => unknown): number {
  const batches = Array.from({ length: WARM_UP + BATCHES }, () => {
    const began = process.cpuUsage();
    for (let i = 0; i < callsOfABatch; i += 1) call();
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1_000 / callsOfABatch;
  });
  return median(batches.slice(WARM_UP));
}
