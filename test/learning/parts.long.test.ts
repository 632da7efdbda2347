import { expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import { type Cast, decide } from '../voting/decide.js';
import { feedback } from './node.js';

const running = useApp();

const SLICES = /* GraphQL */ `
  query Slices($userNodeId: ID!, $first: Int) {
    agentPerformance(userNodeId: $userNodeId, first: $first) {
      agentName
      slices(by: SYMBOL) { key evaluatedVotes }
    }
  }
`;

test('of more than 20 parts those with most votes are told; without `first`, of every agent', async () => {
  const { app } = running;
  const userNodeId = id();
  const ballots: Cast[] = [
    ['a', 'BUY', 80],
    ['b', 'BUY', 60],
  ];
  const names = Array.from({ length: 22 }, (_, i) => `S${String(i + 1).padStart(2, '0')}`);
  const often = ['S22', 'S21'];
  for (const symbol of [...names, ...often, 'S22']) {
    const { decision } = await decide(app, ballots, { userNodeId, symbol });
    await feedback(app, decision.id, { success: true });
  }
  const slices = [
    { key: 'S22', evaluatedVotes: 3 },
    { key: 'S21', evaluatedVotes: 2 },
    ...names.slice(0, 18).map((key) => ({ key, evaluatedVotes: 1 })),
  ];
  const both = [
    { agentName: 'a', slices },
    { agentName: 'b', slices },
  ];
  for (const first of [null, undefined, 100]) {
    expect((await app.data(SLICES, { userNodeId, first })).agentPerformance).toEqual(both);
  }
});
