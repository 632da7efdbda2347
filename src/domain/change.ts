import type { Difference } from './measure.js';
import type { Json } from './message.js';
import type { NodeParameters } from './parameters.js';

/** `applied` is what feedback changed by itself; the others are what became of a proposal. */
export type ChangeStatus = 'proposed' | 'approved' | 'rejected' | 'rolled_back' | 'applied';

/** What a change would have meant for the node's last decisions, counted again; all of it counterfactual. */
export interface ChangeEvidence {
  /** Decisions counted again. */
  decisions: number;
  /** How many of them have an outcome. */
  n: number;
  changed: number;
  successDifference: Difference;
  pnlDifference: Difference;
}

/** A change of one of a node's parameters: proposed with its evidence and decided by a person, or made by feedback. */
export interface ParameterChange {
  id: string;
  userId: string;
  userNodeId: string;
  /** `quorum`, `agents.risk_manager.weight`, `agents.risk_manager.learned_weight` … */
  path: string;
  from: Json;
  to: Json;
  reason: string;
  evidence: ChangeEvidence | null;
  status: ChangeStatus;
  /** The user who proposed it; null is the server. */
  proposedBy: string | null;
  proposedAt: Date;
  decidedBy: string | null;
  decidedAt: Date | null;
  /** The words it was decided with. */
  comment: string | null;
  rolledBackBy: string | null;
  rolledBackAt: Date | null;
  /** The words it was rolled back with. */
  rolledBackComment: string | null;
  /** The versions of the node's parameters that its approval and its roll-back brought. */
  version: number | null;
  rolledBackVersion: number | null;
  /** The decision whose feedback brought it, null where somebody asked for it. */
  decisionId: string | null;
}

/** What a proposal is about, and who makes it. */
type Proposal = Pick<
  ParameterChange,
  'userId' | 'userNodeId' | 'path' | 'from' | 'to' | 'reason' | 'evidence' | 'proposedBy'
>;

/** What is told of decisions on a change that nobody has decided on. */
export const UNDECIDED = {
  decidedBy: null,
  decidedAt: null,
  comment: null,
  rolledBackBy: null,
  rolledBackAt: null,
  rolledBackComment: null,
  version: null,
  rolledBackVersion: null,
} satisfies Partial<ParameterChange>;

/** A change of which nothing is decided yet. */
export const proposed = (proposal: Proposal, id: string, at: Date): ParameterChange => ({
  ...proposal,
  id,
  status: 'proposed',
  proposedAt: at,
  ...UNDECIDED,
  decisionId: null,
});

/** What somebody decides of a change. */
export type ChangeDecision = 'approve' | 'reject' | 'roll_back';

/** The write that decides a change: it only succeeds while the change is in `from`, and while the version is not taken. */
export interface ChangeTransition {
  from: ChangeStatus;
  to: ChangeStatus;
  by: string;
  at: Date;
  comment: string | null;
  /** What holds from then on; null where nothing changes. */
  parameters: NodeParameters | null;
}
