import { type Db, type Document, ObjectId } from 'mongodb';
import { recordFeedback } from '../../src/domain/commands/recordFeedback.js';
import { logDecision } from '../../src/domain/commands/logDecision.js';
import { startConversation } from '../../src/domain/commands/startConversation.js';
import type { Ports } from '../../src/domain/ports.js';
import { LOCAL_VIEWER } from '../../src/transport/identity.js';
import { startInput } from '../support/scenario.js';

export const USER = LOCAL_VIEWER.userId;

/** A conversation, a decision and a node as they are stored, to make many of. */
export interface Templates {
  conversation: Document;
  decision: Document;
  node: Document;
}

export async function storedTemplates(ports: Ports, db: Db): Promise<Templates> {
  const input = startInput();
  await startConversation(ports, LOCAL_VIEWER, input);
  const logged = { userNodeId: input.userNodeId, action: 'BUY', symbol: 'SPX', confidence: 60 };
  const answer = await logDecision(ports, LOCAL_VIEWER, { ...logged, type: 'trade' });
  if (!answer.ok) throw new Error('Expected the decision to be logged.');
  const feedback = { decisionId: answer.value.id, success: true, pnl: 1, timeHeld: 60 };
  await recordFeedback(ports, LOCAL_VIEWER, feedback);
  const take = async (collection: string): Promise<Document> => {
    const found = await db.collection(collection).findOneAndDelete({});
    if (found === null) throw new Error(`Expected one in ${collection}.`);
    return found;
  };
  return {
    conversation: await take('ai_conversations'),
    decision: await take('ai_decisions_log'),
    node: await take('ai_node_learning'),
  };
}

export const idAt = (at: Date): ObjectId => new ObjectId(ObjectId.generate(Math.floor(Number(at) / 1_000)));
