import { afterEach, expect, test } from '@jest/globals';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { id, useApp } from '../support/app.js';
import { createClient as createUser } from '../support/client.js';
import { until } from '../support/until.js';
import { ADD, messageInput, START, startInput } from '../support/scenario.js';
import { AUTH, mint } from '../support/tokens.js';

const running = useApp({ auth: AUTH });
const AGENTS = 200;
const MOST_SOCKETS = 250;
const STREAM = 'subscription S($id: ID!) { messageAdded(executionId: $id, afterSeq: 0) { seq } }';

const ended: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

/** A stream by graphql-ws with its default options. */
function follow(token: string, executionId: string) {
  const heard: number[] = [];
  let failure: unknown = null;
  let tries = 0;
  const client = createClient({
    url: `${running.app.url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    on: { opened: () => void (tries += 1) },
  });
  ended.push(() => client.dispose());
  client.subscribe<{ messageAdded: { seq: number } }>(
    { query: STREAM, variables: { id: executionId } },
    {
      next: ({ data }) => void heard.push(data?.messageAdded.seq ?? 0),
      error: (error) => void (failure = error),
      complete() {},
    },
  );
  return {
    heard,
    get failure() {
      return failure;
    },
    get tries() {
      return tries;
    },
  };
}

test('lets in 200 agents of one user, each with a stream, and the people who watch; who is beyond is told once', async () => {
  const sub = id();
  const owner = createUser(running.app.url, await mint({ sub }));
  const input = startInput();
  await owner.data(START, { input });
  const agents = await Promise.all(
    Array.from({ length: AGENTS }, async (_, n) =>
      follow(await mint({ sub, agent: `agent-${n}` }), input.executionId),
    ),
  );
  await owner.data(ADD, { input: messageInput(input.executionId) });
  await until('all have heard of the message', () => agents.every(({ heard }) => heard.length > 0), 60_000);
  expect(agents.map(({ heard, tries, failure }) => [heard, tries, failure])).toEqual(
    agents.map(() => [[1], 1, null]),
  );

  const watcher = await mint({ sub });
  const watchers = Array.from({ length: MOST_SOCKETS - AGENTS }, () => follow(watcher, input.executionId));
  await until('all of them, too', () => watchers.every(({ heard }) => heard.length > 0), 60_000);
  const beyond = follow(watcher, input.executionId);
  await until('it is refused', () => beyond.failure !== null);
  expect(beyond.failure).toMatchObject({
    code: 4429,
    reason: 'Expected at most 250 sockets of one user (SOCKETS_PER_USER), got one more.',
  });
  expect(beyond.tries).toBe(1);
});
