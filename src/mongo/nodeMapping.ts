import { ObjectId } from 'mongodb';
import { emptyBins } from '../domain/bins.js';
import type { PastLearning } from '../domain/decision.js';
import {
  type ConsensusRecord,
  type Money,
  type NodeRecord,
  newConsensus,
  type UnsettledFeedback,
} from '../domain/node.js';
import {
  fromFeedback,
  fromLearning,
  fromOutcome,
  fromPastLearning,
  lateBallotsIn,
  toFeedback,
  toLearning,
  toOutcome,
} from './decisionMapping.js';
import type {
  ConsensusRecordDocument,
  MoneyDocument,
  NodeDocument,
  PastLearningDocument,
  UnsettledDocument,
} from './learningDocuments.js';
import { fromUnits, toUnits } from './moneyMapping.js';
import { toBallot } from './votingMapping.js';

const toReplaced = (document: PastLearningDocument | undefined): PastLearning | null =>
  document === undefined ? null : { revision: document.revision, learning: toLearning(document) };

const toUnsettled = (document: UnsettledDocument, nodeVersion: number): UnsettledFeedback => ({
  decisionId: document.decision_id.toHexString(),
  changesId: (document.changes_id ?? document.decision_id).toHexString(),
  suggestionId: (document.suggestion_id ?? document.decision_id).toHexString(),
  nodeVersion: document.node_version ?? nodeVersion,
  lateBallots: (document.late_ballots ?? []).map(toBallot),
  replaced: toReplaced(document.replaced),
  executionId: document.execution_id?.toHexString() ?? null,
  outcome: toOutcome(document.outcome),
  learning: toLearning(document.learning),
  feedback: toFeedback(document.feedback),
});

const fromUnsettled = (unsettled: UnsettledFeedback): UnsettledDocument => ({
  decision_id: new ObjectId(unsettled.decisionId),
  changes_id: new ObjectId(unsettled.changesId),
  suggestion_id: new ObjectId(unsettled.suggestionId),
  node_version: unsettled.nodeVersion,
  ...lateBallotsIn(unsettled),
  ...(unsettled.replaced && { replaced: fromPastLearning(unsettled.replaced) }),
  execution_id: unsettled.executionId === null ? null : new ObjectId(unsettled.executionId),
  revision: unsettled.feedback.revision,
  outcome: fromOutcome(unsettled.outcome),
  learning: fromLearning(unsettled.learning),
  feedback: fromFeedback(unsettled.feedback),
});

export function toNode(document: NodeDocument): NodeRecord {
  return {
    userId: document.user_id.toHexString(),
    userNodeId: document.user_node_id.toHexString(),
    lastDecisionSeq: document.last_decision_seq,
    version: document.version,
    baseSeq: document.base_seq,
    agents: document.agents.map(
      ({
        agent_name,
        squared_error,
        pnl_cents,
        pnl_units,
        swarm_hits,
        bins,
        last_seq,
        counted_above,
        ...sums
      }) => ({
        agentName: agent_name,
        squaredError: squared_error,
        pnl: toUnits(pnl_units, pnl_cents),
        swarmHits: swarm_hits ?? 0,
        bins: bins ?? emptyBins(),
        lastSeq: last_seq ?? document.last_decision_seq,
        countedAbove: counted_above ?? 0,
        ...sums,
      }),
    ),
    forgottenUpTo: document.forgotten_up_to ?? 0,
    self: document.self,
    isPartial: isPartial(document),
    consensus: document.consensus === undefined ? newConsensus() : toConsensusRecord(document.consensus),
    adjustments: document.adjustments,
    unsettled: document.unsettled && toUnsettled(document.unsettled, document.version),
  };
}

/** A server of an older version that goes on with a newer node leaves `consensus` as it is, and out what it does not know. */
const isPartial = ({ agents, consensus }: NodeDocument): boolean =>
  agents.length > 0 &&
  (consensus?.wins.units === undefined ||
    consensus.losses.units === undefined ||
    agents.some(({ bins, pnl_units }) => bins === undefined || pnl_units === undefined));

const toConsensusRecord = ({
  squared_error,
  wins,
  losses,
  ...counts
}: ConsensusRecordDocument): ConsensusRecord => ({
  squaredError: squared_error,
  ...counts,
  wins: toMoney(wins),
  losses: toMoney(losses),
});

const fromConsensusRecord = ({
  squaredError,
  wins,
  losses,
  ...counts
}: ConsensusRecord): ConsensusRecordDocument => ({
  squared_error: squaredError,
  ...counts,
  wins: fromMoney(wins),
  losses: fromMoney(losses),
});

const toMoney = ({ n, units, cents }: MoneyDocument): Money => ({ n, sum: toUnits(units, cents) });
const fromMoney = ({ n, sum }: Money): MoneyDocument => ({ n, units: fromUnits(sum) });

/** What one feedback rewrites: everything but the decision number, which is counted apart. */
export const fromSums = (node: NodeRecord) => ({
  version: node.version,
  base_seq: node.baseSeq,
  agents: node.agents.map(({ agentName, squaredError, pnl, swarmHits, lastSeq, countedAbove, ...sums }) => ({
    agent_name: agentName,
    ...sums,
    squared_error: squaredError,
    pnl_units: fromUnits(pnl),
    swarm_hits: swarmHits,
    last_seq: lastSeq,
    ...(countedAbove > 0 && { counted_above: countedAbove }),
  })),
  ...(node.forgottenUpTo > 0 && { forgotten_up_to: node.forgottenUpTo }),
  self: node.self,
  consensus: fromConsensusRecord(node.consensus),
  adjustments: node.adjustments,
  unsettled: node.unsettled && fromUnsettled(node.unsettled),
});

export const fromNode = (node: NodeRecord): NodeDocument => ({
  _id: new ObjectId(),
  user_id: new ObjectId(node.userId),
  user_node_id: new ObjectId(node.userNodeId),
  last_decision_seq: node.lastDecisionSeq,
  ...fromSums(node),
  schema_version: 1,
});
