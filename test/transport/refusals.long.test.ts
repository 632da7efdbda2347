import { describe, expect, test } from '@jest/globals';
import { id } from '../support/app.js';
import { createClient } from '../support/client.js';
import { until } from '../support/until.js';
import { ADD, ballotInput, messageInput, START, startInput } from '../support/scenario.js';
import { AUTH, mint } from '../support/tokens.js';
import { useRawSockets } from './rawSocket.js';
import { createKeptLog, useServers } from './servers.js';

const startServer = useServers();
const openSocket = useRawSockets();
const WORDS = 'words-of-an-agent';

type Line = Record<string, unknown> & { msg: string };

/** A server whose log and figures can be read, and a client of a new user. */
async function start() {
  const { log, lines } = createKeptLog();
  const server = await startServer({
    log,
    auth: AUTH,
    limits: { operationsPerSecond: 1_000, socketsPerUser: 2 },
  });
  const user = id();
  const token = await mint({ sub: user });
  const client = createClient(server.url, token);
  const figures = async () => (await fetch(`${server.url}/metrics`)).text();
  return {
    url: server.url,
    token,
    client,
    text: () => lines.join(''),
    lines: () => lines.map((line) => JSON.parse(line) as Line),
    figure: async (name: string) => {
      const line = (await figures()).split('\n').find((one) => one.startsWith(`${name} `));
      return line === undefined ? 0 : Number(line.slice(name.length));
    },
    figures,
  };
}

const BUY = { action: 'BUY', confidence: 70 } as const;
/** The first is a flood. */
const TIMES = [60, 2, 2, 2];
const CODES = ['INVALID', 'AGENT_NOT_ALLOWED', 'VOTING_CLOSED', 'CONFLICT'];

describe.each(['http', 'ws'] as const)('over %s', (transport) => {
  test('counts refusals as data by operation and code, and logs them without words, a flood in sum', async () => {
    const { client, text, lines, figure } = await start();
    const ask = async (query: string, input: unknown) =>
      transport === 'http' ? client.send(query, { input }) : client.sendOverSocket(query, { input });
    const ended = startInput({ totalAgents: 1 });
    const open = startInput({ totalAgents: undefined, agents: [{ agentName: 'insider' }] });
    for (const input of [ended, open]) await client.data(START, { input });
    await client.data(ADD, {
      input: ballotInput(ended.executionId, 'solo', BUY),
    });
    const said = (input: object) => messageInput(open.executionId, { agentName: 'insider', ...input });
    const content = { text: WORDS };
    await client.data(ADD, { input: said({ idempotencyKey: 'key' }) });

    const refused = [
      said({ agentRole: '', content }),
      { ...ballotInput(open.executionId, 'stranger', BUY), content },
      { ...ballotInput(ended.executionId, 'late', BUY), content },
      said({ idempotencyKey: 'key', content }),
    ];
    for (const [kind, input] of refused.entries()) {
      const answers = Array.from({ length: TIMES[kind] as number }, () => ask(aliased(ADD), input));
      for (const { data, errors } of await Promise.all(answers))
        expect([errors, data.said.userErrors]).toEqual([
          undefined,
          [expect.objectContaining({ code: CODES[kind] })],
        ]);
    }
    for (const [kind, code] of CODES.entries()) {
      const counted = await figure(`graphql_refusals_total{operation="addMessage",code="${code}"}`);
      expect([code, counted]).toEqual([code, TIMES[kind]]);
      const told = () => lines().filter(({ codes }) => Array.isArray(codes) && codes.includes(code));
      const toldOf = () => told().reduce((sum, { count = 1 }) => sum + Number(count), 0);
      await until('all are told of', () => toldOf() === TIMES[kind]);
      expect(told()[0]).toMatchObject({
        msg: 'operation refused or failed',
        requestId: expect.any(String),
        transport,
        kind: 'mutation',
        operationName: 'Add',
        fields: ['addMessage'],
        codes: [code],
      });
    }
    expect(lines().filter(({ codes }) => String(codes) === 'INVALID').length).toBeLessThan(60);
    const outcome = `graphql_operation_duration_seconds_count{transport="${transport}",outcome="refused"}`;
    expect(await figure(outcome)).toBe(66);
    for (const secret of [WORDS, 'stranger', 'insider']) expect(text()).not.toContain(secret);
    await client.close();
  });

  test('counts what a caller does not ask to be told', async () => {
    const { client, figure } = await start();
    const query = 'mutation Add($input: AddMessageInput!) { addMessage(input: $input) { duplicate } }';
    const input = messageInput(id(), { agentRole: '' });
    await (transport === 'http' ? client.send(query, { input }) : client.sendOverSocket(query, { input }));
    const ballot = ballotInput(id(), 'one', { action: 'BUY', confidence: '0.85' });
    await (transport === 'http'
      ? client.send(query, { input: ballot })
      : client.sendOverSocket(query, { input: ballot }));
    expect(await figure('graphql_refusals_total{operation="addMessage",code="INVALID"}')).toBe(2);
    await client.close();
  });

  test('counts errors, too, and names no alias and no field that there is not', async () => {
    const { client, figure, figures } = await start();
    const ask = (query: string) => (transport === 'http' ? client.send(query) : client.sendOverSocket(query));
    await ask('{ my_alias: decision(id: "x") { id } }');
    await ask('{ my_field }');
    await ask('{ my_syntax');
    expect(await figure('graphql_refusals_total{operation="none",code="GRAPHQL_VALIDATION_FAILED"}')).toBe(1);
    expect(await figure('graphql_refusals_total{operation="none",code="GRAPHQL_PARSE_FAILED"}')).toBe(1);
    expect(await figures()).not.toContain('my_');
    await client.close();
  });
});

