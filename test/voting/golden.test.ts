import { expect, test } from '@jest/globals';
import { useApp } from '../support/app.js';
import { flow } from '../support/scenario.js';

const running = useApp();

test('counts the golden conversation of eight agents, one of whom failed', async () => {
  const { start, vote, outcome } = flow(running.app);
  const ballots: [string, string, number, number][] = [
    ['momentum', 'BUY', 64, 10],
    ['breakout', 'BUY', 78, 10],
    ['macro', 'HOLD', 55, 8],
    ['sentiment', 'SELL', 60, 8],
    ['volatility', 'HOLD', 70, 12],
    ['contrarian', 'SELL', 82, 10],
    ['risk_manager', 'HOLD', 65, 15],
  ];
  const agents = [
    ...ballots.map(([agentName, , , weight]) => ({ agentName, weight })),
    { agentName: 'news' },
  ];
  const { executionId } = await start({ agents });
  for (const [agentName, action, confidence] of ballots)
    await vote(executionId, agentName, { action, confidence });
  await vote(executionId, 'news', { abstention: 'PARSE_ERROR' });

  const { status, lastSeq, swarmVote } = await outcome(executionId);
  expect({ status, lastSeq }).toEqual({ status: 'COMPLETED', lastSeq: 9 });
  expect(swarmVote.results).toEqual({
    buy: { votes: 2, totalConfidence: 1420 },
    sell: { votes: 2, totalConfidence: 1300 },
    hold: { votes: 3, totalConfidence: 2255 },
  });
  expect(swarmVote.votes.map((ballot: { status: string }) => ballot.status)).toEqual([
    ...Array.from({ length: 7 }, () => 'COUNTED'),
    'FAILED',
  ]);
});
