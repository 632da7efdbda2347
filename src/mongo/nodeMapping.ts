import { ObjectId } from 'mongodb';
import type { NodeRecord, UnsettledFeedback } from '../domain/node.js';
import {
  fromFeedback,
  fromLearning,
  fromOutcome,
  toFeedback,
  toLearning,
  toOutcome,
} from './decisionMapping.js';
import type { NodeDocument, UnsettledDocument } from './documents.js';

const toUnsettled = (document: UnsettledDocument): UnsettledFeedback => ({
  decisionId: document.decision_id.toHexString(),
  executionId: document.execution_id?.toHexString() ?? null,
  outcome: toOutcome(document.outcome),
  learning: toLearning(document.learning),
  feedback: toFeedback(document.feedback),
});

const fromUnsettled = (unsettled: UnsettledFeedback): UnsettledDocument => ({
  decision_id: new ObjectId(unsettled.decisionId),
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
    agents: document.agents.map(({ agent_name, squared_error, pnl_cents, ...sums }) => ({
      agentName: agent_name,
      squaredError: squared_error,
      pnlCents: pnl_cents,
      ...sums,
    })),
    self: document.self,
    adjustments: document.adjustments,
    unsettled: document.unsettled && toUnsettled(document.unsettled),
    parameters: document.parameters,
  };
}

/** What one feedback rewrites: everything but the decision number, which is counted apart. */
export const fromSums = (node: NodeRecord) => ({
  version: node.version,
  base_seq: node.baseSeq,
  agents: node.agents.map(({ agentName, squaredError, pnlCents, ...sums }) => ({
    agent_name: agentName,
    ...sums,
    squared_error: squaredError,
    pnl_cents: pnlCents,
  })),
  self: node.self,
  adjustments: node.adjustments,
  unsettled: node.unsettled && fromUnsettled(node.unsettled),
});

export const fromNode = (node: NodeRecord): NodeDocument => ({
  _id: new ObjectId(),
  user_id: new ObjectId(node.userId),
  user_node_id: new ObjectId(node.userNodeId),
  last_decision_seq: node.lastDecisionSeq,
  ...fromSums(node),
  parameters: node.parameters,
  schema_version: 1,
});
