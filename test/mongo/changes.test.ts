import { expect, test } from '@jest/globals';
import { MongoClient, ObjectId } from 'mongodb';
import { watchConversations } from '../../src/mongo/changes.js';
import { testDatabase } from '../support/app.js';
import { until } from '../support/until.js';

const { name, collection } = testDatabase();

test('follows changes again after the collection was dropped, and tells that some may have been missed', async () => {
  const client = new MongoClient(process.env['TEST_MONGODB_URI'] as string, { maxPoolSize: 2 });
  const conversations = collection('ai_conversations');
  const changed: string[] = [];
  const told = { gaps: 0, errors: 0 };
  const watching = watchConversations(client.db(name), {
    onChange: (conversationId) => void changed.push(conversationId),
    onGap: () => void told.gaps++,
    onError: () => void told.errors++,
  });
  const isFollowed = async () => {
    const _id = new ObjectId();
    await conversations.insertOne({ _id });
    await until('it is followed', () => changed.includes(_id.toHexString()));
  };
  try {
    await conversations.insertOne({});
    await until('it is told', () => told.gaps === 1);
    await isFollowed();
    await conversations.drop();
    await until('it is told', () => told.gaps === 2);
    await isFollowed();
    expect(told.errors).toBeLessThanOrEqual(1);
  } finally {
    await watching.stop();
    await client.close();
  }
});
