import { afterAll, describe, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { rebuild } from '../../src/domain/upkeep/rebuild.js';
import { invalid } from '../input/refusals.js';
import { id, useApp } from '../support/app.js';
import { portsOn } from '../support/stores.js';
import type { Cast } from '../voting/decide.js';
import { decided, performance, statsOf, weightsDiffer } from './node.js';

const running = useApp();
const USER = '00000000000000000000face';
const client = new MongoClient(process.env['TEST_MONGODB_URI'] as string, { maxPoolSize: 1 });
afterAll(() => client.close());
const AGREED: Cast[] = [
  ['a', 'BUY', 80],
  ['b', 'BUY', 60],
];

const FEEDBACK = /* GraphQL */ `
  mutation Feedback($input: RecordFeedbackInput!) {
    recordFeedback(input: $input) {
      duplicate
      userErrors { code message field }
      decisionLog {
        revision
        outcome { result success pnl }
        learning { wasCorrect confidenceAccuracy lessonsLearned parametersToAdjust { path } }
        feedback { outcome { result } }
      }
    }
  }
`;
const record = async (decisionId: string, input: Record<string, unknown>) =>
  (await running.app.data(FEEDBACK, { input: { decisionId, ...input } })).recordFeedback;

const FIGURES = /* GraphQL */ `
  query Figures($node: ID!, $whatIf: WhatIfInput!) {
    learningStats(userNodeId: $node) {
      totalDecisions evaluatedDecisions scratches successRate { value n } confidenceAccuracy totalPnl
      consensus { evaluatedDecisions successRate { n } wins losses calibration { bins { n } } }
      agents { agentName evaluatedVotes hitRate { n } pnlAttributed edge streak slices(by: SYMBOL) { key } weightHistory { n } }
    }
    whatIf(input: $whatIf) { decisions evaluated actualSuccess { n } }
    decisionBrief(userNodeId: $node, symbol: "SPX") { text }
  }
`;
const figures = (userNodeId: string) =>
  running.app.data(FIGURES, { node: userNodeId, whatIf: { userNodeId, rule: 'MAJORITY' } });

describe('a scratch', () => {
  test.each([[{}], [{ pnl: 0 }], [{ success: null }], [{ success: null, pnl: 0 }]])(
    'is recorded by %j, teaches nobody and counts in no rate',
    async (input) => {
      const { decisionId, userNodeId } = await decided(running.app, AGREED);
      expect(await record(decisionId, input)).toEqual({
        duplicate: false,
        userErrors: [],
        decisionLog: {
          revision: 1,
          outcome: { result: 'SCRATCH', success: false, pnl: 'pnl' in input ? 0 : null },
          learning: {
            wasCorrect: false,
            confidenceAccuracy: null,
            lessonsLearned: [],
            parametersToAdjust: [],
          },
          feedback: [{ outcome: { result: 'SCRATCH' } }],
        },
      });
      const { learningStats, whatIf, decisionBrief } = await figures(userNodeId);
      expect(learningStats).toMatchObject({
        totalDecisions: 1,
        evaluatedDecisions: 1,
        scratches: 1,
        successRate: null,
        confidenceAccuracy: null,
        totalPnl: 0,
        consensus: { evaluatedDecisions: 0, successRate: null, wins: 0, losses: 0 },
        agents: [],
      });
      expect(whatIf).toEqual({ decisions: 1, evaluated: 0, actualSuccess: null });
      expect(decisionBrief.text).toContain('at 74 %: a scratch');
      expect(await record(decisionId, input)).toMatchObject({
        duplicate: true,
        decisionLog: { revision: 1 },
      });
    },
  );

  test('keeps the lessons that a caller adds', async () => {
    const { decisionId } = await decided(running.app, AGREED);
    const answer = await record(decisionId, { pnl: 0, exitReason: 'flat', lessonsLearned: ['Too early.'] });
    expect(answer.decisionLog.learning.lessonsLearned).toEqual(['Too early.']);
  });

  test.each([
    [{ pnl: 12.5 }, '12.5'],
    [{ success: null, pnl: -0.0000031 }, '-0.0000031'],
  ])('is not said by %j: the refusal says what to send', async (input, echoed) => {
    const { decisionId, userNodeId } = await decided(running.app, AGREED);
    const message = `Expected \`success\` with a \`pnl\` other than 0, got none with ${echoed}. Send true or false, or \`pnl: 0\` for a scratch.`;
    expect(await record(decisionId, input)).toMatchObject({
      decisionLog: null,
      userErrors: [invalid('success', message)],
    });
    expect(await statsOf(running.app, userNodeId)).toMatchObject({ evaluatedDecisions: 0 });
  });

  test('is corrected to a success and back, each time as if only that had ever come', async () => {
    const [corrected, never] = [id(), id()];
    const others: Cast[] = [...AGREED, ['c', 'SELL', 70]];
    const taught = async (node: string) => {
      const { decisionId } = await decided(running.app, others, node);
      return { decisionId, last: (await decided(running.app, AGREED, node)).decisionId };
    };
    const [one, other] = [await taught(corrected), await taught(never)];
    for (const { decisionId } of [one, other]) await record(decisionId, { success: false, pnl: -4 });
    const same = async () => {
      expect(await figures(corrected)).toEqual(await figures(never));
      const [left, right] = [
        await performance(running.app, corrected),
        await performance(running.app, never),
      ];
      expect(weightsDiffer(left, right)).toBeLessThanOrEqual(1e-9);
    };
    await record(one.last, { pnl: 0 });
    await record(other.last, { pnl: 0 });
    for (const step of [{ success: true, pnl: 7 }, { success: false, pnl: -1 }, { pnl: 0 }]) {
      await record(one.last, step);
    }
    await same();
    for (const { last } of [one, other]) await record(last, { success: true, pnl: 7 });
    await same();
    const ports = portsOn(client.db(running.database));
    const found = await rebuild(ports, { userId: USER, userNodeId: corrected }, () => {});
    expect(found.largestDifference).toBeLessThanOrEqual(1e-9);
  });

  test('leaves nothing of a voter whose only vote it was', async () => {
    const { decisionId, userNodeId } = await decided(running.app, AGREED);
    await record(decisionId, { success: true, pnl: 5 });
    const { decisionLog } = await record(decisionId, { success: null, pnl: 0 });
    const paths = decisionLog.learning.parametersToAdjust.map(({ path }: any) => path);
    expect(paths).toContain('agents.a.learned_weight');
    const { learningStats } = await figures(userNodeId);
    expect(learningStats).toMatchObject({ scratches: 1, agents: [], totalPnl: 0 });
    const { adjustments } = await statsOf(running.app, userNodeId);
    expect(adjustments[0]).toMatchObject({
      path: 'agents.a.learned_weight',
      to: 1,
      reason: 'n = 0 evaluated votes',
    });
  });

  test('is not what a correction of something else makes of a success, but of a pnl of 0 it is', async () => {
    const { decisionId } = await decided(running.app, AGREED);
    await record(decisionId, { success: true, pnl: 5 });
    const results = [];
    for (const input of [{ pnl: 6 }, { exitReason: 'target' }, { pnl: 0 }]) {
      results.push((await record(decisionId, input)).decisionLog.outcome);
    }
    expect(results).toEqual([
      { result: 'SUCCESS', success: true, pnl: 6 },
      { result: 'SUCCESS', success: true, pnl: 6 },
      { result: 'SCRATCH', success: false, pnl: 0 },
    ]);
  });
});
