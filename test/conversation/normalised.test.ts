import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import { flow } from '../support/scenario.js';

const running = useApp();

const CONVERSATION = gql`
  query Conversation($executionId: ID, $id: ID, $asOfSeq: Int) {
    conversation(executionId: $executionId, id: $id, asOfSeq: $asOfSeq) {
      id status lastSeq
      swarmVote { id consensus { action } votes { agentName } conversation { id status } }
    }
  }
`;

/** A page that keeps every object once, by its type and id, and is drawn anew when one of them changes. */
const createPage = () =>
  new ApolloClient({ cache: new InMemoryCache(), link: new HttpLink({ uri: `${running.app.url}/graphql` }) });

async function completed() {
  const { start, vote } = flow(running.app);
  const { executionId } = await start({ totalAgents: 3 });
  for (const agent of ['a', 'b', 'c']) await vote(executionId, agent, { action: 'BUY', confidence: 80 });
  return executionId;
}

/** Watches a conversation as it is now; answers the states it was shown in so far. */
async function watch(page: ReturnType<typeof createPage>, executionId: string): Promise<any[]> {
  const shown: any[] = [];
  const watched = page.watchQuery<any>({ query: CONVERSATION, variables: { executionId } });
  await new Promise<void>((resolve, reject) => {
    watched.subscribe({
      next({ data, loading }) {
        if (loading) return;
        shown.push(data?.conversation);
        resolve();
      },
      error: reject,
    });
  });
  return shown;
}

const read = async (page: ReturnType<typeof createPage>, variables: Record<string, unknown>) =>
  (await page.query<any>({ query: CONVERSATION, variables, fetchPolicy: 'network-only' })).data.conversation;

test('a client that keeps objects by their ids shows the conversation as it is now beside its past', async () => {
  const executionId = await completed();
  const page = createPage();
  const shown = await watch(page, executionId);
  const now = shown[0];
  expect(now).toMatchObject({ status: 'COMPLETED', lastSeq: 4, swarmVote: { consensus: { action: 'BUY' } } });
  for (const asOfSeq of [0, 1, 3]) {
    const then = await read(page, { executionId, asOfSeq });
    expect(then).toMatchObject({
      status: asOfSeq === 0 ? 'IN_PROGRESS' : 'VOTING',
      lastSeq: asOfSeq,
      swarmVote: { consensus: null, conversation: { id: now.id, status: 'COMPLETED' } },
    });
    expect(then.swarmVote.votes).toHaveLength(asOfSeq);
  }
  expect(await read(page, { executionId, asOfSeq: 4 })).toEqual(now);
  await page.refetchQueries({ include: 'active' });
  expect(new Set(shown.map((state) => JSON.stringify(state)))).toEqual(new Set([JSON.stringify(now)]));
  page.stop();
});

test('a past state stays as it was while the conversation goes on, but for what leads to how it is now', async () => {
  const { start, vote } = flow(running.app);
  const { executionId } = await start({ totalAgents: 2 });
  await vote(executionId, 'a', { action: 'SELL', confidence: 60 });
  const page = createPage();
  const then = await read(page, { executionId, asOfSeq: 1 });
  await vote(executionId, 'b', { action: 'SELL', confidence: 60 });
  expect((await read(page, { executionId })).status).toBe('COMPLETED');
  const kept = await page.query<any>({ query: CONVERSATION, variables: { executionId, asOfSeq: 1 } });
  const back = { ...then.swarmVote.conversation, status: 'COMPLETED' };
  expect(kept.data.conversation).toEqual({ ...then, swarmVote: { ...then.swarmVote, conversation: back } });
  page.stop();
});

const IDS = `query Ids($executionId: ID, $id: ID, $asOfSeq: Int) {
  conversation(executionId: $executionId, id: $id, asOfSeq: $asOfSeq) { id executionId lastSeq swarmVote { id conversationId } }
}`;

test('no id is that of two things, and each is found again by its own', async () => {
  const executionId = await completed();
  const states = await Promise.all(
    [undefined, 0, 1, 2, 3].map(
      async (asOfSeq) => (await running.app.data(IDS, { executionId, asOfSeq })).conversation,
    ),
  );
  expect(new Set(states.flatMap((state) => [state.id, state.swarmVote.id])).size).toBe(10);
  for (const state of states) {
    expect(state).toMatchObject({ executionId, swarmVote: { conversationId: states[0].id } });
    expect((await running.app.data(IDS, { id: state.id })).conversation).toEqual(state);
  }
  expect((await running.app.data(IDS, { id: `${id()}@1` })).conversation).toBeNull();
});

test.each([
  [
    'of another message than the one asked for',
    '@2',
    3,
    'Expected `asOfSeq` to be that of the id, 2, or left out, got 3.',
  ],
  [
    'of a message that is not there',
    '@9',
    null,
    "Expected `asOfSeq` from 0 to the conversation's last message 4, got 9.",
  ],
  [
    'of no number',
    '@x',
    null,
    'Expected `id` to be 24 hex digits, or these with `@` and a `seq`, got "ID@x". What was known at an instant is read by `decisionBrief(asOf:)`.',
  ],
  [
    'of a brief as of an instant',
    '@2026-06-16T22:09:30.000Z',
    null,
    'Expected `id` to be 24 hex digits, or these with `@` and a `seq`, got "ID@2026-06-16T22:09:30.000Z". What was known at an instant is read by `decisionBrief(asOf:)`.',
  ],
])('the id of a past state %s is refused', async (_, end, asOfSeq, message) => {
  const executionId = await completed();
  const own = (await running.app.data(IDS, { executionId })).conversation.id;
  const { errors } = await running.app.send(IDS, { id: `${own}${end}`, asOfSeq });
  expect(errors).toMatchObject([
    { message: message.replace('ID', own), extensions: { code: 'BAD_USER_INPUT' } },
  ]);
});
