import { afterEach, expect, test } from '@jest/globals';
import { id, testDatabase } from '../support/app.js';
import { createClient } from '../support/client.js';
import { type ServerProcess, spawnServer } from '../support/process.js';
import { ADD, ballotInput, messageInput, START, startInput } from '../support/scenario.js';
import { mint, SECRET, secondsFromNow } from '../support/tokens.js';

const { name } = testDatabase();
let server: ServerProcess | undefined;

afterEach(async () => {
  server?.child.kill('SIGKILL');
  await server?.ended;
});

const WORDS = 'the-words-of-an-agent';
const VARIABLE = 'what-a-variable-held';

test('logs each operation, and no token, connection string, message text or variable, whatever goes wrong', async () => {
  const uri = process.env['TEST_MONGODB_URI'] as string;
  server = spawnServer({
    MONGODB_URI: uri,
    MONGODB_DATABASE: name,
    AUTH_JWT_SECRET: SECRET,
    LOG_LEVEL: 'trace',
    SOCKET_MESSAGE_BURST: '20',
  });
  const url = await server.url();
  expect(server.stderr).toContain('Every request needs a token. Ctrl-C stops it.\n');
  const token = await mint({ sub: id() });
  const expired = await mint({ sub: id(), exp: secondsFromNow(-600) });
  const client = createClient(url, token);
  const input = startInput({ totalAgents: 1, symbol: VARIABLE });
  const content = { text: WORDS, data: { note: WORDS } };
  await client.data(START, { input });
  await client.data(ADD, { input: messageInput(input.executionId, { content }) });
  await client.sendOverSocket(ADD, { input: messageInput(input.executionId, { content }) });
  const stream = client.subscribe(
    'subscription Live($executionId: ID!) { messageAdded(executionId: $executionId) { content { text } } }',
    { executionId: input.executionId },
  );
  await stream.take(2);
  await client.data(ADD, { input: ballotInput(input.executionId, 'one', { action: 'BUY', confidence: 70 }) });
  await stream.ended();
  // All that is refused, in every stage.
  for (const query of [
    `{ ${WORDS} `,
    `{ viewer { ${WORDS.replaceAll('-', '_')} } }`,
    'query Q($id: ID!) { decision(id: $id) { id } }',
  ]) {
    await client.send(query, { id: VARIABLE });
    await client.sendOverSocket(query, { id: VARIABLE });
  }
  await client.send(`{ ${'viewer { id } '.repeat(11)} }`);
  for (const wrong of [expired, `${token}x`, 'nonsense']) {
    const refused = createClient(url, wrong);
    await refused.send('{ viewer { id } }');
    await refused.sendOverSocket('{ viewer { id } }').catch(() => null);
    await refused.close();
  }
  await fetch(`${url}/graphql?token=${token}&query=${WORDS}`);
  const authorization = `Bearer ${token}`;
  for (const body of [`{"query":"${WORDS}`, `{"a":1,"a":2,"query":"${WORDS}"}`, `["${WORDS}"]`]) {
    const headers = { 'content-type': 'application/json', authorization };
    await fetch(`${url}/graphql`, { method: 'POST', headers, body });
  }
  for (let n = 0; n < 30; n++)
    void client.sendOverSocket(`{ ${WORDS.replaceAll('-', '_')} }`).catch(() => null);
  await client.close();
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);

  const written = server.stdout + server.stderr;
  for (const secret of [
    token,
    expired,
    'nonsense',
    SECRET,
    uri,
    WORDS,
    WORDS.replaceAll('-', '_'),
    VARIABLE,
  ]) {
    expect([secret, written.includes(secret)]).toEqual([secret, false]);
  }
  const lines = server.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const operations = lines.filter(({ msg }) => msg === 'operation');
  expect(operations).toEqual(
    expect.arrayContaining(
      [
        { transport: 'http', kind: 'mutation', operationName: 'Start' },
        { transport: 'http', kind: 'mutation', operationName: 'Add' },
        { transport: 'ws', kind: 'mutation', operationName: 'Add' },
      ].map((known) =>
        expect.objectContaining({ ...known, requestId: expect.any(String), durationMs: expect.any(Number) }),
      ),
    ),
  );
  const refusals = lines.filter(({ msg }) => msg === 'operation refused or failed');
  for (const transport of ['http', 'ws']) {
    for (const code of ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT']) {
      expect(refusals).toContainEqual(expect.objectContaining({ transport, codes: [code] }));
    }
  }
});
