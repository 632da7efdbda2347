import { BSON, type Collection, ObjectId } from 'mongodb';
import type { ConversationDocument, MessageDocument } from '../src/mongo/documents.js';
import { appendStage, changed, OPEN } from '../src/mongo/statements.js';
import { ADD, type Client, CONTENT, createClient, messageInput, startConversation } from './client.js';
import { type Comparison, compare, rateOf } from './rate.js';
import type { Bench } from './server.js';

const WRITERS = 4;
/** Each writer fills a conversation of its own, from its first message on: both sides write documents of equal size. */
const MESSAGES = 30;

/** Messages stored a second, over HTTP and by the bare driver with the very statement the server uses. */
export async function compareAppends({ url, db }: Bench, budgetMs: number): Promise<Comparison> {
  const client = createClient(url, WRITERS);
  const collection = db.collection<ConversationDocument>('ai_conversations');
  const start = () => Promise.all(Array.from({ length: WRITERS }, () => startConversation(client)));
  try {
    return await compare(
      async () => {
        const started = await start();
        const bodies = started.map(({ executionId }) => addBody(executionId));
        return rateOf(WRITERS, MESSAGES, (writer) => append(client, bodies[writer] as string));
      },
      async () => {
        const ids = (await start()).map(({ id }) => new ObjectId(id));
        const documents = await collection.find({ _id: { $in: ids } }).toArray();
        return rateOf(WRITERS, MESSAGES, (writer) =>
          appendBare(collection, documents[writer] as ConversationDocument),
        );
      },
      budgetMs,
    );
  } finally {
    client.close();
  }
}

export const addBody = (executionId: string): string =>
  JSON.stringify({ query: ADD, variables: { input: messageInput(executionId) } });

/** One `addMessage`, looked at like a careful client does. */
export async function append(client: Client, body: string): Promise<void> {
  const { data, errors } = JSON.parse(await client.post(body));
  if (errors !== undefined || data.addMessage.message === null) {
    throw new Error(`Expected the message to be stored, got ${JSON.stringify({ data, errors })}`);
  }
}

async function appendBare(
  collection: Collection<ConversationDocument>,
  { user_id, execution_id }: ConversationDocument,
): Promise<void> {
  const message = bareMessage();
  const at = message.timestamp;
  const stored = await collection.findOneAndUpdate(
    {
      user_id,
      execution_id,
      status: OPEN,
      'messages.idempotency_key': { $ne: message.idempotency_key },
      paged_seq: 0,
      head_bytes: { $lt: 8 * 1024 * 1024 },
    } as object,
    [{ $set: { ...changed(at), ...appendStage(message, MESSAGE_BYTES, false) } }],
    {
      returnDocument: 'after',
      projection: { last_seq: 1, paged_seq: 1, head_bytes: 1, revision: 1, 'context.phase': 1 },
    },
  );
  if (stored === null) throw new Error('Expected the bare append to match.');
}

function bareMessage(): MessageDocument {
  const _id = new ObjectId();
  return {
    _id,
    seq: 0,
    agent_name: 'momentum',
    agent_role: 'analyst',
    ai_model: 'model-1',
    prompt_version: null,
    message_type: 'analysis',
    phase: 'market_analysis',
    reply_to_seq: null,
    content: { ...CONTENT, sentiment: 'bullish' },
    vote: null,
    timestamp: new Date(),
    ui: null,
    idempotency_key: _id.toHexString(),
    content_hash: 'c'.repeat(64),
  };
}

const MESSAGE_BYTES = BSON.calculateObjectSize(bareMessage());
