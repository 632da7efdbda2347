import { BRIEF_LENGTH, briefOf, type DecisionBrief } from '../brief.js';
import { agentPerformance } from '../performance.js';
import type { LessonCount, Ports } from '../ports.js';
import type { Viewer } from '../viewer.js';

/** What is on record for a symbol, for a prompt; a token bound to an agent is told its own record without asking. */
export async function decisionBrief(
  ports: Ports,
  { userId, agentName }: Viewer,
  input: { userNodeId: string; symbol: string; agentName: string | null },
): Promise<DecisionBrief> {
  const { userNodeId, symbol } = input;
  const page = { after: null, limit: BRIEF_LENGTH };
  const list = (hasOutcome: boolean) =>
    ports.decisions.list(userId, userNodeId, { symbol, hasOutcome }, page);
  const [openDecisions, lastOutcomes, lessons, node] = await Promise.all([
    list(false),
    list(true),
    ports.decisions.countLessons(userId, userNodeId, null),
    ports.nodes.find(userId, userNodeId),
  ]);
  const name = input.agentName ?? agentName;
  const record = node?.agents.find((agent) => agent.agentName === name);
  return briefOf(symbol, {
    openDecisions,
    lastOutcomes,
    lessons: mostFrequent(lessons, BRIEF_LENGTH),
    agent: node && record ? agentPerformance(node, record) : null,
  });
}

/** The most frequent first; of two alike by its words. */
export const mostFrequent = (lessons: readonly LessonCount[], most: number): LessonCount[] =>
  lessons.toSorted((a, b) => b.count - a.count || (a.lesson < b.lesson ? -1 : 1)).slice(0, most);
