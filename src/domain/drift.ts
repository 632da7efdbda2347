import { nameInText } from './agentName.js';
import { type Candidate, candidatesOf, isRising, splitOf, splitsOf, STEP, usualOf } from './driftSplits.js';
import { fisherExact, mannWhitney, rankSums } from './significance.js';
import { TRADE_ACTIONS, type TradeAction } from './tradeAction.js';

/** Fewer votes say nothing about drift: "not enough votes: n of 24". */
export const MIN_DRIFT_VOTES = 24;
/** After how many equal votes a value is called constant: of 1,000 agents that say another in 1 of 10, it is said of 2. */
export const MIN_CONSTANT_VOTES = 60;
/** The newest votes that are looked at; older ones are left out. */
export const DRIFT_WINDOW = 500;

/** The p value at which six votes differ from the 23 after them. */
const EARLY = 0.0037;
/** The p value at which any two parts differ: five standard deviations. */
const LATE = 5e-7;
/** Up to this p value a shift stands that was raised before. */
const STANDING = 0.01;
/** How often one that is not constant says another value, at the least. */
const RARE = 0.1;

/** What about an agent's votes drifts. */
export type DriftKind = 'action_mix' | 'confidence' | 'constant_action' | 'constant_confidence';
/** Every test that a finding may rest on. */
export const DRIFT_TESTS = ['Fisher exact', 'Mann-Whitney', 'exact binomial'] as const;
/** The test that a finding rests on. */
export type DriftTest = (typeof DRIFT_TESTS)[number];

/** What an agent said in one decision of the node. */
export interface DriftVote {
  /** The decision's number within its node. */
  seq: number;
  timestamp: Date;
  action: TradeAction;
  /** Whole percent. */
  confidence: number;
}

/** A change in an agent's votes, or something that never changes, with the test that found it. */
export interface DriftFinding {
  kind: DriftKind;
  testKind: DriftTest;
  /** 0 for a constant. */
  nBefore: number;
  /** All votes for a constant. */
  nAfter: number;
  /** Two-sided, 0 to 1, of the named test of these two parts alone: not corrected for the search of the split. */
  p: number;
  /** The first vote of the part after; null for a constant, as `since` is. */
  sinceSeq: number | null;
  since: Date | null;
  /** One sentence with the numbers. */
  text: string;
}

/** A test of the votes before a place against those from there on. */
interface Shift {
  test: DriftTest;
  /** How many votes are before. */
  at: number;
  p: number;
  /** What differs, up to the decision. */
  says: string;
}

/**
 * What has drifted in an agent's votes for one node, oldest first: at most one finding on its actions and one on its
 * confidence, none with fewer than `MIN_DRIFT_VOTES`. The history is split at every sixth vote, and the p value of a
 * split has to be within an allowance that is spent early, as in group sequential trials (Lan, DeMets 1983): see
 * `allowance`, whose numbers are set by simulation. Of the steady agents of `evaluate/drift.ts` one look at 500 votes
 * accuses fewer than 1 in 100; a look after every vote accuses 1 to 2 in 100 at least once. The test of one value makes
 * no allowance for repeated looks: an agent that states one confidence in 95 % of its votes is called constant at its
 * 60th vote in .95^60 = 4.6 % of histories. All this takes votes for independent of each other: an agent that repeats
 * its last vote half of the time is accused far more often.
 */
export function findDrift(agentName: string, votes: readonly DriftVote[]): DriftFinding[] {
  const seen = votes.slice(-DRIFT_WINDOW);
  if (seen.length < MIN_DRIFT_VOTES) return [];
  const actions = seen.map((vote) => vote.action);
  const confidences = seen.map((vote) => vote.confidence);
  const finding = (kind: DriftKind, shift: Shift | null) => shift && shifted(agentName, kind, seen, shift);
  return [
    isConstant(actions)
      ? constant(agentName, 'constant_action', `said ${actions[0]}`, seen.length)
      : finding('action_mix', shiftOfActions(actions)),
    isConstant(confidences)
      ? constant(agentName, 'constant_confidence', `stated ${confidences[0]} %`, seen.length)
      : finding('confidence', shiftOfConfidence(confidences)),
  ].filter((found) => found !== null);
}