test('logs at most ten lines a second of the same refusal, whichever transport it comes over', async () => {
  const { client, lines } = await start();
  const told = () => lines().filter(({ codes }) => String(codes) === 'GRAPHQL_VALIDATION_FAILED');
  const oneByOne = () => told().filter(({ count }) => count === undefined).length;
  /** How many of 40 are told one by one: ten for each second that they take, where ten for each transport would be 20. */
  const flood = async (round: number): Promise<number> => {
    const before = oneByOne();
    const asked = Array.from({ length: 40 }, (_, n) =>
      n % 2 === 0 ? client.send('{ my_field }') : client.sendOverSocket('{ my_field }'),
    );
    await Promise.all(asked);
    const sum = () => told().reduce((all, { count = 1 }) => all + Number(count), 0);
    await until('all are told of', () => sum() === 40 * round);
    return oneByOne() - before;
  };
  // A busy machine may take more than a second for some of them.
  let fewest = 40;
  for (let round = 1; round <= 10 && fewest >= 20; round++) fewest = Math.min(fewest, await flood(round));
  expect(fewest).toBeLessThan(20);
  await client.close();
});

const aliased = (query: string): string => query.replace('addMessage(', 'said: addMessage(');

test('counts and logs a stream that is refused', async () => {
  const { client, lines, figure } = await start();
  const query = 'subscription S($id: ID!) { messageAdded(executionId: $id) { seq } }';
  await client.subscribe(query, { id: id() }).refused();
  expect(await figure('graphql_refusals_total{operation="messageAdded",code="NOT_FOUND"}')).toBe(1);
  const told = lines().filter(({ msg }) => msg === 'operation refused or failed');
  expect(told).toMatchObject([{ kind: 'subscription', fields: ['messageAdded'], codes: ['NOT_FOUND'] }]);
  await client.close();
});

test('counts and logs what is refused before it is known what is asked', async () => {
  const { url, token, lines, figure } = await start();
  const post = (body: string, authorization: string) =>
    fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body,
    });
  await post('{"query":"{ viewer { id } }"}', 'Bearer nonsense');
  await post(`{"query":"{ viewer { id } }","variables":{"x":NaN}}`, `Bearer ${token}`);
  for (const code of ['UNAUTHENTICATED', 'BAD_USER_INPUT']) {
    expect(await figure(`graphql_refusals_total{operation="none",code="${code}"}`)).toBe(1);
    expect(lines().filter(({ codes }) => String(codes) === code)).toHaveLength(1);
  }
});

test('counts the sockets beyond a user’s limit, and logs a burst of them once', async () => {
  const { url, token, lines, figure } = await start();
  for (let n = 0; n < 2; n++) await openSocket(url, token);
  const reason = 'Expected at most 2 sockets of one user (SOCKETS_PER_USER), got one more.';
  for (let n = 0; n < 5; n++) {
    const beyond = createClient(url, token);
    await expect(beyond.sendOverSocket('{ viewer { id } }')).rejects.toMatchObject({ code: 4429, reason });
    await beyond.close();
  }
  expect(await figure('graphql_sockets_refused_total{reason="too_many_sockets"}')).toBe(5);
  const told = lines().filter(({ reason }) => reason === 'too_many_sockets');
  expect(told).toEqual([expect.objectContaining({ level: 40, msg: 'a socket was refused' })]);
});
