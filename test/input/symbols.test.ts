import { describe, expect, test } from '@jest/globals';
import { feedback } from '../learning/node.js';
import { id, useApp } from '../support/app.js';
import { flow, START, startInput } from '../support/scenario.js';

const running = useApp();

const LOG = /* GraphQL */ `
  mutation Log($input: LogDecisionInput!) {
    logDecision(input: $input) {
      duplicate userErrors { message field } remarks { code text field didYouMean }
      decisionLog { id decision { symbol } }
    }
  }
`;
const log = async (userNodeId: string, symbol: string, input: object = {}) =>
  (
    await running.app.data(LOG, {
      input: { userNodeId, type: 'TRADE', action: 'HOLD', confidence: 60, symbol, ...input },
    })
  ).logDecision;

const BRIEF = /* GraphQL */ `
  query Brief($userNodeId: ID!, $symbol: String!) {
    decisionBrief(userNodeId: $userNodeId, symbol: $symbol) { isEmpty didYouMean text lastOutcomes { decision { symbol } } }
  }
`;
const brief = async (userNodeId: string, symbol: string) =>
  (await running.app.data(BRIEF, { userNodeId, symbol })).decisionBrief;

const LISTS = /* GraphQL */ `
  query Lists($userNodeId: ID!, $symbol: String) {
    ofNode: conversations(filter: { symbol: $symbol, userNodeId: $userNodeId }) { didYouMean edges { node { context { symbol } } } }
    ofAll: conversations(filter: { symbol: $symbol }) { didYouMean }
    decisions(userNodeId: $userNodeId, filter: { symbol: $symbol }) { didYouMean edges { node { decision { symbol } } } }
  }
`;

const SPELLINGS = ['aapl', 'ＡＡＰＬ', 'Aapl', '  aapl\t'];

