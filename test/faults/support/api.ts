import { ObjectId } from 'mongodb';

/** What came back over HTTP: with `errors` when the operation failed. */
export interface Answer<T = any> {
  status: number;
  data?: T | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** A message as the API shows it. */
export interface StoredMessage {
  seq: number;
  text: string;
}

/** A new id, 24 hex digits. */
export const id = (): string => new ObjectId().toHexString();

/** So that what is said again of another request is counted as the same. */
export const withoutIds = (text: string): string =>
  text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{24}/g, '…');

/** One operation over HTTP; throws on a broken connection, and a `TimeoutError` when there is no answer in time. */
export async function send<T = any>(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
  timeoutMs = 5_000,
): Promise<Answer<T>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(timeoutMs),
  });
  return { ...((await response.json()) as Answer<T>), status: response.status };
}

/** Its data; tries again until there is some, for servers that are just starting. */
export async function insist<T = any>(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
  limitMs = 20_000,
): Promise<T> {
  const deadlineMs = performance.now() + limitMs;
  for (;;) {
    let failure: unknown;
    try {
      const { data, errors } = await send<T>(url, query, variables);
      if (errors === undefined && data != null) return data;
      failure = JSON.stringify(errors);
    } catch (error) {
      failure = error;
    }
    if (performance.now() > deadlineMs) throw new Error(`No data within ${limitMs} ms: ${failure}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const START = /* GraphQL */ `
  mutation Start($input: StartConversationInput!) {
    startConversation(input: $input) { userErrors { code message } conversation { executionId } }
  }
`;

/** Starts a conversation, three agents unless told otherwise, and answers its execution. */
export async function startConversation(url: string, input: Record<string, unknown> = {}): Promise<string> {
  const executionId = id();
  const agents = 'agents' in input ? {} : { totalAgents: 3 };
  const variables = {
    input: { executionId, flowId: id(), userNodeId: id(), symbol: 'SPX', ...agents, ...input },
  };
  const { startConversation: started } = await insist(url, START, variables);
  if (started.userErrors.length > 0) throw new Error(JSON.stringify(started.userErrors));
  return started.conversation.executionId;
}

const MESSAGES = /* GraphQL */ `
  query Messages($executionId: ID!, $after: String) {
    conversation(executionId: $executionId) {
      messages(first: 100, after: $after) {
        edges { node { seq content { text } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`;

/** All messages of a conversation, page by page. */
export async function readMessages(url: string, executionId: string): Promise<StoredMessage[]> {
  const messages: StoredMessage[] = [];
  let after: string | null = null;
  for (;;) {
    const { conversation }: any = await insist(url, MESSAGES, { executionId, after });
    if (conversation === null) throw new Error(`There is no conversation of ${executionId}.`);
    const { edges, pageInfo } = conversation.messages;
    for (const { node } of edges) messages.push({ seq: node.seq, text: node.content.text });
    if (!pageInfo.hasNextPage) return messages;
    after = pageInfo.endCursor;
  }
}
