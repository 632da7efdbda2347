import { type Db, ObjectId } from 'mongodb';

const COLLECTIONS = [
  'ai_conversations',
  'ai_message_pages',
  'ai_decisions_log',
  'ai_parameter_changes',
  'ai_node_learning',
  'ai_symbols',
];

/** More than are read faster than a second question is asked. */
const DOCUMENTS = 600;

/** Fills each collection with documents of other tenants. */
export async function fillWithOthers(db: Db): Promise<void> {
  for (const collection of COLLECTIONS) {
    await db.collection(collection).insertMany(Array.from({ length: DOCUMENTS }, ofAnother));
  }
}

/** What the indexes of all collections ask of a document. */
const ofAnother = () => ({
  user_id: new ObjectId(),
  user_node_id: new ObjectId(),
  execution_id: new ObjectId(),
  flow_id: new ObjectId(),
  first_seq: 1,
  folded: new ObjectId().toHexString(),
  status: 'completed',
  revision: 1,
  version: 1,
  seq: 1,
  messages: [],
  created_at: new Date(0),
  updated_at: new Date(0),
});
