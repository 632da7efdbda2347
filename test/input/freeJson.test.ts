import { expect, test } from '@jest/globals';
import { MongoClient, ObjectId } from 'mongodb';
import { id, useApp } from '../support/app.js';
import { ADD, ballotInput, flow, messageInput, START, startInput } from '../support/scenario.js';
import { LOG } from './refusals.js';

const running = useApp();

/** Every key that would mean something to a database, a driver or a language, also in lists and in each other. */
const FREE: string =
  '{"BRK.B":1,"$CASH":5,"":{"":[{"":null}]},"a.b.c":{"$d.e":[{"$f":0.5,"..":"$"}]},"%":{"%2E":1,"%24":2},"$":[[{"$":1}]],' +
  '"__proto__":{"__proto__":{"$x":1}},"constructor":{"prototype":1},"_bsontype":"ObjectId","$oid":"x",".":"\\u0000",' +
  '"a\\u0000b":{"$numberLong":"1"},"＄":"．","$ref":"c","$id":1,"toString":"t"}';
const free: unknown = JSON.parse(FREE);

/** The text of an answer as it comes, since a comparison of values leaves `__proto__` out. */
async function textOf(query: string, variables: unknown): Promise<string> {
  const response = await fetch(`${running.app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return response.text();
}

const PARTS = 'marketConditions portfolioState riskMetrics';
const CONTEXT = { marketConditions: free, portfolioState: [free], riskMetrics: { deep: { '': free } } };
const CONTEXT_TEXT = `"context":{"marketConditions":${FREE},"portfolioState":[${FREE}],"riskMetrics":{"deep":{"":${FREE}}}}`;

test('gives free JSON back letter for letter, whatever its keys are, from a message, live and later', async () => {
  const { executionId } = await flow(running.app).start();
  const stream = running.app.subscribe(
    'subscription S($id: ID!) { messageAdded(executionId: $id, afterSeq: 0) { content { data } } }',
    { id: executionId },
  );
  const input = messageInput(executionId, { content: { text: 'Up.', data: [free] }, idempotencyKey: 'k' });
  const query = `mutation A($input: AddMessageInput!) { addMessage(input: $input) { duplicate userErrors { message } message { content { data } } } }`;
  const told = (isDuplicate: boolean) =>
    `{"data":{"addMessage":{"duplicate":${isDuplicate},"userErrors":[],"message":{"content":{"data":[${FREE}]}}}}}`;
  expect((await textOf(query, { input })).trim()).toBe(told(false));
  expect((await textOf(query, { input })).trim()).toBe(told(true));
  expect(JSON.stringify((await stream.next()).messageAdded.content.data)).toBe(`[${FREE}]`);
  stream.stop();
  const read = await textOf(
    'query Q($id: ID!) { conversation(executionId: $id) { messages { edges { node { content { data } } } } } }',
    { id: executionId },
  );
  expect(read).toContain(`"content":{"data":[${FREE}]}`);
});

test('gives it back from the context of a logged decision and of one that a swarm took', async () => {
  const input = { userNodeId: id(), type: 'PAUSE', action: 'p', confidence: 50, context: CONTEXT };
  const { logDecision } = await running.app.data(LOG, { input });
  expect(logDecision.userErrors).toEqual([]);
  const logged = `query D($id: ID!) { decision(id: $id) { context { ${PARTS} } } }`;
  expect(await textOf(logged, { id: logDecision.decisionLog.id })).toContain(CONTEXT_TEXT);

  const { start, vote } = flow(running.app);
  const { executionId } = await start({ totalAgents: 1, decisionContext: CONTEXT });
  await vote(executionId, 'a', { action: 'BUY', confidence: 70 }, { content: { text: 'Up.', data: free } });
  const voted = `query V($id: ID!) { conversation(executionId: $id) { decision { context { ${PARTS} } } } }`;
  expect(await textOf(voted, { id: executionId })).toContain(CONTEXT_TEXT);
});

test('goes by the letter where the same is said again', async () => {
  const start = startInput({ decisionContext: { portfolioState: { 'BRK.B': 1 } } });
  const codes = async (portfolioState: unknown) => {
    const input = { ...start, decisionContext: { portfolioState } };
    const { startConversation: told } = await running.app.data(START, { input });
    return [told.duplicate, told.userErrors.map(({ code }: { code: string }) => code)];
  };
  expect(await codes({ 'BRK.B': 1 })).toEqual([false, []]);
  expect(await codes({ 'BRK.B': 1 })).toEqual([true, []]);
  expect(await codes({ 'BRK%2EB': 1 })).toEqual([false, ['CONFLICT']]);
  const message = (data: unknown) =>
    running.app.data(ADD, {
      input: messageInput(start.executionId, { idempotencyKey: 'k', content: { text: 'Up.', data } }),
    });
  expect((await message({ $a: 1 })).addMessage.userErrors).toEqual([]);
  expect((await message({ '%24a': 1 })).addMessage.userErrors).toMatchObject([{ code: 'CONFLICT' }]);
});

test('stores keys as other readers of the documents are told, and reads older documents as they are', async () => {
  const client = new MongoClient(process.env['TEST_MONGODB_URI'] as string, { maxPoolSize: 1 });
  const heads = client.db(running.database).collection('ai_conversations');
  const { executionId } = await flow(running.app).start({ totalAgents: 1 });
  const filter = { execution_id: new ObjectId(executionId) };
  for (const data of [{ '%K': 1, '%2E': 2 }, { 'BRK.B': { $CASH: 5, '%K': 1 } }]) {
    await flow(running.app).say(executionId, { content: { text: 'Up.', data } });
  }
  const stored = await heads.findOne(filter);
  expect(stored?.['messages'].map(({ content }: any) => content)).toMatchObject([
    { data: { '%K': 1, '%2E': 2 } },
    { data: { 'BRK%2EB': { '%24CASH': 5, '%25K': 1 } }, data_escaped: true },
  ]);
  expect(stored?.['messages'][0].content).not.toHaveProperty('data_escaped');
  await heads.updateOne(filter, { $set: { 'decision_context.risk_metrics': { '%24a': { '%2E': 1 } } } });
  await flow(running.app).vote(executionId, 'a', { action: 'BUY', confidence: 70 });
  const query =
    'query Q($id: ID!) { conversation(executionId: $id) { decision { context { riskMetrics } } messages(first: 1) { edges { node { content { data } } } } } }';
  const { conversation } = await running.app.data(query, { id: executionId });
  expect(conversation).toEqual({
    decision: { context: { riskMetrics: { '%24a': { '%2E': 1 } } } },
    messages: { edges: [{ node: { content: { data: { '%K': 1, '%2E': 2 } } } }] },
  });
  await client.close();
});

test('names every place in free JSON that cannot be kept', async () => {
  const { executionId } = await flow(running.app).start();
  const data = { 'a.b': [{ $c: '\ud83d' }], ok: 1, '\udc00': 2 };
  const input = ballotInput(
    executionId,
    'a',
    { action: 'BUY', confidence: 70 },
    { content: { text: 'Up.', data } },
  );
  const { addMessage } = await running.app.data(ADD, { input });
  expect(addMessage.userErrors).toEqual([
    {
      code: 'INVALID',
      message: 'Expected `content.data` to have well-formed keys, got a lone surrogate in "\\udc00".',
      field: ['input', 'content', 'data'],
    },
    {
      code: 'INVALID',
      message:
        'Expected `content.data` to be well-formed Unicode, got a lone surrogate in "\\ud83d" at ["a.b"]["0"]["$c"].',
      field: ['input', 'content', 'data', 'a.b', '0', '$c'],
    },
  ]);
});
