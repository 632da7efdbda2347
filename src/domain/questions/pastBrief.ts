import { setImmediate as turn } from 'node:timers/promises';
import { nearName } from '../agentName.js';
import { BRIEF_LENGTH, type BriefFindings, briefOf, type DecisionBrief } from '../brief.js';
import { decisionAt, type RecordedDecision } from '../decisionAt.js';
import { addOutcome } from '../learning.js';
import { createLessonCounts, mostFrequent } from '../lesson.js';
import { type NodeRecord, newNode } from '../node.js';
import { agentPerformance } from '../performance.js';
import type { NodeKey, Ports } from '../ports.js';
import { createEvaluatedVotes, type EvaluatedVote } from '../evaluatedVotes.js';
import { otherSpellings } from '../symbol.js';
import type { Viewer } from '../viewer.js';
import { type BriefAsked, LOOK_BACK } from './decisionBrief.js';
import { MAX_HISTORY } from './history.js';

/** How many decision numbers are read at once. */
const STEP = 100;

/** An instant of a node: nothing logged or recorded later is known, nor a decision with a higher number. */
export interface NodeInstant {
  at: Date;
  upTo: number;
}

/** What was known of a node then, for a question that asks for more of an agent's record than a brief tells. */
export interface PastNode {
  record: NodeRecord;
  votes: Map<string, EvaluatedVote[]>;
}

/** The brief as it was at an instant, and the node of then, for what more of the agent's record is asked for. */
export async function pastBrief(
  ports: Ports,
  viewer: Viewer,
  { userNodeId, symbol, agentName }: BriefAsked,
  instant: NodeInstant,
): Promise<{ brief: DecisionBrief; past: PastNode }> {
  const key = { userId: viewer.userId, userNodeId };
  const asked = { symbol, agentName: agentName ?? viewer.agentName };
  const { past, ...found } = await pastFindings(ports, key, instant, asked);
  return { brief: briefOf(symbol, found), past };
}

/**
 * What a brief tells, as of an instant: every outcome, lesson and vote by the feedback in force then. An agent's record
 * is added up anew from the decisions, so it is told only where there are not too many of those.
 * @throws {QueueFull} where too many of the user's long questions wait already.
 */
const pastFindings = (
  ports: Ports,
  key: NodeKey,
  { at, upTo }: NodeInstant,
  { symbol, agentName }: { symbol: string; agentName: string | null },
): Promise<BriefFindings & { past: PastNode }> =>
  ports.longInTurn(key.userId, async () => {
    const newest = Math.min(upTo, await ports.decisions.lastSeqAt(key.userId, key.userNodeId, at));
    const isTooLong = newest > MAX_HISTORY;
    const found = createFindings(key, newest, symbol);
    const downTo = agentName === null || isTooLong ? Math.max(0, newest - LOOK_BACK) : 0;
    // Numbers are taken a little before their decisions are logged: later ones may bear an earlier time.
    for (let above = Math.min(upTo, newest + STEP); above > downTo; above -= STEP) {
      const from = Math.max(0, above - STEP);
      for (const decision of await ports.decisions.recorded(key.userId, key.userNodeId, from, above)) {
        const then = decisionAt(decision, at);
        if (then !== null) found.add(then);
      }
      await turn();
    }
    return found.result(agentName, isTooLong);
  });

function createFindings({ userId, userNodeId }: NodeKey, newest: number, symbol: string) {
  let node = { ...newNode(userId, userNodeId), lastDecisionSeq: newest };
  const votes = createEvaluatedVotes();
  const lessons = createLessonCounts();
  const symbols = new Set<string | null>();
  const open: RecordedDecision[] = [];
  const evaluated: RecordedDecision[] = [];
  return {
    /** Newest first. */
    add(decision: RecordedDecision): void {
      const { outcome, learning, seq } = decision;
      if (outcome !== null) node = addOutcome(node, decision, outcome, 1);
      votes.addNewestFirst([decision]);
      if (seq <= newest - LOOK_BACK) return;
      if (learning !== null) lessons.add(seq, learning.lessons);
      symbols.add(decision.decision.symbol);
      if (decision.decision.symbol === symbol) (outcome === null ? open : evaluated).push(decision);
    },
    result(agentName: string | null, isTooLong: boolean): BriefFindings & { past: PastNode } {
      const record = isTooLong ? undefined : node.agents.find((agent) => agent.agentName === agentName);
      const names = node.agents.map((agent) => agent.agentName);
      return {
        openDecisions: open.slice(0, BRIEF_LENGTH),
        lastOutcomes: evaluated.slice(0, BRIEF_LENGTH),
        lessons: mostFrequent(lessons.all(), BRIEF_LENGTH),
        didYouMean: otherSpellings(symbol, symbols),
        agent: record === undefined ? null : agentPerformance(node, record),
        agentDidYouMean: agentName === null || isTooLong ? null : nearName(agentName, names),
        agentGap: agentName !== null && isTooLong ? 'too_many_decisions' : null,
        past: { record: node, votes: votes.byAgent() },
      };
    },
  };
}
