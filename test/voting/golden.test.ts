import { expect, test } from '@jest/globals';
import { useApp } from '../support/app.js';
import { flow } from '../support/scenario.js';
import { decideGolden } from './decide.js';

const running = useApp();

test('counts the golden conversation of eight agents, one of whom failed', async () => {
  const { executionId } = await decideGolden(running.app);
  const { status, lastSeq, swarmVote } = await flow(running.app).outcome(executionId);
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
