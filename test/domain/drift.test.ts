import { describe, expect, test } from '@jest/globals';
import { randomFrom } from '../../evaluate/random.js';
import {
  DRIFT_WINDOW,
  type DriftVote,
  findDrift,
  MIN_CONSTANT_VOTES,
  MIN_DRIFT_VOTES,
} from '../../src/domain/drift.js';
import type { TradeAction } from '../../src/domain/tradeAction.js';

const ACTIONS: Record<string, TradeAction> = { b: 'buy', s: 'sell', h: 'hold' };

/** One vote per letter, `b`, `s` or `h`, numbered from 1; confidences go to and fro between 60 and 80 unless told. */
const votesOf = (letters: string, confidenceAt = (i: number): number => 60 + ((i * 8) % 21)): DriftVote[] =>
  [...letters].map((letter, i) => ({
    seq: i + 1,
    timestamp: new Date(60_000 * (i + 1)),
    action: ACTIONS[letter] ?? 'hold',
    confidence: confidenceAt(i),
  }));

const kindsOf = (votes: readonly DriftVote[]) => findDrift('momentum', votes).map(({ kind }) => kind);
const textsOf = (votes: readonly DriftVote[]) => findDrift('momentum', votes).map(({ text }) => text);

function shuffled(letters: string, random: () => number): string {
  return [...letters]
    .map((letter) => ({ letter, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ letter }) => letter)
    .join('');
}

/** Letters drawn with these chances of `b` and `s`. */
const drawn = (votes: number, buy: number, sell: number, random: () => number): string =>
  Array.from({ length: votes }, () => {
    const chance = random();
    return chance < buy ? 'b' : chance < buy + sell ? 's' : 'h';
  }).join('');

const NO_HOLD = 'bsbsbs';
const HOLDS = 'h'.repeat(16);

describe('an agent that said hold in 0 of 6 votes and then in 16 of 23', () => {
  test('is reported with the test, its numbers and where it began', () => {
    expect(findDrift('momentum', votesOf(NO_HOLD + HOLDS + 'bsbsbsb'))).toEqual([
      {
        kind: 'action_mix',
        testKind: 'Fisher exact',
        nBefore: 6,
        nAfter: 23,
        p: expect.closeTo(1716 / 475_020, 9),
        sinceSeq: 7,
        since: new Date(7 * 60_000),
        text: "momentum said hold in 0 of 6 votes before and in 16 of 23 since decision 7 (Fisher's exact test, p = 0.004).",
      },
    ]);
  });

  test.each(['bbbbbb', 'ssssss', NO_HOLD, 'bbbsss', 'bbbbbs'])('is found in any order after %s', (before) => {
    const random = randomFrom(7);
    for (let i = 0; i < 200; i += 1) {
      const after = HOLDS + drawn(7, 0.5, 0.5, random);
      expect(kindsOf(votesOf(before + shuffled(after, random)))).toEqual(['action_mix']);
    }
  });

  test('is found with the holds last, where the change is', () => {
    expect(textsOf(votesOf(NO_HOLD + 'bsbsbsb' + HOLDS))).toEqual([
      "momentum said hold in 0 of 12 votes before and in 16 of 17 since decision 13 (Fisher's exact test, p < 0.001).",
    ]);
  });

  test('stays found while it goes on like that, and not when it goes back', () => {
    const found = NO_HOLD + HOLDS + 'bsbsbsb';
    expect(textsOf(votesOf(found + 'hhbhhshhbh'))).toEqual([
      "momentum said hold in 0 of 6 votes before and in 23 of 33 since decision 7 (Fisher's exact test, p = 0.002).",
    ]);
    expect(kindsOf(votesOf(found + 'bs'))).toEqual(['action_mix']);
    expect(kindsOf(votesOf(found + 'bsb'))).toEqual([]);
  });

  test('is not told from one that did so once in 6', () => {
    expect(kindsOf(votesOf('bsbhbs' + shuffled(HOLDS + 'bsbsbsb', randomFrom(1))))).toEqual([]);
  });
});

