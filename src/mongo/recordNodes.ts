import type { Db, ObjectId } from 'mongodb';
import { newNode } from '../domain/node.js';
import { isDuplicateKey } from './errors.js';
import type { NodeDocument } from './learningDocuments.js';
import { fromNode } from './nodeMapping.js';

/** Where nodes were named before each of them had a document from the start. */
const NAMED_IN = ['ai_conversations', 'ai_parameter_changes'];

/**
 * Makes the documents of nodes that an older version left without, so that they are listed. It reads a little of each
 * conversation there is, and does so once in the life of a database.
 */
export async function recordNodes(db: Db): Promise<void> {
  const done = db.collection<{ _id: string; at: Date }>('ai_migrations');
  if ((await done.findOne({ _id: 'nodes' })) !== null) return;
  const nodes = db.collection<NodeDocument>('ai_node_learning');
  for (const node of (await namedNodes(db)).values()) {
    await nodes.insertOne(node).catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
    });
  }
  await done.updateOne({ _id: 'nodes' }, { $setOnInsert: { at: new Date() } }, { upsert: true });
}

/** Each by its key, with the id of what named it first: that says when it was. */
async function namedNodes(db: Db): Promise<Map<string, NodeDocument>> {
  const found = new Map<string, NodeDocument>();
  for (const name of NAMED_IN) {
    // Part by part: sorted or grouped it would be one reading of all, longer than a database may take to answer.
    const named = db
      .collection<{ _id: ObjectId; user_id: ObjectId; user_node_id: ObjectId }>(name)
      .find({}, { projection: { user_id: 1, user_node_id: 1 }, batchSize: 500 });
    for await (const { _id, user_id, user_node_id } of named) {
      const key = `${user_id.toHexString()}/${user_node_id.toHexString()}`;
      const known = found.get(key);
      if (known === undefined) {
        const node = newNode(user_id.toHexString(), user_node_id.toHexString());
        found.set(key, { ...fromNode(node), _id });
      } else if (_id.toHexString() < known._id.toHexString()) known._id = _id;
    }
  }
  return found;
}
