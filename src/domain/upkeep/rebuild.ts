import type { Bins } from '../bins.js';
import type { CountedDecision, DecisionOutcome } from '../decision.js';
import { addOutcome } from '../learning.js';
import { fromUnits, type Units } from '../money.js';
import { type AgentRecord, type NodeRecord, newAgent, newNode, nextSeq } from '../node.js';
import { type Sums, AGENT_HALF_LIFE, CONSENSUS_HALF_LIFE, factorAt } from '../sums.js';
import type { NodeKey, Ports } from '../ports.js';
import { settleFeedback } from './settleFeedback.js';

const STEP = 250;
/** Each lost race means that another feedback of the node was learned meanwhile. */
const MAX_ATTEMPTS = 1_000;

export interface Rebuilt {
  decisions: number;
  /** How many of them have an outcome. */
  evaluated: number;
  agents: number;
  /** Between what was stored and what the log says, of all sums as they read now and of all counts. */
  largestDifference: number;
  /** Where that is: `momentum.cc`, `consensus.hits`. */
  largestAt: string;
}

/**
 * Computes all that a node has learned from its decisions, and stores that. Feedback may go on meanwhile: it is stored
 * only on the version of the node that it was compared with, with what was learned since it was begun.
 */
export async function rebuild(
  ports: Ports,
  key: NodeKey,
  onProgress: (done: number, of: number) => void,
): Promise<Rebuilt> {
  const { userId, userNodeId } = key;
  const begun = await settledNode(ports, key);
  const log = createLog(begun);
  for (let above = 0; above < begun.lastDecisionSeq; above += STEP) {
    const upTo = Math.min(begun.lastDecisionSeq, above + STEP);
    for (const decision of await ports.decisions.history(userId, userNodeId, above, upTo)) log.put(decision);
    onProgress(upTo, begun.lastDecisionSeq);
  }
  let seenVersion = begun.version;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const node = await settledNode(ports, key);
    // After the node: whatever is learned later makes the write fail.
    for (const decision of await ports.decisions.learnedAfter(userId, userNodeId, seenVersion)) {
      log.put(decision);
    }
    seenVersion = node.version;
    // An agent that was forgotten meanwhile would be counted in part.
    if (node.forgottenUpTo !== begun.forgottenUpTo) return rebuild(ports, key, onProgress);
    const { baseSeq, agents, self, consensus } = log.node;
    const rebuilt = {
      ...node,
      baseSeq,
      agents,
      self,
      consensus,
      isPartial: false,
      version: node.version + 1,
    };
    if (await ports.nodes.applySums(rebuilt)) return { ...log.counts(), ...compare(node, rebuilt) };
  }
  throw new Error('The node was written by others each time.');
}

/** The node once all that is in its sums is on its decisions, too. */
async function settledNode(ports: Ports, { userId, userNodeId }: NodeKey): Promise<NodeRecord> {
  for (;;) {
    const node = (await ports.nodes.find(userId, userNodeId)) ?? newNode(userId, userNodeId);
    if (node.unsettled === null) return node;
    await settleFeedback(ports, userId, userNodeId, node.unsettled);
  }
}

/**
 * Sums a log up, a decision that is put again in place of what it said before. Of each agent the votes that the node
 * counts: what was forgotten stays so.
 */
function createLog({ userId, userNodeId, lastDecisionSeq, forgottenUpTo, agents }: NodeRecord) {
  const begun = agents.map(({ agentName, countedAbove }) => newAgent(agentName, countedAbove));
  let node = { ...newNode(userId, userNodeId), lastDecisionSeq, forgottenUpTo, agents: begun };
  const outcomes = new Map<string, DecisionOutcome | null>();
  return {
    get node() {
      return { ...node, agents: node.agents.filter(({ votes }) => votes > 0) };
    },
    put(decision: CountedDecision): void {
      const before = outcomes.get(decision.id) ?? null;
      if (before !== null) node = addOutcome(node, decision, before, -1);
      if (decision.outcome !== null) node = addOutcome(node, decision, decision.outcome, 1);
      outcomes.set(decision.id, decision.outcome);
    },
    counts: () => ({
      decisions: outcomes.size,
      evaluated: [...outcomes.values()].filter((outcome) => outcome !== null).length,
      agents: node.agents.filter(({ votes }) => votes > 0).length,
    }),
  };
}

const SUMS = ['n', 'o', 'c', 'cc', 'co', 'r'] as const;

function compare(stored: NodeRecord, rebuilt: NodeRecord) {
  let largest = { largestDifference: 0, largestAt: 'nowhere' };
  const differ = (largestAt: string, was: number, is: number): void => {
    const difference = Math.abs(was - is);
    // What is no number differs from any.
    const largestDifference = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
    if (largestDifference > largest.largestDifference) largest = { largestDifference, largestAt };
  };
  const differSums = (name: string, was: Sums, is: Sums, halfLife: number): void => {
    const [before, after] = [stored, rebuilt].map(({ baseSeq }) =>
      factorAt(baseSeq, nextSeq(stored), halfLife),
    ) as [number, number];
    for (const sum of SUMS) differ(`${name}.${sum}`, was[sum] * before, is[sum] * after);
  };
  const differMoney = (at: string, was: Units, is: Units): void => differ(at, 0, fromUnits(is - was));
  const known = (node: NodeRecord): Map<string, AgentRecord> =>
    new Map(node.agents.map((agent) => [agent.agentName, agent]));
  const [before, after] = [known(stored), known(rebuilt)];
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [was, is] = [before.get(name) ?? newAgent(name), after.get(name) ?? newAgent(name)];
    differSums(name, was, is, AGENT_HALF_LIFE);
    for (const count of ['votes', 'hits', 'squaredError', 'swarmHits'] as const) {
      differ(`${name}.${count}`, was[count], is[count]);
    }
    differMoney(`${name}.pnl`, was.pnl, is.pnl);
    differBins(`${name}.bins`, was.bins, is.bins, differ);
  }
  differSums('self', stored.self, rebuilt.self, CONSENSUS_HALF_LIFE);
  const [was, is] = [stored.consensus, rebuilt.consensus];
  for (const count of ['decisions', 'hits', 'squaredError'] as const) {
    differ(`consensus.${count}`, was[count], is[count]);
  }
  differBins('consensus.bins', was.bins, is.bins, differ);
  for (const money of ['wins', 'losses'] as const) {
    differ(`consensus.${money}.n`, was[money].n, is[money].n);
    differMoney(`consensus.${money}.sum`, was[money].sum, is[money].sum);
  }
  return largest;
}

function differBins(at: string, was: Bins, is: Bins, differ: (at: string, was: number, is: number) => void) {
  for (const kind of ['n', 'hits', 'stated'] as const) {
    for (const [bin, count] of is[kind].entries()) differ(`${at}.${kind}.${bin}`, was[kind][bin] ?? 0, count);
  }
}
