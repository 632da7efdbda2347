import { ObjectId } from 'mongodb';
import { type ChangeEvidence, type ParameterChange, UNDECIDED } from '../domain/change.js';
import { type NodeParameters, USUAL_PARAMETERS } from '../domain/parameters.js';
import type {
  AppliedDocument,
  ChangeDocument,
  ProposalDocument,
  VersionDocument,
  EvidenceDocument,
} from './learningDocuments.js';
import { fromWeights } from './votingMapping.js';

const idOrNull = (id: ObjectId | null): string | null => id?.toHexString() ?? null;
const toIdOrNull = (id: string | null): ObjectId | null => (id === null ? null : new ObjectId(id));

export const toParameters = (document: VersionDocument | undefined): NodeParameters =>
  document === undefined
    ? USUAL_PARAMETERS
    : {
        version: document.version,
        quorum: document.quorum,
        rule: document.rule,
        minConfidence: document.min_confidence,
        weights: document.weights.map(({ agent_name, weight }) => ({ agentName: agent_name, weight })),
      };

export const fromParameters = (parameters: NodeParameters): VersionDocument => ({
  version: parameters.version,
  quorum: parameters.quorum,
  rule: parameters.rule,
  min_confidence: parameters.minConfidence,
  weights: fromWeights(parameters.weights),
});

/** Each change of a document; those that feedback made are named by its id and their place in it. */
export const toChanges = (document: ChangeDocument): ParameterChange[] =>
  document.status === 'applied' ? fromApplied(document) : [toProposal(document)];

const fromApplied = (document: AppliedDocument): ParameterChange[] =>
  document.adjustments.map(({ path, from, to, reason, timestamp }, at) => ({
    id: `${document._id.toHexString()}.${at}`,
    userId: document.user_id.toHexString(),
    userNodeId: document.user_node_id.toHexString(),
    path,
    from,
    to,
    reason,
    evidence: null,
    status: 'applied',
    proposedBy: null,
    proposedAt: timestamp,
    ...UNDECIDED,
    decidedAt: timestamp,
    decisionId: document.decision_id.toHexString(),
  }));

export const toProposal = (document: ProposalDocument): ParameterChange => ({
  id: document._id.toHexString(),
  userId: document.user_id.toHexString(),
  userNodeId: document.user_node_id.toHexString(),
  path: document.paths[0] ?? '',
  from: document.from,
  to: document.to,
  reason: document.reason,
  evidence: document.evidence && toEvidence(document.evidence),
  status: document.status,
  proposedBy: idOrNull(document.proposed_by),
  proposedAt: document.proposed_at,
  decidedBy: idOrNull(document.decided_by),
  decidedAt: document.decided_at,
  comment: document.comment,
  rolledBackBy: idOrNull(document.rolled_back_by),
  rolledBackAt: document.rolled_back_at,
  rolledBackComment: document.rolled_back_comment,
  version: document.versions[0]?.version ?? null,
  rolledBackVersion: document.versions[1]?.version ?? null,
  decisionId: idOrNull(document.decision_id),
});

const toEvidence = ({ success_difference, pnl_difference, ...counts }: EvidenceDocument): ChangeEvidence => ({
  ...counts,
  successDifference: success_difference,
  pnlDifference: pnl_difference,
});

const fromEvidence = ({ successDifference, pnlDifference, ...counts }: ChangeEvidence): EvidenceDocument => ({
  ...counts,
  success_difference: successDifference,
  pnl_difference: pnlDifference,
});

/** A change as it is proposed: nothing is decided of it. */
export const fromProposal = (change: ParameterChange): ProposalDocument => ({
  _id: new ObjectId(change.id),
  user_id: new ObjectId(change.userId),
  user_node_id: new ObjectId(change.userNodeId),
  status: 'proposed',
  paths: [change.path],
  from: change.from,
  to: change.to,
  reason: change.reason,
  evidence: change.evidence && fromEvidence(change.evidence),
  proposed_by: toIdOrNull(change.proposedBy),
  proposed_at: change.proposedAt,
  decided_by: null,
  decided_at: null,
  comment: null,
  rolled_back_by: null,
  rolled_back_at: null,
  rolled_back_comment: null,
  versions: [],
  decision_id: toIdOrNull(change.decisionId),
  schema_version: 1,
});
