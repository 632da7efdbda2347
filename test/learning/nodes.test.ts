import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ObjectId } from 'mongodb';
import { id, type RunningApp, startTestApp, testDatabase } from '../support/app.js';
import { createClient } from '../support/client.js';
import { flow } from '../support/scenario.js';
import { AUTH, mint } from '../support/tokens.js';

const { name, collection } = testDatabase();
let app: RunningApp;
beforeAll(async () => {
  app = await startTestApp(name, { auth: AUTH });
});
afterAll(() => app.stop());

const NODES = /* GraphQL */ `
  query Nodes($first: Int, $after: String) {
    nodes(first: $first, after: $after) {
      edges {
        cursor
        node {
          userNodeId decisions agents parameterVersion openProposals
          lastDecision { id decision { action } }
        }
      }
      pageInfo { hasNextPage hasPreviousPage endCursor }
    }
  }
`;

interface ListedNode {
  userNodeId: string;
  decisions: number;
  agents: string[];
  parameterVersion: number;
  openProposals: number;
  lastDecision: { id: string } | null;
}

/** A user of its own, with what it may do. */
async function newUser(url = app.url, userId = id()) {
  const client = createClient(url, await mint({ sub: userId, scope: 'read write admin' }));
  const nodes = async (page: Record<string, unknown> = {}) => {
    const { nodes: found } = await client.data(NODES, page);
    return {
      nodes: found.edges.map(({ node }: { node: ListedNode }) => node) as ListedNode[],
      pageInfo: found.pageInfo,
    };
  };
  return { ...client, userId, nodes, flow: flow({ ...client, url, stop: client.close }) };
}

const NOTHING = { decisions: 0, agents: [], parameterVersion: 1, openProposals: 0, lastDecision: null };

const PROPOSE = `mutation ($input: ProposeParameterChangeInput!) {
  proposeParameterChange(input: $input) { parameterChange { id } userErrors { message } }
}`;
const DECIDE = `mutation ($input: DecideParameterChangeInput!) {
  decideParameterChange(input: $input) { userErrors { message } }
}`;
const LOG = `mutation ($input: LogDecisionInput!) { logDecision(input: $input) { decisionLog { id } } }`;

test('lists a node as soon as a conversation, a decision or a proposal names it, newest first', async () => {
  const user = await newUser();
  expect(await user.nodes()).toEqual({
    nodes: [],
    pageInfo: { hasNextPage: false, hasPreviousPage: false, endCursor: null },
  });
  const [talked, decided, proposed] = [id(), id(), id()];
  await user.flow.start({ userNodeId: talked });
  const decision = { userNodeId: decided, type: 'TRADE', action: 'BUY', confidence: 60 };
  const { logDecision } = await user.data(LOG, { input: decision });
  const change = { userNodeId: proposed, path: 'quorum', to: 60, reason: 'A try.' };
  await user.data(PROPOSE, { input: change });
  await user.flow.start({ userNodeId: decided });
  expect((await user.nodes()).nodes).toEqual([
    { userNodeId: proposed, ...NOTHING, openProposals: 1 },
    {
      userNodeId: decided,
      ...NOTHING,
      decisions: 1,
      lastDecision: { id: logDecision.decisionLog.id, decision: { action: 'BUY' } },
    },
    { userNodeId: talked, ...NOTHING },
  ]);
  await user.close();
});

