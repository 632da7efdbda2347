import type { ChangeEvidence, ParameterChange } from '../change.js';
import { checks } from '../checks.js';
import { NEEDED_CASES, wilson } from '../measure.js';
import type { Json } from '../message.js';
import type { NodeRecord } from '../node.js';
import { type NodeParameters, valueAt } from '../parameters.js';
import type { Ports } from '../ports.js';
import { type Answer, accepted, refused } from '../refusal.js';
import { RULES } from '../rules.js';
import type { Viewer } from '../viewer.js';
import { proposed } from './proposeChange.js';
import { evidenceOf } from './whatIf.js';

/** Quorums that are tried, in percent. */
const QUORUMS = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100];

interface Candidate {
  path: string;
  to: Json;
  /** Why it is tried, where more than the evidence speaks for it. */
  reason: string;
}

/**
 * Looks for another rule, quorum and default weights that would have done better on the node's last decisions, and
 * proposes what it finds: of each parameter the best, if at least 20 decisions with an outcome would have changed and
 * the whole 95 % interval of the difference is above 0. What is proposed already is not proposed again.
 */
export async function suggestChanges(
  ports: Ports,
  viewer: Viewer,
  input: { userNodeId: string },
): Promise<Answer<ParameterChange[]>> {
  const check = checks();
  check.id('userNodeId', input.userNodeId);
  if (check.refusals.length > 0) return refused(check.refusals);
  const { userId } = viewer;
  const userNodeId = input.userNodeId.toLowerCase();
  const [node, parameters] = await Promise.all([
    ports.nodes.find(userId, userNodeId),
    ports.parameters.current(userId, userNodeId),
  ]);
  if (node === null) return accepted([]);
  const candidates = candidatesOf(node, parameters);
  const evidence = await evidenceOf(ports, userId, userNodeId, candidates);
  const open = await ports.parameters.list(
    userId,
    userNodeId,
    { status: 'proposed' },
    { after: null, limit: 100 },
  );
  const found = best(candidates, evidence)
    .filter(({ path, to }) => !open.some((change) => change.path === path && change.to === to))
    .map(({ path, to, reason, evidence: of }) => {
      const from = valueAt(parameters, path);
      return proposed(ports, { userId, userNodeId, path, from, to, reason, evidence: of }, null);
    });
  for (const change of found) await ports.parameters.propose(change);
  return accepted(found);
}

function candidatesOf(node: NodeRecord, parameters: NodeParameters): Candidate[] {
  const rules = Object.keys(RULES).map((name) => ({ path: 'rule', to: name.toUpperCase(), reason: '' }));
  const quorums = QUORUMS.map((quorum) => ({ path: 'quorum', to: quorum, reason: '' }));
  return [...rules, ...quorums, ...weights(node)].filter(({ path, to }) => valueAt(parameters, path) !== to);
}

/** An agent that is wrong more often than not is heard as advice; one that is right more often counts. */
function weights(node: NodeRecord): Candidate[] {
  return node.agents.flatMap(({ agentName, hits, votes }): Candidate[] => {
    const rate = wilson(hits, votes);
    if (rate === null || votes < NEEDED_CASES) return [];
    const record = `${agentName} was right in ${hits} of ${votes} votes (95 % interval ${percent(rate.low)} to ${percent(rate.high)}); `;
    return rate.high < 0.5 ? [{ path: `agents.${agentName}.weight`, to: 0, reason: record }] : [];
  });
}

type Found = Candidate & { evidence: ChangeEvidence };

function best(candidates: readonly Candidate[], evidence: readonly ChangeEvidence[]): Found[] {
  const byPath = new Map<string, Found>();
  const tried = new Map<string, number>();
  for (const [i, candidate] of candidates.entries()) {
    const of = evidence[i];
    tried.set(candidate.path, (tried.get(candidate.path) ?? 0) + 1);
    if (of === undefined || !isBetter(of)) continue;
    const known = byPath.get(candidate.path);
    if (known === undefined || value(of) > value(known.evidence)) {
      byPath.set(candidate.path, { ...candidate, evidence: of });
    }
  }
  return [...byPath.values()].map((found) => ({
    ...found,
    reason: found.reason + sentence(found.evidence, tried.get(found.path) ?? 1),
  }));
}

const value = ({ successDifference }: ChangeEvidence): number => successDifference.value ?? 0;

const isBetter = ({ successDifference: { low, changed } }: ChangeEvidence): boolean =>
  low !== null && low > 0 && changed >= NEEDED_CASES;

function sentence(
  { n, decisions, successDifference: { value: points, low, high, changed } }: ChangeEvidence,
  tried: number,
) {
  const range = `${signed(low)} to ${signed(high)}`;
  return `n = ${n} of the last ${decisions} decisions have an outcome; ${changed} of them would have changed, success by ${signed(points)} points (95 % interval ${range}); the best of ${tried} looked at`;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const signed = (share: number | null): string =>
  share === null ? '–' : `${share < 0 ? '−' : '+'}${Math.abs(100 * share).toFixed(1)}`;
