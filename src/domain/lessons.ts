import { type DecisionLog, type DecisionOutcome, isBacking } from './decision.js';
import type { NodeRecord } from './node.js';
import { byAgentName, countedBallots } from './voting.js';

/** All that a lesson may be drawn from. */
export interface LessonCase {
  decision: DecisionLog;
  outcome: DecisionOutcome;
  /** The node without this outcome's part in its sums, and with it. */
  before: NodeRecord;
  after: NodeRecord;
}

/** `CODE: sentence with its numbers`, null when there is nothing to learn. */
type Lesson = (given: LessonCase) => string | null;

/** In the order they are listed in. A new lesson is a function and its name here. */
const LESSONS: readonly Lesson[] = [unanimousMiss, dissentVindicated, pnlSignMismatch];

/** What one decision and its outcome teach in words. */
export const findLessons = (given: LessonCase): string[] =>
  LESSONS.map((lesson) => lesson(given)).filter((lesson) => lesson !== null);

/** What a lesson is counted under: its code, or its words where it has none. */
export const lessonCode = (lesson: string): string => /^[A-Z][A-Z0-9_]*(?=: )/.exec(lesson)?.[0] ?? lesson;

function unanimousMiss({ decision, outcome }: LessonCase): string | null {
  if (outcome.success || !decision.isUnanimous) return null;
  const { action, confidence } = decision.decision;
  const agents = countedBallots(decision.ballots).length;
  return `UNANIMOUS_MISS: All ${agents} counted agents said ${action.toLowerCase()} at ${confidence} %, and it proved wrong.`;
}

function dissentVindicated({ decision, outcome }: LessonCase): string | null {
  if (outcome.success) return null;
  const counted = countedBallots(decision.ballots).sort(byAgentName);
  const dissenters = counted.filter((ballot) => !isBacking(ballot, decision));
  if (dissenters.length === 0) return null;
  const names = dissenters.map((ballot) => ballot.agentName).join(', ');
  return `DISSENT_VINDICATED: ${decision.decision.action.toLowerCase()} proved wrong, and ${dissenters.length} of ${counted.length} counted agents had been against it: ${names}.`;
}

function pnlSignMismatch({ outcome: { success, pnl } }: LessonCase): string | null {
  if (pnl === null || pnl === 0 || success === pnl > 0) return null;
  return `PNL_SIGN_MISMATCH: Recorded as a ${success ? 'success' : 'failure'} with a pnl of ${pnl}.`;
}
