import { expect, test } from '@jest/globals';
import type { Message } from '../../src/domain/message.js';
import { flow } from '../support/scenario.js';
import { type Frame, useRawSockets } from './rawSocket.js';
import { createKeptLog, useServers, withConversations } from './servers.js';

const startServer = useServers();
const openSocket = useRawSockets();
const STREAM =
  'subscription S($executionId: ID!, $afterSeq: Int) { messageAdded(executionId: $executionId, afterSeq: $afterSeq) { seq } }';
const SECRET = 'mongodb://secret@host';

/** A server with three conversations: one good, one that cannot be read, one whose third message cannot be. */
async function startPoisoned() {
  const poisoned = { whole: '', third: '' };
  const { log, lines } = createKeptLog();
  const server = await startServer({
    log,
    wrapPorts: withConversations((real) => ({
      async messagesAfter(userId, executionId, ...rest) {
        if (executionId === poisoned.whole) throw new Error(SECRET);
        const read = await real.messagesAfter(userId, executionId, ...rest);
        if (read === null || executionId !== poisoned.third) return read;
        return {
          ...read,
          messages: read.messages.map((message) => (message.seq === 3 ? unreadable() : message)),
        };
      },
    })),
  });
  const { start, say } = flow({ ...server, stop: async () => {} });
  const [good, whole, third] = await Promise.all([start(), start(), start()]);
  for (const { executionId } of [good, third, third, third, third]) await say(executionId);
  Object.assign(poisoned, { whole: whole.executionId, third: third.executionId });
  return { server, say, lines, good: good.executionId, ...poisoned };
}

const unreadable = (): Message =>
  ({
    content: { text: 'Up.', data: null },
    get seq() {
      throw new Error(SECRET);
    },
  }) as unknown as Message;

const errorsOf = (frame: Frame | undefined): { message: string; extensions: { code: string } }[] =>
  frame?.type === 'error' ? frame.payload : frame?.payload.errors;

test('ends poisoned operations of every kind, and none of 50 others on their socket', async () => {
  const { server, say, lines, good, whole, third } = await startPoisoned();
  const socket = await openSocket(server.url);
  const others = Array.from({ length: 50 }, (_, n) => `other ${n}`);
  for (const name of others)
    socket.subscribe(name, STREAM, { variables: { executionId: good, afterSeq: 0 } });
  for (const name of others) await socket.framesOf(name, 1);

  const nested = (depth: number) => `{ viewer ${'{ viewer '.repeat(depth)}${'}'.repeat(depth)} }`;
  const lists = (depth: number) => `{ viewer(a: ${'['.repeat(depth)}${']'.repeat(depth)}) { id } }`;
  const kinds: Record<string, [query: string, more: Record<string, unknown>, code: string]> = {
    syntax: ['{ viewer', {}, 'GRAPHQL_PARSE_FAILED'],
    field: ['subscription { nothing }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    name: [STREAM, { operationName: 'Another' }, 'GRAPHQL_VALIDATION_FAILED'],
    'at its start': [STREAM, { variables: { executionId: whole } }, 'INTERNAL_SERVER_ERROR'],
  };
  for (const [name, [query, more, code]] of Object.entries(kinds)) {
    socket.subscribe(name, query, more);
    const [frame] = await socket.framesOf(name, 1);
    expect([name, frame?.type]).toEqual([name, 'error']);
    const errors = errorsOf(frame);
    expect([name, ...new Set(errors.map(({ extensions }) => extensions.code))]).toEqual([name, code]);
  }

  socket.subscribe('midway', STREAM, { variables: { executionId: third, afterSeq: 0 } });
  const frames = await socket.framesOf('midway', 3);
  expect(frames.slice(0, 2).map(({ payload }) => payload.data.messageAdded.seq)).toEqual([1, 2]);
  expect(frames[2]?.type).toBe('error');
  expect(errorsOf(frames[2]).map(({ extensions }) => extensions)).toEqual([
    { code: 'INTERNAL_SERVER_ERROR' },
  ]);

  // Deep enough, each of these exhausts the stack of what reads it.
  for (const depth of [500, 2_000, 8_000, 25_000]) {
    for (const [kind, query] of Object.entries({ nested: nested(depth), lists: lists(depth) })) {
      socket.subscribe(`${kind} ${depth}`, query);
      expect(errorsOf((await socket.framesOf(`${kind} ${depth}`, 1))[0]).length).toBeGreaterThan(0);
    }
  }

  await say(good);
  for (const name of others) {
    const seen = await socket.framesOf(name, 2);
    expect(seen.map(({ payload }) => payload.data.messageAdded.seq)).toEqual([1, 2]);
  }
  expect(JSON.stringify(socket.frames)).not.toContain('secret');
  expect(lines.filter((line) => line.includes(SECRET)).length).toBeGreaterThanOrEqual(2);
});
