import { Agent, request } from 'node:http';
import { ObjectId } from 'mongodb';

export const id = (): string => new ObjectId().toHexString();

export interface Client {
  /** Sends a body as it is and answers the text: no more than a cheap client does. Fails unless the status is 200. */
  post(body: string): Promise<string>;
  /** The data; fails when there are errors or refusals. */
  data<T = any>(query: string, variables?: Record<string, unknown>): Promise<T>;
  close(): void;
}

/** A client that keeps its connections and measures the server rather than itself: `fetch` costs several times this. */
export function createClient(url: string, connections: number, token?: string): Client {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const target = new URL('/graphql', url);
  const post = (body: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const length = { 'content-length': Buffer.byteLength(body) };
      const headers = { 'content-type': 'application/json', ...length, ...authorization };
      const sent = request(target, { method: 'POST', agent, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () =>
          response.statusCode === 200
            ? resolve(text)
            : reject(new Error(`Status ${response.statusCode}: ${text}`)),
        );
        response.on('error', reject);
      });
      sent.on('error', reject);
      sent.end(body);
    });
  return {
    post,
    async data(query, variables) {
      const { data, errors } = JSON.parse(await post(JSON.stringify({ query, variables })));
      const refused = Object.values(data ?? {}).some(
        (payload) => payload === null || ((payload as { userErrors?: [] }).userErrors ?? []).length > 0,
      );
      if (errors === undefined && !refused) return data;
      throw new Error(`Expected data of ${query}, got ${JSON.stringify({ data, errors })}`);
    },
    close: () => agent.destroy(),
  };
}

const START = /* GraphQL */ `
  mutation Start($input: StartConversationInput!) {
    startConversation(input: $input) {
      conversation { id executionId }
      userErrors { code message }
    }
  }
`;

export const ADD = /* GraphQL */ `
  mutation Add($input: AddMessageInput!) {
    addMessage(input: $input) {
      message { id seq }
      userErrors { code message field }
    }
  }
`;

const DECISION_CONTEXT = {
  marketConditions: { trend: 'up', volatility: 0.18, atr: 41.2 },
  portfolioState: { cash: 10_000, position: 0 },
  riskMetrics: { valueAtRisk: 0.021 },
};

/** Opens a conversation through the API, so that every measured document is one the server made. */
export async function startConversation(
  client: Client,
  totalAgents = 8,
): Promise<{ id: string; executionId: string }> {
  const input = {
    executionId: id(),
    flowId: id(),
    userNodeId: id(),
    symbol: 'SPX',
    totalAgents,
    decisionContext: DECISION_CONTEXT,
  };
  return (await client.data(START, { input })).startConversation.conversation;
}

/** What an agent says in a line or three, with the numbers it goes by: about 600 bytes as JSON. */
export const CONTENT = {
  text: 'The close is above its 50-day average for the ninth day, volume confirms the move and the pullback held. '.repeat(
    3,
  ),
  confidence: 72,
  data: { rsi: 61.4, macd: 1.82, atr: 41.2, sma50: 4_481.25, sma200: 4_302.5, regime: 'trend' },
};

export const messageInput = (executionId: string) => ({
  executionId,
  agentName: 'momentum',
  agentRole: 'analyst',
  aiModel: 'model-1',
  messageType: 'ANALYSIS',
  content: { ...CONTENT, sentiment: 'BULLISH' },
});
