import { nearName } from '../agentName.js';
import { BRIEF_LENGTH, briefOf, type DecisionBrief } from '../brief.js';
import type { CountedDecision } from '../decision.js';
import { mostFrequent } from '../lesson.js';
import { agentPerformance } from '../performance.js';
import type { Ports } from '../ports.js';
import { otherSpellings } from '../symbol.js';
import type { Viewer } from '../viewer.js';

/** How many decision numbers a brief looks back on, a hundred at a time until there is enough to tell. */
export const LOOK_BACK = 1_000;
export const STEP = 100;

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
  const newest = node?.lastDecisionSeq ?? 0;
  const range = { since: null, above: newest - LOOK_BACK };
  const [decisions, lessons] = await Promise.all([
    lastDecisions(ports, userId, userNodeId, symbol, newest),
    ports.decisions.countLessons(userId, userNodeId, range),
  ]);
  const name = input.agentName ?? agentName;
  const record = node?.agents.find((agent) => agent.agentName === name);
  const names = (node?.agents ?? []).map((agent) => agent.agentName);
  return briefOf(symbol, {
    ...decisions,
    lessons: mostFrequent(lessons, BRIEF_LENGTH),
    agent: node && record ? agentPerformance(node, record) : null,
    agentDidYouMean: name === null ? null : nearName(name, names),
    agentGap: null,
  });
}

type LastDecisions = Pick<DecisionBrief, 'openDecisions' | 'lastOutcomes' | 'didYouMean'>;

async function lastDecisions(
  ports: Ports,
  userId: string,
  userNodeId: string,
  symbol: string,
  newest: number,
): Promise<LastDecisions> {
  const open: CountedDecision[] = [];
  const evaluated: CountedDecision[] = [];
  const symbols = new Set<string | null>();
  for (let upTo = newest; upTo > Math.max(0, newest - LOOK_BACK); upTo -= STEP) {
    const found = await ports.decisions.history(userId, userNodeId, Math.max(0, upTo - STEP), upTo);
    for (const decision of found) {
      symbols.add(decision.decision.symbol);
      if (decision.decision.symbol !== symbol) continue;
      (decision.outcome === null ? open : evaluated).push(decision);
    }
    if (open.length >= BRIEF_LENGTH && evaluated.length >= BRIEF_LENGTH) break;
  }
  return {
    openDecisions: open.slice(0, BRIEF_LENGTH),
    lastOutcomes: evaluated.slice(0, BRIEF_LENGTH),
    didYouMean: otherSpellings(symbol, symbols),
  };
}
