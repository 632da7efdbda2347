import { MongoClient } from 'mongodb';

/** Whether the driver can read it; nothing is connected. */
export function isConnectionString(uri: string): boolean {
  try {
    new MongoClient(uri);
    return true;
  } catch {
    return false;
  }
}