test('tells the decisions of a node, the newest, its agents, its version and what is proposed', async () => {
  const user = await newUser();
  const userNodeId = id();
  const { start, vote, outcome, feedback } = user.flow;
  for (const names of [
    ['a', 'b'],
    ['c', 'a'],
  ]) {
    const { executionId } = await start({ userNodeId, totalAgents: 2 });
    for (const agent of names) await vote(executionId, agent, { action: 'SELL', confidence: 70 });
    const { decision } = await outcome(executionId);
    if (names[0] === 'a') await feedback(decision.id, { success: true });
  }
  const changes: string[] = [];
  for (const to of [60, 70, 80]) {
    const input = { userNodeId, path: 'quorum', to, reason: 'A try.' };
    changes.push((await user.data(PROPOSE, { input })).proposeParameterChange.parameterChange.id);
  }
  await user.data(DECIDE, { input: { changeId: changes[0], decision: 'APPROVE' } });
  const [node] = (await user.nodes()).nodes;
  expect(node).toMatchObject({
    decisions: 2,
    agents: ['a', 'b', 'c'],
    parameterVersion: 2,
    openProposals: 2,
  });
  const asked = 'query ($id: ID!) { decisions(userNodeId: $id, first: 1) { edges { node { id } } } }';
  const { decisions } = await user.data(asked, { id: userNodeId });
  expect(node?.lastDecision?.id).toBe(decisions.edges[0].node.id);
  await user.close();
});

test('goes on page by page, each node once, whatever is decided meanwhile', async () => {
  const user = await newUser();
  const started: string[] = [];
  for (let i = 0; i < 7; i++) started.push((await user.flow.start()).userNodeId);
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof user.nodes>> = await user.nodes({ first: 3, after });
    seen.push(...page.nodes.map(({ userNodeId }) => userNodeId));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    const input = { userNodeId: started[0], type: 'TRADE', action: 'HOLD', confidence: 50 };
    await user.data(LOG, { input });
  } while (after !== null);
  expect(seen).toEqual(started.toReversed());
  const { errors } = await user.send(NODES, { after: 'x' });
  expect(errors?.[0]?.message).toBe('Expected `after` to be a cursor of this list, got "x".');
  await user.close();
});

test('finds the newest decision and their number where numbers are missing', async () => {
  const user = await newUser();
  const { userNodeId } = await user.flow.start();
  const node = { user_id: new ObjectId(user.userId), user_node_id: new ObjectId(userNodeId) };
  const log = async () => {
    const input = { userNodeId, type: 'PAUSE', action: 'rest', confidence: 50 };
    return (await user.data(LOG, { input })).logDecision.decisionLog.id as string;
  };
  const first = await log();
  // As where many processes died between taking a number and logging.
  for (const taken of [40, 400, 4_000]) {
    await collection('ai_node_learning').updateOne(node, { $set: { last_decision_seq: taken } });
    expect((await user.nodes()).nodes[0]).toMatchObject({ decisions: 1, lastDecision: { id: first } });
  }
  for (let i = 2; i <= 4; i++) {
    const newest = await log();
    expect((await user.nodes()).nodes[0]).toMatchObject({ decisions: i, lastDecision: { id: newest } });
  }
  await user.close();
});

test('lists nodes of before, of which there is a conversation only', async () => {
  const userId = id();
  const user = await newUser(app.url, userId);
  const started = [await user.flow.start(), await user.flow.start()].map(({ userNodeId }) => userNodeId);
  await user.flow.start({ userNodeId: started[0] });
  await user.close();
  // As an older version left it.
  await collection('ai_node_learning').deleteMany({ user_id: new ObjectId(userId) });
  await collection('ai_migrations').deleteMany({});
  const later = await startTestApp(name, { auth: AUTH });
  const again = await newUser(later.url, userId);
  try {
    let nodes: ListedNode[] = [];
    while (nodes.length < 2) nodes = (await again.nodes()).nodes;
    expect(nodes.map(({ userNodeId }) => userNodeId)).toEqual(started.toReversed());
  } finally {
    await again.close();
    await later.stop();
  }
});

test('shows nobody the nodes of another', async () => {
  const [owner, other] = [await newUser(), await newUser()];
  const { userNodeId } = await owner.flow.start();
  expect((await other.nodes()).nodes).toEqual([]);
  await other.flow.start({ userNodeId });
  const input = { userNodeId, type: 'TRADE', action: 'BUY', confidence: 60 };
  await owner.data(LOG, { input });
  expect((await other.nodes()).nodes).toEqual([{ userNodeId, ...NOTHING }]);
  expect((await owner.nodes()).nodes[0]).toMatchObject({ userNodeId, decisions: 1 });
  await Promise.all([owner.close(), other.close()]);
});
