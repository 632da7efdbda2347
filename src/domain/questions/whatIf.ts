import { setImmediate as turn } from 'node:timers/promises';
import type { ChangeEvidence } from '../change.js';
import { cleanName } from '../agentName.js';
import { checks } from '../checks.js';
import { echo } from '../echo.js';
import type { Json } from '../message.js';
import { USUAL_PARAMETERS, weightedAgent, withValue } from '../parameters.js';
import type { Ports } from '../ports.js';
import type { Refusal } from '../refusal.js';
import type { RuleName } from '../rules.js';
import type { Viewer } from '../viewer.js';
import { type Alternative, createComparison, type WhatIf } from '../whatIf.js';
import { QuestionRefused } from './arguments.js';
import { type HistoryOf, readHistory } from './history.js';

type Maybe<T> = T | null | undefined;

const MAX_AGENTS = 200;
const USUAL_LAST = 1_000;
/** How many decisions are counted again as evidence for a change. */
const EVIDENCE_DECISIONS = 1_000;

interface WhatIfInput {
  userNodeId: string;
  rule?: Maybe<RuleName>;
  quorum?: Maybe<number>;
  minConfidence?: Maybe<number>;
  weights?: Maybe<readonly { agentName: string; weight: number }[]>;
  withoutAgents?: Maybe<readonly string[]>;
  last?: Maybe<number>;
}

/** Counts a node's last decisions again in another way. @throws {QuestionRefused} with every fault of the input. */
export async function whatIf(ports: Ports, viewer: Viewer, input: WhatIfInput): Promise<WhatIf> {
  const faults = checkWhatIf(input);
  if (faults.length > 0) throw new QuestionRefused(faults.map(({ message }) => message).join(' '));
  const alternative: Alternative = {
    rule: input.rule,
    quorum: input.quorum,
    minConfidence: input.minConfidence,
    defaultWeights: new Map(),
    weights: new Map((input.weights ?? []).map(({ agentName, weight }) => [cleanName(agentName), weight])),
    without: new Set((input.withoutAgents ?? []).map(cleanName)),
  };
  const of = { userId: viewer.userId, userNodeId: input.userNodeId, last: input.last ?? USUAL_LAST };
  const [found] = await compareAll(ports, of, [alternative]);
  if (found === undefined) throw new Error('One alternative has one comparison.');
  return found;
}

/** Several alternatives on one reading of the history. */
async function compareAll(
  ports: Ports,
  of: HistoryOf,
  alternatives: readonly Alternative[],
): Promise<WhatIf[]> {
  const comparisons = alternatives.map(createComparison);
  await readHistory(ports, of, async (decisions) => {
    for (const comparison of comparisons) {
      for (const decision of decisions) comparison.add(decision);
      if (comparisons.length > 1) await turn();
    }
  });
  return comparisons.map((comparison) => comparison.result());
}

/** What each change of one parameter would have meant for the node's last decisions. */
export async function evidenceForChange(
  ports: Ports,
  of: Omit<HistoryOf, 'last'>,
  changes: readonly { path: string; to: Json }[],
): Promise<ChangeEvidence[]> {
  const found = await compareAll(ports, { ...of, last: EVIDENCE_DECISIONS }, changes.map(toAlternative));
  return found.map(({ decisions, evaluated, changed, successDifference, pnlDifference }) => ({
    decisions,
    n: evaluated,
    changed,
    successDifference,
    pnlDifference,
  }));
}

/** A default weight is given to those ballots that were counted by default; none at all is 1. */
function toAlternative({ path, to }: { path: string; to: Json }): Alternative {
  const agentName = weightedAgent(path);
  const changed = withValue(USUAL_PARAMETERS, path, to);
  return {
    rule: path === 'rule' ? changed.rule : null,
    quorum: path === 'quorum' ? changed.quorum : null,
    minConfidence: path === 'min_confidence' ? changed.minConfidence : null,
    weights: new Map(),
    defaultWeights: new Map(agentName === null ? [] : [[agentName, changed.weights[0]?.weight ?? 1]]),
    without: new Set(),
  };
}

function checkWhatIf(input: WhatIfInput): Refusal[] {
  const check = checks();
  check.id('userNodeId', input.userNodeId);
  check.range('quorum', input.quorum);
  check.range('minConfidence', input.minConfidence);
  check.range('last', input.last);
  for (const [name, list] of Object.entries({ weights: input.weights, withoutAgents: input.withoutAgents })) {
    if ((list?.length ?? 0) <= MAX_AGENTS) continue;
    check.fault(name, `Expected at most ${MAX_AGENTS} \`${name}\`, got ${list?.length}.`);
  }
  const seen = new Set<string>();
  for (const [i, { agentName: given, weight }] of (input.weights ?? []).slice(0, MAX_AGENTS).entries()) {
    const agentName = cleanName(given);
    const field = `weights.${i}.agentName`;
    check.agentName(field, agentName);
    check.range(`weights.${i}.weight`, weight);
    if (seen.has(agentName)) {
      check.fault(field, `Expected each agent to be named once, got ${echo(agentName)} again.`);
    }
    seen.add(agentName);
  }
  for (const [i, given] of (input.withoutAgents ?? []).slice(0, MAX_AGENTS).entries()) {
    const name = cleanName(given);
    check.agentName(`withoutAgents.${i}`, name);
    if (!seen.has(name)) continue;
    check.fault(
      `withoutAgents.${i}`,
      `Expected an agent in \`weights\` or \`withoutAgents\`, got ${echo(name)} in both.`,
    );
  }
  return check.refusals;
}
