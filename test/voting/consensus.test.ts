import { describe, expect, test } from '@jest/globals';
import { useApp } from '../support/app.js';
import { flow } from '../support/scenario.js';
import { type Cast, decide } from './decide.js';

const running = useApp();

const evidence = { isUnanimous: false, reason: 'EVIDENCE' };

describe('newcomers', () => {
  const cases: [string, Cast[], object][] = [
    ['one buy of 80', [['a', 'BUY', 80]], { action: 'BUY', confidence: 65, agreement: 100, ...evidence }],
    [
      'a buy of 80 and one of 60',
      [
        ['a', 'BUY', 80],
        ['b', 'BUY', 60],
      ],
      { action: 'BUY', confidence: 74, agreement: 100, isUnanimous: true, reason: 'EVIDENCE' },
    ],
    [
      'a buy of 80 against a sell of 80',
      [
        ['a', 'BUY', 80],
        ['b', 'SELL', 80],
      ],
      { action: 'HOLD', confidence: 50, agreement: 0, isUnanimous: false, reason: 'TIE' },
    ],
    [
      'three buys of 70, a sell of 90 and a hold of 50',
      [
        ['a', 'BUY', 70],
        ['b', 'BUY', 70],
        ['c', 'BUY', 70],
        ['d', 'SELL', 90],
        ['e', 'HOLD', 50],
      ],
      { action: 'BUY', confidence: 69, agreement: 60, ...evidence },
    ],
    [
      'a sell of 70 with weight 2 against a buy of 70',
      [
        ['a', 'SELL', 70, 2],
        ['b', 'BUY', 70],
      ],
      { action: 'SELL', confidence: 58, agreement: 67, ...evidence },
    ],
  ];

  test.each(cases)('%s is counted as the definitions say', async (_, ballots, consensus) => {
    const { swarmVote } = await decide(running.app, ballots);
    expect(swarmVote.consensus).toEqual(consensus);
  });

  test('ten times every weight changes nothing', async () => {
    const cast = (factor: number): Cast[] => [
      ['a', 'SELL', 70, 2 * factor],
      ['b', 'BUY', 75, factor],
      ['c', 'HOLD', 60, factor],
    ];
    const once = await decide(running.app, cast(1));
    const tenfold = await decide(running.app, cast(10));
    expect(tenfold.swarmVote.consensus).toEqual(once.swarmVote.consensus);
  });
});

describe('after feedback on one vote of 80', () => {
  test.each([
    ['success', true, 70],
    ['failure', false, 56],
  ])('a %s makes the next single vote of 80 show %s', async (_, success, confidence) => {
    const first = await decide(running.app, [['a', 'BUY', 80]]);
    const { userErrors } = await flow(running.app).feedback(first.decision.id, { success });
    expect(userErrors).toEqual([]);
    const { userNodeId } = first;
    const { swarmVote, decision } = await decide(running.app, [['a', 'BUY', 80]], { userNodeId });
    expect(swarmVote.consensus).toEqual({ action: 'BUY', confidence, agreement: 100, ...evidence });
    expect(decision).toMatchObject({ seq: 2, decision: { type: 'TRADE', action: 'BUY', confidence } });
  });
});

test('the order in which ballots come makes no difference', async () => {
  const ballots: Cast[] = [
    ['momentum', 'BUY', 71, 3],
    ['macro', 'SELL', 83, 2],
    ['risk', 'HOLD', 58, 7],
    ['news', 'BUY', 64],
  ];
  const answers = await Promise.all(permutations(ballots).map((order) => decide(running.app, order)));
  expect(answers).toHaveLength(24);
  const [first] = answers.map(({ swarmVote }) => swarmVote);
  for (const { swarmVote } of answers) {
    expect(swarmVote.consensus).toEqual(first.consensus);
    expect(swarmVote.results).toEqual(first.results);
  }
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));
}
