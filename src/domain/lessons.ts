import { nameInText } from './agentName.js';
import { type CalibrationBin, binAt, binOf } from './bins.js';
import { decide } from './consensus.js';
import { type CountedDecision, type DecisionOutcome, isBacking, judgedBallots } from './decision.js';
import type { Lesson, LessonCode } from './lesson.js';
import { NEEDED_CASES } from './measure.js';
import { moneyText } from './money.js';
import { agentCalibration, type NodeRecord, nextSeq } from './node.js';
import { RULES } from './rules.js';
import { learnedWeight } from './sums.js';
import { weighBallots } from './tally.js';
import { byAgentName, countedBallots } from './voting.js';
import { TRADE_ACTIONS } from './tradeAction.js';

/** Above which what is stated and what comes true must differ to be told. */
const GAP = 0.1;
const ROUNDING = 1e-9;
const DEGRADED_BELOW = 0.5;
const TRUSTED_ABOVE = 1.5;
const FAILURES_LOOKED_AT = 5;
const CLUSTER = 3;
const LOSSES_LOOKED_AT = 50;
/** The median of fewer says little. */
const LOSSES_NEEDED = 5;
const OUTLIER = 2;

/** How another decision of the node turned out. */
export interface RecentOutcome {
  seq: number;
  outcome: DecisionOutcome;
}

/** All that a lesson may be drawn from. */
export interface LessonCase {
  decision: CountedDecision;
  outcome: DecisionOutcome;
  /** The node without this outcome's part in its sums, and with it. */
  before: NodeRecord;
  after: NodeRecord;
  /** Those of the node's decisions near this one, newest first; wanted where this one failed or lost. */
  recent: readonly RecentOutcome[];
}

type Found = { code: LessonCode; text: string };

/** In the order they are listed in. A new lesson is a function and its name here, and its code in `lesson.ts`. */
const LESSONS: readonly ((given: LessonCase) => Found[])[] = [
  misjudgedConfidence,
  unanimousMiss,
  dissentVindicated,
  overruledMajority,
  changedTrust,
  exitReasonCluster,
  lossOutlier,
  pnlSignMismatch,
];

/** What one decision and its outcome teach in words. */
export const findLessons = (given: LessonCase): Lesson[] =>
  LESSONS.flatMap((lesson) => lesson(given)).map((found) => ({ ...found, source: 'server' as const }));

/** The tenth of stated confidence that this vote of each agent falls into. */
function misjudgedConfidence({ decision, after }: LessonCase): Found[] {
  return judgedBallots(decision)
    .sort(byAgentName)
    .flatMap(({ agentName, confidence }) => {
      const record = after.agents.find((agent) => agent.agentName === agentName);
      return record === undefined ? [] : misjudged(agentName, binAt(record.bins, binOf(confidence)));
    });
}

function misjudged(agentName: string, { from, to, n, meanStated, hitRate }: CalibrationBin): Found[] {
  if (n < NEEDED_CASES || meanStated === null || hitRate === null) return [];
  const gap = meanStated - hitRate.value;
  // 80 % stated and 70 % right differ by a rounding more than ten points.
  if (Math.abs(gap) <= GAP + ROUNDING) return [];
  const text = `${nameInText(agentName)} stated ${from}–${to} % in ${n} votes, ${percent(meanStated)} on average, and was right in ${percent(hitRate.value)} of them.`;
  return [{ code: gap > 0 ? 'OVERCONFIDENT' : 'UNDERCONFIDENT', text }];
}

function unanimousMiss({ decision, outcome }: LessonCase): Found[] {
  if (outcome.success !== false || !decision.isUnanimous) return [];
  const { action, confidence } = decision.decision;
  const agents = countedBallots(decision.ballots).length;
  const text = `All ${agents} counted agents said ${action.toLowerCase()} at ${confidence} %, and it proved wrong.`;
  return [{ code: 'UNANIMOUS_MISS', text }];
}

function dissentVindicated({ decision, outcome }: LessonCase): Found[] {
  if (outcome.success !== false) return [];
  const counted = countedBallots(decision.ballots).sort(byAgentName);
  const dissenters = counted.filter((ballot) => !isBacking(ballot, decision));
  if (dissenters.length === 0) return [];
  const names = dissenters.map((ballot) => nameInText(ballot.agentName)).join(', ');
  const text = `${decision.decision.action.toLowerCase()} proved wrong, and ${dissenters.length} of ${counted.length} counted agents had been against it: ${names}.`;
  return [{ code: 'DISSENT_VINDICATED', text }];
}

