import {
  buildSchema,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
} from 'graphql';
import { ObjectId } from 'mongodb';
import { readTypeDefs } from '../src/graphql/schema.js';
import { ADD, type Client, createClient, messageInput, startConversation } from './client.js';
import { type Comparison, compare, rateOf } from './rate.js';
import type { Bench } from './server.js';

const READERS = 4;
const READS = 100;
const AGENTS = 8;
/** Analyses, then a ballot of each agent, then the closing message: 50 in all. */
const ANALYSES = 50 - AGENTS - 1;

/** Whole conversations a second: every field of the contract over HTTP, and the bare driver's `findOne`. */
export async function compareReads({ url, db }: Bench, budgetMs: number): Promise<Comparison> {
  const client = createClient(url, READERS);
  try {
    const { id, executionId } = await completedConversation(client);
    const body = readBody(executionId);
    const first = await client.post(body);
    checkWhole(first);
    const collection = db.collection('ai_conversations');
    const user_id = (await collection.findOne({ _id: new ObjectId(id) }))?.['user_id'];
    const filter = { user_id, execution_id: new ObjectId(executionId) };
    return await compare(
      () =>
        rateOf(READERS, READS, async () => {
          const { length } = await client.post(body);
          if (length !== first.length) throw new Error('Expected the same answer every time.');
        }),
      () =>
        rateOf(READERS, READS, async () => {
          if ((await collection.findOne(filter))?.['messages'].length !== 50) throw new Error('Not whole.');
        }),
      budgetMs,
    );
  } finally {
    client.close();
  }
}

export const readBody = (executionId: string): string =>
  JSON.stringify({ query: everyField(buildSchema(readTypeDefs().join('\n'))), variables: { executionId } });

function checkWhole(text: string): void {
  const { data, errors } = JSON.parse(text);
  const { messages, swarmVote, decision, outcome } = data?.conversation ?? {};
  const isWhole =
    messages?.edges.length === 50 && swarmVote?.consensus && outcome && decision?.feedback.length === 1;
  if (errors !== undefined || !isWhole)
    throw new Error(`Expected all of it, got ${JSON.stringify(errors ?? data)}`);
}

/** Talked over, voted on, decided, carried out and evaluated: no field of it is null for want of an event. */
export async function completedConversation(client: Client): Promise<{ id: string; executionId: string }> {
  const started = await startConversation(client, AGENTS);
  const { executionId } = started;
  for (let i = 0; i < ANALYSES; i++) {
    const ui = { tone: 'CALM', icon: 'chart', color: '#1a7f37' };
    await client.data(ADD, { input: { ...messageInput(executionId), ui } });
  }
  for (let i = 0; i < AGENTS; i++) {
    const vote = { action: i % 3 === 0 ? 'SELL' : 'BUY', confidence: 60 + i, weight: 10 };
    const input = { ...messageInput(executionId), agentName: `agent_${i}`, messageType: 'VOTE', vote };
    await client.data(ADD, { input });
  }
  await client.data(
    /* GraphQL */ `
      mutation Outcome($input: RecordOutcomeInput!) {
        recordOutcome(input: $input) {
          userErrors { message }
        }
      }
    `,
    { input: { executionId, executed: true, action: 'BUY', reasoning: 'The swarm was of one mind.' } },
  );
  const { conversation } = await client.data(
    /* GraphQL */ `
      query Decision($executionId: ID!) {
        conversation(executionId: $executionId) {
          decision { id }
        }
      }
    `,
    { executionId },
  );
  await client.data(
    /* GraphQL */ `
      mutation Feedback($input: RecordFeedbackInput!) {
        recordFeedback(input: $input) {
          userErrors { message }
        }
      }
    `,
    { input: { decisionId: conversation.decision.id, success: true, pnl: 120.5, timeHeld: 3_600 } },
  );
  return started;
}

/** Every field of a conversation, made from the contract; where it leads back to one, its id. */
export function everyField(schema: GraphQLSchema): string {
  const root = schema.getType('Conversation') as GraphQLObjectType;
  const select = (type: GraphQLObjectType): string =>
    `{ ${Object.values(type.getFields()).map(selectField).join(' ')} }`;
  const selectField = ({ name, type }: GraphQLField<unknown, unknown>): string => {
    const named = getNamedType(type);
    if (!isObjectType(named)) return name;
    if (named === root) return `${name} { id }`;
    return `${name}${name === 'messages' ? '(first: 100)' : ''} ${select(named)}`;
  };
  return `query Whole($executionId: ID!) { conversation(executionId: $executionId) ${select(root)} }`;
}
