import { agentPath, isAgentName, parseAgentPath } from './agentName.js';
import { meantNumber, numberAdvice } from './meantNumber.js';
import type { Json } from './message.js';
import { isWithin, type Range, RANGES, rangeText } from './ranges.js';
import { isRuleName, type RuleName, RULES } from './rules.js';
import { byAgentName } from './voting.js';

/** What a ballot of this agent counts where neither it nor the roster says. */
export interface AgentWeight {
  agentName: string;
  /** Whole number, 0 to 100; 0 is advice. */
  weight: number;
}

/** The settings of one node. A vote goes by those in force when it was started, and names their version. */
export interface NodeParameters {
  /** 1 are the usual ones; rises with each approved change and each roll-back. */
  version: number;
  /** Whole percent of the agents whose ballots must count. */
  quorum: number;
  rule: RuleName;
  /** Whole percent below which a decision had better not be acted on; 0 is none. It is advice to the trader: votes are counted alike. */
  minConfidence: number;
  /** By agent's name. */
  weights: AgentWeight[];
}

/** A parameter that feedback changed, or suggests to change. */
export interface ParameterAdjustment {
  /** `agents.risk_manager.learned_weight`, `agents["model-4.1"].learned_weight`. */
  path: string;
  from: number;
  to: number;
  /** With the number of cases behind it. */
  reason: string;
  /** Whether it is in force; false is a suggestion. */
  applied: boolean;
  timestamp: Date;
}

/** What holds for a node until a change of it is approved. */
export const USUAL_PARAMETERS: NodeParameters = {
  version: 1,
  quorum: 50,
  rule: 'log_odds',
  minConfidence: 0,
  weights: [],
};

/** The agent whose default weight a path names, null for any other path. */
export const weightedAgent = (path: string): string | null => {
  const found = parseAgentPath(path);
  return found?.what === 'weight' && isAgentName(found.agentName) ? found.agentName : null;
};

/** One text for all ways to write a path: names are in quotation marks only where they must be. */
export const canonicalPath = (path: string): string => {
  const found = parseAgentPath(path);
  return found === null ? path : agentPath(found.agentName, found.what);
};

/** Why a node has no such parameter, null when it has. */
export const pathFault = (path: string): string | null =>
  path === 'quorum' || path === 'rule' || path === 'min_confidence' || weightedAgent(path) !== null
    ? null
    : 'to be `quorum`, `rule`, `min_confidence`, `agents.<name>.weight` or `agents["<name>"].weight`';

/** Why a parameter cannot have this value, null when it can. The path must be one there is. */
export function valueFault(path: string, value: Json): string | null {
  if (path === 'rule') {
    const isRule =
      typeof value === 'string' && isRuleName(value.toLowerCase()) && value === value.toUpperCase();
    return isRule ? null : `to be one of ${Object.keys(RULES).join(', ').toUpperCase()}`;
  }
  const range = numberRange(path);
  if (
    (typeof value === 'number' && isWithin(value, range)) ||
    (value === null && weightedAgent(path) !== null)
  )
    return null;
  const orNull = weightedAgent(path) === null ? '' : ', or null for none';
  return `to be a whole number ${rangeText(range)}${orNull}`;
}

/** What was probably meant by a value that a parameter cannot have, with the words for it; null when nothing was. */
export function valueMeant(path: string, value: Json): { didYouMean: string; advice: string } | null {
  if (path === 'rule') {
    const word = String(value)
      .trim()
      .toLowerCase()
      .replaceAll(/[\s-]+/g, '_');
    const didYouMean = word.toUpperCase();
    return isRuleName(word) ? { didYouMean, advice: ` Did you mean ${didYouMean}?` } : null;
  }
  const meant = meantNumber(value, numberRange(path));
  return meant && { didYouMean: String(meant.value), advice: numberAdvice(meant) };
}

function numberRange(path: string): Range {
  if (path === 'quorum') return RANGES.quorum;
  return path === 'min_confidence' ? RANGES.minConfidence : RANGES.weight;
}

/** What a parameter is now, in the API's words; a default weight that is not set is null. */
export function valueAt({ quorum, rule, minConfidence, weights }: NodeParameters, path: string): Json {
  if (path === 'quorum') return quorum;
  if (path === 'rule') return rule.toUpperCase();
  if (path === 'min_confidence') return minConfidence;
  const name = weightedAgent(path);
  return weights.find(({ agentName }) => agentName === name)?.weight ?? null;
}

/** The parameters with one of them changed; path and value must be without fault. The version stays. */
export function withValue(parameters: NodeParameters, path: string, value: Json): NodeParameters {
  const rule = typeof value === 'string' ? value.toLowerCase() : '';
  if (path === 'rule') return isRuleName(rule) ? { ...parameters, rule } : parameters;
  if (path === 'quorum') return { ...parameters, quorum: Number(value) };
  if (path === 'min_confidence') return { ...parameters, minConfidence: Number(value) };
  const agentName = weightedAgent(path) ?? '';
  const others = parameters.weights.filter((one) => one.agentName !== agentName);
  const own = value === null ? [] : [{ agentName, weight: Number(value) }];
  return { ...parameters, weights: [...others, ...own].sort(byAgentName) };
}
