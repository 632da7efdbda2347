import { nearName } from '../agentName.js';
import { BRIEF_LENGTH, briefOf, type DecisionBrief } from '../brief.js';
import type { CountedDecision } from '../decision.js';
import { mostFrequent } from '../lesson.js';
import { agentPerformance } from '../performance.js';
import { settledVersion } from '../node.js';
import type { Ports } from '../ports.js';
import { otherSpellings } from '../symbol.js';
import type { Viewer } from '../viewer.js';

/** How many decision numbers a brief looks back on. */
export const LOOK_BACK = 1_000;

export interface BriefAsked {
  userNodeId: string;
  symbol: string;
  /** Null: the token's. */
  agentName: string | null;
}

/** What is on record for a symbol, for a prompt; a token bound to an agent is told its own record without asking. */
export async function decisionBrief(
  ports: Ports,
  { userId, agentName }: Viewer,
  input: BriefAsked,
): Promise<DecisionBrief> {
  const { userNodeId, symbol } = input;
  const node = await ports.nodes.find(userId, userNodeId);
  const above = (node?.lastDecisionSeq ?? 0) - LOOK_BACK;
  const last = (hasOutcome: boolean) =>
    lastDecisions(ports, userId, { userNodeId, symbol, hasOutcome }, above);
  const [openDecisions, lastOutcomes, didYouMean, lessons] = await Promise.all([
    last(false),
    last(true),
    decidedSpellings(ports, userId, { userNodeId, symbol }, above),
    ports.decisions.recentLessons(userId, userNodeId, { above, version: settledVersion(node) }),
  ]);
  const name = input.agentName ?? agentName;
  const record = node?.agents.find((agent) => agent.agentName === name);
  const names = (node?.agents ?? []).map((agent) => agent.agentName);
  return briefOf(symbol, {
    openDecisions,
    lastOutcomes,
    didYouMean,
    lessons: mostFrequent(lessons, BRIEF_LENGTH),
    agent: node && record ? agentPerformance(node, record) : null,
    agentDidYouMean: name === null ? null : nearName(name, names),
    agentGap: null,
  });
}

/** The newest, of those with a number above one. */
async function lastDecisions(
  ports: Ports,
  userId: string,
  { userNodeId, symbol, hasOutcome }: { userNodeId: string; symbol: string; hasOutcome: boolean },
  above: number,
): Promise<CountedDecision[]> {
  const page = { after: null, limit: BRIEF_LENGTH };
  const found = await ports.decisions.list(userId, userNodeId, { symbol, hasOutcome }, page);
  return found.filter(({ seq }) => seq > above).sort((a, b) => b.seq - a.seq);
}

/** Other spellings of the symbol that a decision with a number above one is on. */
async function decidedSpellings(
  ports: Ports,
  userId: string,
  { userNodeId, symbol }: Pick<BriefAsked, 'userNodeId' | 'symbol'>,
  above: number,
): Promise<string[]> {
  const others = otherSpellings(symbol, await ports.symbols.spellings(userId, userNodeId, symbol));
  const newest = await Promise.all(
    others.map((other) =>
      ports.decisions.list(userId, userNodeId, { symbol: other }, { after: null, limit: 1 }),
    ),
  );
  return others.filter((_, i) => (newest[i]?.[0]?.seq ?? Number.NEGATIVE_INFINITY) > above);
}
