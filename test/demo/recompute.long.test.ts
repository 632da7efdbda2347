import { expect, test } from '@jest/globals';
import { feedback } from '../learning/node.js';
import { id, useApp } from '../support/app.js';
import { runProgram } from '../support/command.js';
import { type Cast, decide } from '../voting/decide.js';

const running = useApp();
const BALLOTS: Cast[] = [
  ['trend', 'BUY', 80],
  ['momentum', 'BUY', 60],
  ['contrarian', 'SELL', 70],
];

test('what was learned is the same, worked out from what the API returns, with a scratch among it', async () => {
  const userNodeId = id();
  const outcomes = [
    { success: true, pnl: 5 },
    { success: null, pnl: 0 },
    { success: false, pnl: -3 },
    { pnl: 0 },
  ];
  for (const outcome of outcomes) {
    const { decision } = await decide(running.app, BALLOTS, { userNodeId });
    expect((await feedback(running.app, decision.id, outcome)).userErrors).toEqual([]);
  }
  const args = ['--url', running.app.url, '--node', userNodeId, '--json'];
  const { code, stdout, stderr } = await runProgram('demo/recompute', args);
  expect([code, stderr]).toEqual([0, '']);
  const { decisions, agents, isSame } = JSON.parse(stdout);
  const ballots = agents.map((agent: any) => [agent.agentName, agent.ballots]);
  expect({ decisions, isSame, ballots }).toEqual({
    decisions: 4,
    isSame: true,
    ballots: [
      ['contrarian', 2],
      ['momentum', 2],
      ['trend', 2],
    ],
  });
});

test('without a node it says what it takes', async () => {
  const { code, stderr } = await runProgram('demo/recompute', []);
  expect([code, stderr]).toEqual([
    64,
    'npx tsx demo/recompute.ts --node ID [--url http://127.0.0.1:4000] [--json]\n',
  ]);
});
