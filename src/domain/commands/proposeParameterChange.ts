import { type ParameterChange, proposed } from '../change.js';
import { checks } from '../checks.js';
import { echo } from '../echo.js';
import type { Json } from '../message.js';
import { canonicalPath, pathFault, valueAt, valueFault, valueMeant, weightedAgent } from '../parameters.js';
import type { Ports } from '../ports.js';
import { type Answer, accepted, type Refusal, refusal, refused } from '../refusal.js';
import type { Viewer } from '../viewer.js';
import { evidenceForChange } from '../questions/whatIf.js';

/** As many as a vote may have agents. */
const MAX_WEIGHTS = 200;

interface ProposeChangeInput {
  userNodeId: string;
  path: string;
  /** Left out is null: no weight any more. */
  to?: Json | undefined;
  reason: string;
}

type Proposal = ProposeChangeInput & { to: Json };

/**
 * Proposes another value of one of a node's parameters, with what it would have meant for the last decisions. The same
 * again, while nothing is decided of it, is the same proposal.
 */
export async function proposeChange(
  ports: Ports,
  viewer: Viewer,
  given: ProposeChangeInput,
): Promise<Answer<ParameterChange>> {
  const input = { ...given, to: given.to ?? null };
  const faults = checkProposal(input);
  if (faults.length > 0) return refused(faults);
  return ports.inTurn(`proposals for ${viewer.userId}/${input.userNodeId}`, () =>
    propose(ports, viewer.userId, { ...input, path: canonicalPath(input.path) }),
  );
}

async function propose(
  ports: Ports,
  userId: string,
  { userNodeId, path, to, reason }: Proposal,
): Promise<Answer<ParameterChange>> {
  const current = await ports.parameters.current(userId, userNodeId);
  const isNewWeight = weightedAgent(path) !== null && valueAt(current, path) === null;
  if (isNewWeight && to !== null && current.weights.length >= MAX_WEIGHTS) {
    const text = `Expected at most ${MAX_WEIGHTS} default weights of a node, got one more: ${echo(path)}.`;
    return refused([refusal('INVALID', text, 'path')]);
  }
  const from = valueAt(current, path);
  if (from === to) {
    const text = `Expected \`to\` to be another value of \`${path}\` than the one in force, got ${echo(to)}.`;
    return refused([refusal('INVALID', text, 'to')]);
  }
  const page = { after: null, limit: 100 };
  const open = await ports.parameters.list(userId, userNodeId, { status: 'proposed', path }, page);
  const same = open.find(
    (change) =>
      change.from === from && change.to === to && change.reason === reason && change.proposedBy !== null,
  );
  if (same !== undefined) return accepted(same, true);
  const [evidence = null] = await evidenceForChange(ports, { userId, userNodeId }, [{ path, to }]);
  const about = { userId, userNodeId, path, from, to, reason, evidence, proposedBy: userId };
  const change = proposed(about, ports.newId(), ports.clock.now());
  await ports.nodes.ensure(userId, userNodeId);
  await ports.parameters.propose(change);
  return accepted(change);
}

function checkProposal({ userNodeId, path, to, reason }: Proposal): Refusal[] {
  const check = checks();
  check.id('userNodeId', userNodeId);
  check.length('reason', reason, 1, 500);
  const wrongPath = pathFault(path);
  if (wrongPath !== null) check.fault('path', `Expected \`path\` ${wrongPath}, got ${echo(path)}.`);
  const wrongValue = wrongPath === null ? valueFault(path, to) : null;
  if (wrongValue !== null) {
    const { advice = '', didYouMean = null } = valueMeant(path, to) ?? {};
    const text = `Expected \`to\` of \`${path}\` ${wrongValue}, got ${echo(to)}.`;
    check.fault('to', text, advice, didYouMean);
  }
  return check.refusals;
}
