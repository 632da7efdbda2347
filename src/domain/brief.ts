import { nameInText } from './agentName.js';
import type { CalibrationBin } from './bins.js';
import { type CountedDecision, type DecisionResult, resultOf } from './decision.js';
import type { LessonCount } from './lesson.js';
import type { AgentPerformance } from './performance.js';
import { moneyText } from './money.js';
import { byAgentName, countedBallots } from './voting.js';

/** What an agent should know of a symbol's past before it speaks: nothing in it is made up, and nothing rounded away. */
export interface DecisionBrief extends BriefFindings {
  /** All of it in a few lines. */
  text: string;
  /** There is nothing to tell. */
  isEmpty: boolean;
}

/** Why a record of then cannot be told. */
export type RecordGap = 'too_many_decisions';

/** What a brief tells, as data. */
export interface BriefFindings {
  /** Without an outcome, newest first. */
  openDecisions: CountedDecision[];
  /** With an outcome, newest first. */
  lastOutcomes: CountedDecision[];
  /** The node's most frequent ones of late. */
  lessons: LessonCount[];
  /** The asking agent's own record; null without a name, and without an evaluated vote. */
  agent: AgentPerformance | null;
  /** The agent on record that the asking agent's name is nearly that of, null where it is on record itself. */
  agentDidYouMean: string | null;
  /** Other spellings of the symbol that there are decisions on: nothing of those is told here. */
  didYouMean: string[];
  /** Why the agent's record cannot be told, null where it can, or there is none. */
  agentGap: RecordGap | null;
}

/** How many of each are told, at most. */
export const BRIEF_LENGTH = 5;

/** The brief of what was found: the same as data and as text. */
export function briefOf(symbol: string, found: BriefFindings): DecisionBrief {
  const { openDecisions, lastOutcomes, lessons, agent, agentDidYouMean: near, agentGap, didYouMean } = found;
  const calibration = agent === null ? [] : calibrationLines(agent);
  const parts = [
    ...section(`Open decisions on ${symbol}:`, openDecisions.map(openLine)),
    ...section(`Last outcomes on ${symbol}:`, lastOutcomes.map(outcomeLine)),
    ...section('Lessons of this node:', lessons.map(lessonLine)),
    ...section(`${nameInText(agent?.agentName ?? '')}'s own record:`, calibration),
  ];
  const isEmpty = parts.length === 0;
  const isUnknown = openDecisions.length + lastOutcomes.length === 0;
  const nothing =
    isEmpty || (isUnknown && didYouMean.length > 0) ? `Nothing is on record for ${symbol}.` : '';
  const others =
    didYouMean.length === 0 ? '' : ` On record is ${isUnknown ? '' : 'also '}${didYouMean.join(', ')}.`;
  const all = [...parts, ...(nothing + others === '' ? [] : [inOneLine(nothing + others).trim()])];
  const asked = near === null ? [] : [`This agent has no record; ${nameInText(near)} has one.`];
  const left =
    agentGap === null ? [] : ["The agent's own record of then rests on too many decisions to be told."];
  const text = [...all, ...asked, ...left].join('\n');
  return { ...found, text, isEmpty };
}

/** Each in one line, so that no caller's words pass for another line of the record. */
const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [title, ...lines.map((line) => `- ${line}`)].map(inOneLine);

const inOneLine = (text: string): string => text.replace(/\s+/g, ' ');

/** The server's lessons have the newest of their numbers; others are in quotation marks, with their source. */
const lessonLine = ({ lesson, count, source, text }: LessonCount): string =>
  source === 'server'
    ? `${lesson}, ${count} ×, last: ${text}`
    : `${JSON.stringify(lesson)} says ${source}, ${count} ×`;

function openLine(decision: CountedDecision): string {
  const voices = countedBallots(decision.ballots)
    .sort(byAgentName)
    .map(({ agentName, action, confidence }) => `${nameInText(agentName)} ${action} ${confidence}`);
  return `${headline(decision)}${voices.length === 0 ? '' : ` (${voices.join(', ')})`}, no outcome yet`;
}

function outcomeLine(decision: CountedDecision): string {
  if (decision.outcome === null) return headline(decision);
  const { pnl, exitReason } = decision.outcome;
  const money = pnl === null ? '' : `, pnl ${moneyText(pnl)}`;
  const exit = exitReason === null || exitReason === '' ? '' : `, exit ${exitReason}`;
  return `${headline(decision)}: ${PROVED[resultOf(decision.outcome)]}${money}${exit}`;
}

const PROVED: Record<DecisionResult, string> = { success: 'right', failure: 'wrong', scratch: 'a scratch' };

function headline({ seq, decision: { action, confidence } }: CountedDecision): string {
  const sure = confidence === null ? 'without a quorum' : `at ${confidence} %`;
  return `decision ${seq}, ${action.toUpperCase()} ${sure}`;
}

/** How often the agent was right when it stated each tenth of confidence. */
const calibrationLines = ({ calibration, hitRate }: AgentPerformance): string[] => [
  ...(hitRate === null ? [] : [`right in ${percent(hitRate.value)} of ${hitRate.n} votes`]),
  ...calibration.bins.flatMap(calibrationLine),
];

const calibrationLine = ({ from, to, n, hitRate }: CalibrationBin): string[] =>
  hitRate === null ? [] : [`when you said ${from} to ${to} you were right ${percent(hitRate.value)} of ${n}`];

const percent = (share: number): string => `${Math.round(100 * share)} %`;
