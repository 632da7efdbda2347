import { describe, expect, test } from '@jest/globals';
import { endpoint, parseOptions, socketEndpoint } from '../../demo/options.js';
import { inFlight, newId } from '../../demo/replay.js';
import { areStreamsWhole } from '../../demo/report.js';
import { createTally } from '../../demo/tally.js';
import { ballotLine, consensusLine, progressLine } from '../../demo/tape.js';

describe('the command line', () => {
  test('replays 250 days on a server of its own unless told otherwise', () => {
    expect(parseOptions([])).toEqual({ days: 250, exit: false, json: false, help: false, url: undefined });
  });

  test('takes a running server by its address', () => {
    expect(endpoint('http://127.0.0.1:4000')).toBe('http://127.0.0.1:4000/graphql');
    expect(endpoint('https://swarm.test/api/graphql')).toBe('https://swarm.test/api/graphql');
    expect(socketEndpoint('https://swarm.test/graphql')).toBe('wss://swarm.test/graphql');
    expect(() => parseOptions(['--url', 'swarm.test'])).toThrow(
      'Expected --url to be an http or https address',
    );
  });

  test.each(['0', '4801', '-1', '2.5', '1e3', 'many', ''])('refuses --days=%s', (days) => {
    expect(() => parseOptions([`--days=${days}`])).toThrow(`Expected --days from 1 to 4800, got ${days}.`);
  });

  test('refuses words it does not know', () => {
    expect(() => parseOptions(['--speed', '3'])).toThrow("Unknown option '--speed'");
  });
});

describe('the count of what streams delivered', () => {
  const expected = [{ executionId: 'a', lastSeq: 3 }];

  test('is whole when each message and each vote came', () => {
    const tally = createTally();
    for (const seq of [1, 2, 3]) expect(tally.message('a', seq)).toBe(true);
    expect(tally.vote('a')).toBe(true);
    expect(tally.summary(expected)).toEqual({
      messages: { expected: 3, received: 3, missing: 0, repeated: 0 },
      votes: { expected: 1, received: 1, missing: 0, repeated: 0 },
      outOfOrder: 0,
      failures: [],
    });
    expect(areStreamsWhole(tally.summary(expected))).toBe(true);
  });

  test('names what was missing, repeated and out of order', () => {
    const tally = createTally();
    for (const seq of [3, 1]) tally.message('a', seq);
    expect(tally.message('a', 3)).toBe(false);
    expect(tally.summary(expected)).toMatchObject({
      messages: { expected: 3, received: 2, missing: 1, repeated: 1 },
      votes: { expected: 1, received: 0, missing: 1, repeated: 0 },
      outOfOrder: 1,
    });
    expect(areStreamsWhole(tally.summary(expected))).toBe(false);
  });

  test('is not whole when a stream failed', () => {
    const tally = createTally();
    tally.failure('the socket was closed with 4403');
    expect(areStreamsWhole(tally.summary([]))).toBe(false);
  });
});

describe('work in flight', () => {
  test('never exceeds its limit and does all of it', async () => {
    let [running, most] = [0, 0];
    const done: number[] = [];
    await inFlight([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running -= 1;
      done.push(item);
    });
    expect({ most, done: done.sort((a, b) => a - b) }).toEqual({ most: 3, done: [1, 2, 3, 4, 5, 6, 7] });
  });

  test('passes a failure on', async () => {
    const fail = () => Promise.reject(new Error('refused'));
    await expect(inFlight([1], 4, fail)).rejects.toThrow('refused');
  });

  test('ids are 24 hex digits and fresh', () => {
    expect(newId()).toMatch(/^[0-9a-f]{24}$/);
    expect(newId()).not.toBe(newId());
  });
});

describe('the tape', () => {
  test('shows how far the replay is', () => {
    const half = { day: 6, days: 10, date: '2001-01-09', decided: 5, elapsedMs: 2000 };
    expect(progressLine(half)).toBe(
      'day 6/10 2001-01-09 ████████████············ 50 % · 2 s left · 2.5 decisions/s',
    );
    expect(progressLine({ ...half, decided: 0, elapsedMs: 0 })).toContain('0 % · time left unknown');
  });

  test('shows ballots, abstentions and the consensus', () => {
    const message = { seq: 11, agentName: 'rsi_14', messageType: 'VOTE' as const, content: { text: '' } };
    const vote = { action: 'BUY' as const, confidence: 63, abstention: null };
    expect(ballotLine('2001-01-02', { ...message, vote })).toMatch(/^2001-01-02 {3}rsi_14 +BUY {2}63 %$/);
    const silent = { action: null, confidence: null, abstention: 'NO_DATA' };
    expect(ballotLine('2001-01-02', { ...message, vote: silent })).toMatch(/rsi_14 +NO_DATA$/);
    const consensus = { action: 'HOLD' as const, confidence: null, agreement: 0, reason: 'NO_QUORUM' };
    const event = { votingCompleted: '', conversation: { executionId: '' }, consensus };
    expect(consensusLine('2001-01-02', event)).toContain(
      'HOLD no confidence · 0 % of the votes agree · NO_QUORUM',
    );
  });
});