describe('another spelling of a symbol on record', () => {
  test.each(SPELLINGS)('is named by the brief, in data and in words: %j', async (symbol) => {
    const userNodeId = id();
    const { decisionLog } = await log(userNodeId, 'AAPL');
    await feedback(running.app, decisionLog.id, { success: true });
    expect(await brief(userNodeId, symbol)).toEqual({
      isEmpty: true,
      didYouMean: ['AAPL'],
      text: `Nothing is on record for ${symbol.trim()}. On record is AAPL.`,
      lastOutcomes: [],
    });
    const { lastOutcomes, didYouMean } = await brief(userNodeId, ' AAPL\n');
    expect([lastOutcomes, didYouMean]).toEqual([[{ decision: { symbol: 'AAPL' } }], []]);
  });

  test('is told beside lessons and beside decisions of its own, too', async () => {
    const userNodeId = id();
    const { decisionLog } = await log(userNodeId, 'AAPL');
    await feedback(running.app, decisionLog.id, { success: true, lessonsLearned: ['Wait.'] });
    expect((await brief(userNodeId, 'aapl')).text.split('\n').at(-1)).toBe(
      'Nothing is on record for aapl. On record is AAPL.',
    );
    await log(userNodeId, 'aapl');
    expect((await brief(userNodeId, 'aapl')).text.split('\n').at(-1)).toBe('On record is also AAPL.');
    expect((await brief(userNodeId, 'MSFT')).text).not.toContain('On record');
  });

  test.each(SPELLINGS)('is named by the lists that are filtered by it: %j', async (symbol) => {
    const { start, vote } = flow(running.app);
    const { executionId, userNodeId } = await start({ symbol: 'AAPL', totalAgents: 1 });
    await vote(executionId, 'a', { action: 'BUY', confidence: 80 });
    const found = await running.app.data(LISTS, { userNodeId, symbol });
    const near = { didYouMean: ['AAPL'], edges: [] };
    expect([found.ofNode, found.decisions]).toEqual([near, near]);
    expect(found.ofAll.didYouMean).toContain('AAPL');
    const own = await running.app.data(LISTS, { userNodeId, symbol: '\u00a0AAPL ' });
    for (const { didYouMean, edges } of [own.ofNode, own.decisions]) {
      expect([didYouMean.length, edges.length]).toEqual([0, 1]);
    }
    const none = await running.app.data(LISTS, { userNodeId });
    expect([none.ofNode.didYouMean, none.ofNode.edges.length]).toEqual([[], 1]);
    const stranger = await running.app.data(LISTS, { userNodeId: id(), symbol });
    expect([stranger.ofNode.didYouMean, stranger.decisions.didYouMean]).toEqual([[], []]);
  });

  const REMARKED = START.replace('duplicate', 'duplicate remarks { code text field didYouMean }');
  const remark = (given: string, near: string) => ({
    code: 'NEAR_SYMBOL',
    text: `"${given}" is another symbol than "${near}", which this node has on record. Did you mean "${near}"?`,
    field: ['input', 'symbol'],
    didYouMean: near,
  });

  test('is remarked when a conversation is started, and when a decision is logged', async () => {
    const userNodeId = id();
    const start = async (symbol: string) =>
      (await running.app.data(REMARKED, { input: startInput({ userNodeId, symbol }) })).startConversation;
    expect(await start('BRK.B')).toMatchObject({ remarks: [], userErrors: [] });
    expect((await start(' BRK.B ')).remarks).toEqual([]);
    expect(await start('brk.b')).toMatchObject({ remarks: [remark('brk.b', 'BRK.B')], userErrors: [] });
    expect((await log(userNodeId, 'brk．b')).remarks).toMatchObject([
      { code: 'NEAR_SYMBOL', didYouMean: 'BRK.B' },
    ]);
    expect((await log(userNodeId, 'SPX')).remarks).toEqual([]);
    expect((await log(id(), 'brk.b')).remarks).toEqual([]);
  });

  test.each([
    ['BTC/USDT', 'BTC-USDT'],
    ['BTC/USDT', 'btcusdt'],
    ['BRK.B', 'BRK-B'],
    ['EUR_USD', 'EUR:USD'],
    ['ES Z5', 'ESZ5'],
  ])('may differ by what stands between its parts: %s is named for %s', async (symbol, given) => {
    const userNodeId = id();
    await log(userNodeId, symbol);
    expect((await log(userNodeId, 'BRK.A')).remarks).toEqual([]);
    expect(await brief(userNodeId, given)).toMatchObject({ isEmpty: true, didYouMean: [symbol] });
    const { decisions } = await running.app.data(LISTS, { userNodeId, symbol: given });
    expect(decisions).toEqual({ didYouMean: [symbol], edges: [] });
    expect((await log(userNodeId, given)).remarks).toEqual([remark(given, symbol)]);
    expect((await log(userNodeId, '-')).remarks).toEqual([]);
  });

  test('is a slice of its own that names the other', async () => {
    const { start, vote, outcome } = flow(running.app);
    const userNodeId = id();
    for (const symbol of ['AAPL', 'aapl', 'MSFT']) {
      const { executionId } = await start({ symbol, userNodeId, totalAgents: 1 });
      await vote(executionId, 'a', { action: 'BUY', confidence: 80 });
      await feedback(running.app, (await outcome(executionId)).decision.id, { success: true });
    }
    const { agentPerformance } = await running.app.data(
      `query Slices($userNodeId: ID!) { agentPerformance(userNodeId: $userNodeId) { slices(by: SYMBOL) { key nearKeys } } }`,
      { userNodeId },
    );
    expect(agentPerformance[0].slices).toEqual([
      { key: 'AAPL', nearKeys: ['aapl'] },
      { key: 'MSFT', nearKeys: [] },
      { key: 'aapl', nearKeys: ['AAPL'] },
    ]);
  });
});

test('white space at the ends of a symbol is no part of it', async () => {
  const userNodeId = id();
  expect(await log(userNodeId, ' AAPL\u3000', { idempotencyKey: 'k' })).toMatchObject({
    duplicate: false,
    decisionLog: { decision: { symbol: 'AAPL' } },
  });
  expect(await log(userNodeId, 'AAPL', { idempotencyKey: 'k' })).toMatchObject({ duplicate: true });
  const input = startInput({ symbol: 'SPX ' });
  expect((await running.app.data(START, { input })).startConversation.duplicate).toBe(false);
  const again = await running.app.data(START, { input: { ...input, symbol: 'SPX' } });
  expect(again.startConversation).toMatchObject({ duplicate: true, userErrors: [] });
  expect((await log(userNodeId, ' \t')).userErrors).toEqual([
    { message: 'Expected `symbol` to have 1 to 64 characters, got 0: "".', field: ['input', 'symbol'] },
  ]);
});