describe('a shift', () => {
  test('of the mix is found half-way through 500 votes, near to where it is', () => {
    const random = randomFrom(3);
    const [found] = findDrift(
      'momentum',
      votesOf(drawn(250, 0.6, 0.3, random) + drawn(250, 0.3, 0.3, random)),
    );
    expect(found).toMatchObject({ kind: 'action_mix', testKind: 'Fisher exact' });
    expect(Math.abs((found?.sinceSeq ?? 0) - 251)).toBeLessThan(30);
  });

  test.each([250, 440])('of the confidence by a standard deviation is found after %i of 500 votes', (at) => {
    const random = randomFrom(4);
    const spread = () => 12 * (random() + random() + random() + random()) - 24;
    const votes = votesOf(drawn(500, 0.6, 0.3, random), (i) => Math.round((i < at ? 72 : 65) + spread()));
    const found = findDrift('momentum', votes);
    expect(found).toMatchObject([{ kind: 'confidence', testKind: 'Mann-Whitney' }]);
    expect(found[0]?.text).toMatch(
      /^momentum stated 7\d\.\d % on average in \d+ votes before and 6\d\.\d % in \d+ since decision \d+ \(Mann-Whitney test, p < 0\.001\)\.$/,
    );
    expect(Math.abs((found[0]?.sinceSeq ?? 0) - at)).toBeLessThan(30);
  });

  test('to one value is found though the level is the same', () => {
    const votes = votesOf(drawn(300, 0.6, 0.3, randomFrom(5)), (i) => (i < 204 ? 60 + ((i * 8) % 21) : 70));
    expect(findDrift('momentum', votes)).toMatchObject([
      { kind: 'confidence', testKind: 'Fisher exact', nBefore: 204, nAfter: 96, sinceSeq: 205 },
    ]);
  });

  test('older than the last 500 votes is past', () => {
    const random = randomFrom(6);
    const votes = votesOf('b'.repeat(300) + drawn(500, 0.3, 0.3, random));
    expect(kindsOf(votes.slice(0, 500))).toEqual(['action_mix']);
    expect(kindsOf(votes)).toEqual([]);
  });
});

describe('one value', () => {
  const mixed = drawn(MIN_CONSTANT_VOTES, 0.4, 0.3, randomFrom(8));

  test('of the confidence is reported when there never was another', () => {
    expect(
      findDrift(
        'momentum',
        votesOf(mixed, () => 85),
      ),
    ).toEqual([
      {
        kind: 'constant_confidence',
        testKind: 'exact binomial',
        nBefore: 0,
        nAfter: 60,
        p: expect.closeTo(0.9 ** 60, 9),
        sinceSeq: null,
        since: null,
        text: 'momentum stated 85 % in all of 60 votes (exact binomial test, p = 0.002).',
      },
    ]);
  });

  test('of the action is reported when there never was another', () => {
    expect(textsOf(votesOf('b'.repeat(DRIFT_WINDOW + 100)))).toEqual([
      'momentum said buy in all of 500 votes (exact binomial test, p < 0.001).',
    ]);
  });

  test('is not reported when there was another, or with fewer votes', () => {
    expect(kindsOf(votesOf(mixed, (i) => (i === 30 ? 80 : 85)))).toEqual([]);
    expect(kindsOf(votesOf(mixed.slice(1), () => 85))).toEqual([]);
    expect(kindsOf(votesOf('b'.repeat(MIN_CONSTANT_VOTES - 1)))).toEqual([]);
  });
});

test('an agent that states one confidence in 95 % of its votes is called constant at its 60th in 1 of 22 histories', () => {
  const random = randomFrom(10);
  const histories = 2_000;
  let found = 0;
  for (let i = 0; i < histories; i += 1) {
    const votes = votesOf(drawn(MIN_CONSTANT_VOTES, 0.4, 0.3, random), () => (random() < 0.95 ? 85 : 60));
    if (kindsOf(votes).includes('constant_confidence')) found += 1;
  }
  expect(found / histories).toBeCloseTo(0.95 ** MIN_CONSTANT_VOTES, 2);
});

test('says nothing with too few votes', () => {
  const marked = 'b'.repeat(12) + 'h'.repeat(12);
  expect(marked).toHaveLength(MIN_DRIFT_VOTES);
  expect(kindsOf(votesOf(marked))).toEqual(['action_mix']);
  expect(kindsOf(votesOf(marked.slice(1)))).toEqual([]);
  expect(kindsOf([])).toEqual([]);
});

test('answers the same when asked twice, and leaves the votes as they were', () => {
  const votes = Object.freeze(votesOf(NO_HOLD + shuffled(HOLDS + 'bsbsbsb', randomFrom(2))));
  expect(findDrift('momentum', votes)).toEqual(findDrift('momentum', votes));
});

test.each<[string, number, number, (random: () => number) => number]>([
  ['evenly, and all confidences alike', 1 / 3, 1 / 3, (random) => 5 * Math.floor(21 * random())],
  ['two actions and two confidences', 0.5, 0.5, (random) => (random() < 0.7 ? 80 : 60)],
  ['mostly one action and one confidence', 0.9, 0.05, (random) => (random() < 0.95 ? 85 : 60)],
  ['unevenly, with long tails', 0.6, 0.3, (random) => Math.min(100, Math.round(50 - 8 * Math.log(random())))],
])('accuses at most 1 in 100 that vote %s', (_, buy, sell, confidence) => {
  const random = randomFrom(9);
  let accused = 0;
  for (let i = 0; i < 200; i += 1) {
    if (kindsOf(votesOf(drawn(500, buy, sell, random), () => confidence(random))).length > 0) accused += 1;
  }
  expect(accused).toBeLessThanOrEqual(2);
});
