import { agentPath, nameInText } from '../agentName.js';
import { type ChangeEvidence, type ParameterChange, proposed } from '../change.js';
import { checks } from '../checks.js';
import { NEEDED_CASES, wilson } from '../measure.js';
import type { Json } from '../message.js';
import type { NodeRecord } from '../node.js';
import { type NodeParameters, valueAt } from '../parameters.js';
import type { Ports } from '../ports.js';
import { type Answer, accepted, refused } from '../refusal.js';
import { RULES } from '../rules.js';
import type { Viewer } from '../viewer.js';
import { evidenceForChange } from '../questions/whatIf.js';

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
 * the whole 95 % interval of the difference is above 0. What is proposed already is not proposed again but answered with,
 * what was rejected is let be.
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
  const { userNodeId } = input;
  return ports.inTurn(`proposals for ${userId}/${userNodeId}`, () => suggest(ports, userId, userNodeId));
}

async function suggest(ports: Ports, userId: string, userNodeId: string): Promise<Answer<ParameterChange[]>> {
  const page = { after: null, limit: 100 };
  const [node, parameters, open, rejected] = await Promise.all([
    ports.nodes.find(userId, userNodeId),
    ports.parameters.current(userId, userNodeId),
    ports.parameters.list(userId, userNodeId, { status: 'proposed' }, page),
    ports.parameters.list(userId, userNodeId, { status: 'rejected' }, page),
  ]);
  if (node === null) return accepted([]);
  const candidates = candidatesOf(node, parameters);
  const evidence = await evidenceForChange(ports, { userId, userNodeId }, candidates);
  const answer: ParameterChange[] = [];
  let isNew = false;
  for (const { path, to, reason, evidence: of } of best(candidates, evidence)) {
    const from = valueAt(parameters, path);
    const isSame = (change: ParameterChange): boolean =>
      change.path === path && change.to === to && change.from === from;
    if (rejected.some(isSame)) continue;
    const there = open.find(isSame);
    const about = { userId, userNodeId, path, from, to, reason, evidence: of, proposedBy: null };
    const change = there ?? proposed(about, ports.newId(), ports.clock.now());
    if (there === undefined) {
      await ports.parameters.propose(change);
      isNew = true;
    }
    answer.push(change);
  }
  return accepted(answer, answer.length > 0 && !isNew);
}

function candidatesOf(node: NodeRecord, parameters: NodeParameters): Candidate[] {
  const rules = Object.keys(RULES).map((name) => ({ path: 'rule', to: name.toUpperCase(), reason: '' }));
  const quorums = QUORUMS.map((quorum) => ({ path: 'quorum', to: quorum, reason: '' }));
  return [...rules, ...quorums, ...weights(node, parameters)].filter(
    ({ path, to }) => valueAt(parameters, path) !== to,
  );
}

/** How many agents are looked at, those with most votes first. */
const MAX_AGENTS = 20;

/** One that is wrong more often than not is to be heard as advice; advice that is right more often is to count. */
function weights(node: NodeRecord, parameters: NodeParameters): Candidate[] {
  const agents = node.agents.toSorted((a, b) => b.votes - a.votes).slice(0, MAX_AGENTS);
  return agents.flatMap(({ agentName, hits, votes }): Candidate[] => {
    const rate = wilson(hits, votes);
    if (rate === null || votes < NEEDED_CASES) return [];
    const path = agentPath(agentName, 'weight');
    const reason = `${nameInText(agentName)} was right in ${hits} of ${votes} votes (95 % interval ${percent(rate.low)} to ${percent(rate.high)}); `;
    if (rate.high < 0.5) return [{ path, to: 0, reason }];
    const isAdvice = valueAt(parameters, path) === 0;
    return isAdvice && rate.low > 0.5 ? [{ path, to: 1, reason }] : [];
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
