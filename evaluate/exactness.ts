import type { CountedDecision } from '../src/domain/decision.js';
import { type NodeRecord, newNode } from '../src/domain/node.js';
import { RULES } from '../src/domain/rules.js';
import { TRADE_ACTIONS } from '../src/domain/tradeAction.js';
import { randomFrom } from './random.js';
import { chanceOf, consensusChanceOf, count, teach } from './swarm.js';

export interface ExactnessFigures {
  feedbacks: number;
  /** The largest difference of any learned chance from that of the same feedbacks once and in order. */
  maxDifference: number;
}

interface Entry {
  decision: CountedDecision;
  success: boolean;
}

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const STATED = [0, 35, 50, 60, 80, 100];

/**
 * One log of decisions of seven agents, read in four more ways than in order: shuffled; every fifth said twice (the
 * old is taken back and the same added again, as the server does); every tenth said wrongly at first and set right
 * after all others; and all taken back and played once more in another order.
 */
export function measureExactness(feedbacks: number, seed: number): ExactnessFigures {
  const random = randomFrom(seed);
  const log = drawLog(feedbacks, random);
  const start = { ...newNode('evaluation', 'exactness'), lastDecisionSeq: feedbacks };
  const inOrder = log.reduce((node, entry) => add(node, entry), start);
  const ways = [
    shuffled(log, random).reduce((node, entry) => add(node, entry), start),
    shuffled(log, random).reduce((node, entry) => doubled(add(node, entry), entry), start),
    corrected(shuffled(log, random), start),
    replayed(log, random, inOrder),
  ];
  return {
    feedbacks,
    maxDifference: Math.max(...ways.map((way) => difference(inOrder, way, feedbacks + 1))),
  };
}

/** Decided by a swarm that learns meanwhile, so that no two decisions read the same record. */
function drawLog(feedbacks: number, random: () => number): Entry[] {
  const log: Entry[] = [];
  let node = newNode('evaluation', 'exactness');
  for (let seq = 1; seq <= feedbacks; seq += 1) {
    node = { ...node, lastDecisionSeq: seq };
    const votes = NAMES.filter(() => random() < 0.8).map((agentName) => ({
      agentName,
      action: TRADE_ACTIONS[Math.floor(3 * random())] ?? 'hold',
      confidence: Math.floor(101 * random()),
    }));
    const decision = count(node, seq, votes, { rule: RULES.log_odds, totalAgents: NAMES.length });
    const entry = { decision, success: random() < 0.55 };
    log.push(entry);
    node = add(node, entry);
  }
  return log;
}

const add = (node: NodeRecord, { decision, success }: Entry): NodeRecord => teach(node, decision, success);

const takeBack = (node: NodeRecord, { decision, success }: Entry): NodeRecord =>
  teach(node, decision, success, -1);

const doubled = (node: NodeRecord, entry: Entry): NodeRecord =>
  entry.decision.seq % 5 === 0 ? add(takeBack(node, entry), entry) : node;

function corrected(log: readonly Entry[], start: NodeRecord): NodeRecord {
  const isWrong = ({ decision }: Entry): boolean => decision.seq % 10 === 0;
  const wrong = (entry: Entry): Entry => ({ ...entry, success: !entry.success });
  const told = log.reduce((node, entry) => add(node, isWrong(entry) ? wrong(entry) : entry), start);
  return log.filter(isWrong).reduce((node, entry) => add(takeBack(node, wrong(entry)), entry), told);
}

const replayed = (log: readonly Entry[], random: () => number, inOrder: NodeRecord): NodeRecord =>
  shuffled(log, random).reduce(add, shuffled(log, random).reduce(takeBack, inOrder));

function difference(one: NodeRecord, other: NodeRecord, seq: number): number {
  const ofAgents = NAMES.flatMap((name) =>
    STATED.map((stated) => Math.abs(chanceOf(one, name, stated, seq) - chanceOf(other, name, stated, seq))),
  );
  const ofConsensus = STATED.map((stated) => stated / 100).map((raw) =>
    Math.abs(consensusChanceOf(one, raw, seq) - consensusChanceOf(other, raw, seq)),
  );
  return Math.max(...ofAgents, ...ofConsensus);
}

/** Fisher–Yates, on a copy. */
function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor((last + 1) * random());
    [order[last], order[other]] = [order[other] as T, order[last] as T];
  }
  return order;
}