const isConstant = (values: readonly unknown[]): boolean => values.every((value) => value === values[0]);

/**
 * The p value that raises a split after `at` of `n` votes: short histories have few votes to show a change with, long
 * ones many splits to show one by chance, so it falls by the cube of either number.
 */
const allowance = (at: number, n: number): number =>
  Math.max(LATE, EARLY * Math.min(1, (STEP * 29) / (at * n)) ** 3);

/** The most marked shift of those that were raised at this vote, or were at an earlier one and still stand. */
function shiftOfActions(actions: readonly TradeAction[]): Shift | null {
  const candidates = TRADE_ACTIONS.flatMap((action) =>
    candidatesOf(actions, action, `said ${action}`, STANDING),
  ).sort((a, b) => a.p - b.p || Number(isRising(b.split)) - Number(isRising(a.split)));
  const raised = candidates.find(wasRaised);
  return raised === undefined ? null : fisherShift(raised);
}

function wasRaised({ counts, at, p }: Candidate): boolean {
  const votes = counts.length - 1;
  if (p <= allowance(at, votes)) return true;
  for (let n = Math.max(MIN_DRIFT_VOTES, at + STEP); n < votes && allowance(at, n) > LATE; n += 1) {
    if (fisherExact(splitOf(counts, at, n)) <= allowance(at, n)) return true;
  }
  return false;
}

/** By its level, or by how often the agent states its usual value: one that is stuck may keep its level. */
function shiftOfConfidence(confidences: readonly number[]): Shift | null {
  const ranks = rankSums(confidences);
  const usual = usualOf(confidences);
  const [byShare] = candidatesOf(confidences, usual, `stated ${usual} %`, LATE).sort((a, b) => a.p - b.p);
  const [byLevel] = splitsOf(confidences.length)
    .map((at) => ({ at, p: mannWhitney(ranks, at).p }))
    .filter(({ p }) => p <= LATE)
    .sort((a, b) => a.p - b.p);
  if (byShare !== undefined && byShare.p < (byLevel?.p ?? 1)) return fisherShift(byShare);
  if (byLevel === undefined) return null;
  const { at, p } = byLevel;
  const [before, after] = [confidences.slice(0, at), confidences.slice(at)];
  const then = `stated ${meanOf(before)} % on average in ${before.length} votes before`;
  return { test: 'Mann-Whitney', at, p, says: `${then} and ${meanOf(after)} % in ${after.length}` };
}

function fisherShift({ at, p, says, split }: Candidate): Shift {
  const { before, nBefore, after, nAfter } = split;
  return {
    test: 'Fisher exact',
    at,
    p,
    says: `${says} in ${before} of ${nBefore} votes before and in ${after} of ${nAfter}`,
  };
}

const meanOf = (values: readonly number[]): string =>
  (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(1);

const NAMES: Record<DriftTest, string> = {
  'Fisher exact': "Fisher's exact test",
  'Mann-Whitney': 'Mann-Whitney test',
  'exact binomial': 'exact binomial test',
};

const sayTest = (test: DriftTest, p: number): string =>
  `(${NAMES[test]}, p ${p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`})`;

function shifted(
  agentName: string,
  kind: DriftKind,
  votes: readonly DriftVote[],
  shift: Shift,
): DriftFinding {
  const { test, at, p, says } = shift;
  const first = votes[at];
  return {
    kind,
    testKind: test,
    nBefore: at,
    nAfter: votes.length - at,
    p,
    sinceSeq: first?.seq ?? null,
    since: first?.timestamp ?? null,
    text: `${nameInText(agentName)} ${says} since decision ${first?.seq} ${sayTest(test, p)}.`,
  };
}

/** By the chance that one who says something else in 1 of 10 votes would not have by now. */
function constant(agentName: string, kind: DriftKind, says: string, votes: number): DriftFinding | null {
  if (votes < MIN_CONSTANT_VOTES) return null;
  const test = 'exact binomial';
  const p = (1 - RARE) ** votes;
  const text = `${nameInText(agentName)} ${says} in all of ${votes} votes ${sayTest(test, p)}.`;
  return { kind, testKind: test, nBefore: 0, nAfter: votes, p, sinceSeq: null, since: null, text };
}