/** The swarm went by evidence against what most heads were for; the code says whether those heads were right. */
function overruledMajority({ decision, outcome }: LessonCase): Found[] {
  if (decision.basis === null) return [];
  // In a tie, and where plain weight decided, no evidence overruled anybody. That there was a quorum is known by now.
  const rule = RULES[decision.basis.rule];
  const { reason } = decide(weighBallots(decision.ballots, rule), { totalAgents: 1, quorum: 1, rule });
  if (reason !== 'evidence') return [];
  const counted = countedBallots(decision.ballots);
  const heads = TRADE_ACTIONS.map((action) => ({
    action,
    n: counted.filter((ballot) => ballot.action === action).length,
  })).sort((a, b) => b.n - a.n);
  const [first, second] = heads;
  const own = counted.filter((ballot) => isBacking(ballot, decision)).length;
  if (first === undefined || first.n === second?.n || first.n === own || own === 0) return [];
  const action = decision.decision.action.toLowerCase();
  const text = `${first.n} of ${counted.length} counted agents said ${first.action}, the evidence of ${own} carried ${action}, which proved ${outcome.success ? 'right' : 'wrong'}.`;
  return [{ code: outcome.success ? 'OVERRULED_MAJORITY_WRONG' : 'OVERRULED_MAJORITY_RIGHT', text }];
}

function changedTrust({ decision, before, after }: LessonCase): Found[] {
  const voters = new Set(judgedBallots(decision).map(({ agentName }) => agentName));
  const weightIn = (node: NodeRecord, name: string): number | null => {
    const record = node.agents.find(({ agentName }) => agentName === name);
    return record === undefined ? null : learnedWeight(agentCalibration(node, record, nextSeq(node)));
  };
  return [...voters].sort().flatMap((name): Found[] => {
    const was = weightIn(before, name) ?? 1;
    const is = weightIn(after, name) ?? 1;
    const votes = after.agents.find(({ agentName }) => agentName === name)?.votes ?? 0;
    const text = (how: string, mark: number) =>
      `${nameInText(name)}'s learned weight ${how} ${mark}, from ${was.toFixed(2)} to ${is.toFixed(2)}, after ${votes} evaluated votes.`;
    if (was >= DEGRADED_BELOW && is < DEGRADED_BELOW) {
      return [{ code: 'AGENT_DEGRADED', text: text('fell below', DEGRADED_BELOW) }];
    }
    if (was <= TRUSTED_ABOVE && is > TRUSTED_ABOVE) {
      return [{ code: 'AGENT_EARNED_TRUST', text: text('rose above', TRUSTED_ABOVE) }];
    }
    return [];
  });
}

function exitReasonCluster({ decision, outcome, recent }: LessonCase): Found[] {
  const { success, exitReason } = outcome;
  if (success !== false || exitReason === null || exitReason === '') return [];
  const failures = [{ seq: decision.seq, outcome }, ...recent]
    .filter((one) => one.outcome.success === false)
    .sort((a, b) => b.seq - a.seq)
    .slice(0, FAILURES_LOOKED_AT);
  if (!failures.some(({ seq }) => seq === decision.seq)) return [];
  const same = failures.filter((one) => one.outcome.exitReason === exitReason).length;
  if (same < CLUSTER) return [];
  const text = `${same} of the last ${failures.length} failures ended by ${JSON.stringify(exitReason)}.`;
  return [{ code: 'EXIT_REASON_CLUSTER', text }];
}

function lossOutlier({ outcome: { pnl }, recent }: LessonCase): Found[] {
  if (pnl === null || pnl >= 0) return [];
  const losses = recent
    .map(({ outcome }) => -(outcome.pnl ?? 0))
    .filter((loss) => loss > 0)
    .slice(0, LOSSES_LOOKED_AT);
  if (losses.length < LOSSES_NEEDED) return [];
  const median = medianOf(losses);
  if (-pnl <= OUTLIER * median) return [];
  const text = `A loss of ${moneyText(-pnl)} is ${(-pnl / median).toFixed(1)} times the median ${moneyText(median)} of the last ${losses.length} losses.`;
  return [{ code: 'LOSS_OUTLIER', text }];
}

/** To fifteen digits, for .1 and .7 have .4 between them and not .39999999999999997. */
function medianOf(losses: readonly number[]): number {
  const sorted = losses.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const between = ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
  return Number(between.toPrecision(15));
}

function pnlSignMismatch({ outcome: { success, pnl } }: LessonCase): Found[] {
  if (success === null || pnl === null || pnl === 0 || success === pnl > 0) return [];
  const text = `Recorded as a ${success ? 'success' : 'failure'} with a pnl of ${moneyText(pnl)}.`;
  return [{ code: 'PNL_SIGN_MISMATCH', text }];
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;
