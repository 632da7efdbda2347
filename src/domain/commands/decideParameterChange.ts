import type { ChangeDecision, ChangeStatus, ChangeTransition, ParameterChange } from '../change.js';
import { checks } from '../checks.js';
import { echo } from '../echo.js';
import { type NodeParameters, valueAt, withValue } from '../parameters.js';
import type { Ports } from '../ports.js';
import { type Answer, accepted, type Refusal, refusal, refused } from '../refusal.js';
import type { Viewer } from '../viewer.js';

interface DecideChangeInput {
  changeId: string;
  decision: ChangeDecision;
  comment?: string | null | undefined;
}

const STEPS: Record<ChangeDecision, { from: ChangeStatus; to: ChangeStatus }> = {
  approve: { from: 'proposed', to: 'approved' },
  reject: { from: 'proposed', to: 'rejected' },
  roll_back: { from: 'approved', to: 'rolled_back' },
};

/** Each lost race means that somebody else decided a change of the node. */
const MAX_ATTEMPTS = 100;

/**
 * Approves or rejects a proposed change, or rolls an approved one back: one write, which brings the parameters that
 * hold for votes started from then on. Decided so already is the same answer. That the viewer may decide is seen to at
 * the door.
 */
export async function decideChange(
  ports: Ports,
  viewer: Viewer,
  input: DecideChangeInput,
): Promise<Answer<ParameterChange>> {
  const check = checks();
  check.id('changeId', input.changeId);
  check.length('comment', input.comment, 1, 500);
  if (check.refusals.length > 0) return refused(check.refusals);
  const { userId } = viewer;
  const step = STEPS[input.decision];
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const change = await ports.parameters.find(userId, input.changeId);
    if (change === null) return refused([noChange(input.changeId)]);
    if (change.status === step.to) return accepted(change, true);
    if (change.status !== step.from) return refused([wrongStatus(change, input.decision)], change);
    const current = await ports.parameters.current(userId, change.userNodeId);
    const conflict = conflictOf(change, current, input.decision);
    if (conflict !== null) {
      // What is in force may be what another decided of this very change after it was read.
      const now = await ports.parameters.find(userId, change.id);
      if (now?.status !== change.status) continue;
      return refused([conflict], change);
    }
    const transition: ChangeTransition = {
      ...step,
      by: userId,
      at: ports.clock.now(),
      comment: input.comment ?? null,
      parameters: next(change, current, input.decision),
    };
    const decided = await ports.parameters.decide(userId, change.userNodeId, change.id, transition);
    if (decided !== null) return accepted(decided);
  }
  throw new Error('The parameters were changed by others each time.');
}

function next(
  { path, from, to }: ParameterChange,
  current: NodeParameters,
  decision: ChangeDecision,
): NodeParameters | null {
  if (decision === 'reject') return null;
  const changed = withValue(current, path, decision === 'approve' ? to : from);
  return { ...changed, version: current.version + 1 };
}

/** A change is from what is in force to what is proposed, and back: never over what was decided in between. */
function conflictOf(
  { path, from, to }: ParameterChange,
  current: NodeParameters,
  decision: ChangeDecision,
): Refusal | null {
  if (decision === 'reject') return null;
  const expected = decision === 'approve' ? from : to;
  const inForce = valueAt(current, path);
  if (inForce === expected) return null;
  const text = `Expected \`${path}\` to be ${echo(expected)} still, got ${echo(inForce)} in version ${current.version}.`;
  return refusal('CONFLICT', text, 'changeId');
}

const noChange = (id: string): Refusal =>
  refusal('NOT_FOUND', `Expected a change that was proposed, got ${echo(id)}.`, 'changeId');

function wrongStatus({ status }: ParameterChange, decision: ChangeDecision): Refusal {
  const { from } = STEPS[decision];
  const text = `Expected a change that is ${from.toUpperCase()} to ${WORDS[decision]}, got one that is ${status.toUpperCase()}.`;
  return refusal('CONFLICT', text, 'decision');
}

const WORDS: Record<ChangeDecision, string> = {
  approve: 'approve',
  reject: 'reject',
  roll_back: 'roll back',
};
