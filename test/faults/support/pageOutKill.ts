import type { Db } from 'mongodb';
import { until } from '../../support/until.js';
import type { AppProcess } from './processes.js';
import type { Proxy } from './proxy.js';
import { type StoredSeqs, storedSeqs } from './reading.js';

/** When the process dies: the page or the trim is just about to be written, or is written and not yet answered. */
export const MOMENTS = ['before the copy', 'after the copy', 'before the trim', 'after the trim'] as const;
export type Moment = (typeof MOMENTS)[number];

/** How a command begins on the wire, its collection as BSON has it: with its length, which is 17 for both. */
const command = (name: string, collection: string): Buffer =>
  Buffer.from(`${name}\0\x11\0\0\0${collection}\0`);
const COPY = command('insert', 'ai_message_pages');
const TRIM = command('update', 'ai_conversations');

/** How long a write that was let through may take to be stored. */
const STORE_MS = 2_000;

export interface KillOptions {
  /** The one that is to die; it alone reaches the database through the proxy. */
  app: AppProcess;
  proxy: Proxy;
  db: Db;
  executionId: string;
  moment: Moment;
  /** At which paging out from now on, 1 for the next. */
  nth: number;
}

/** Kills the process at that moment of paging out; what is stored then. The proxy passes again after it. */
export async function killPagingOut(options: KillOptions): Promise<StoredSeqs> {
  const { app, proxy, db, executionId, moment, nth } = options;
  const isBefore = moment.startsWith('before');
  await seen(proxy, moment.endsWith('copy') ? COPY : TRIM, nth, () => {
    if (!isBefore) return proxy.blackHole();
    // At once: neither this chunk nor anything after it gets through.
    process.kill(app.pid, 'SIGKILL');
    proxy.resetAll();
  });
  if (!isBefore) {
    const isStored = async () => {
      const { paged, pagedSeq } = await storedSeqs(db, executionId);
      return moment === 'after the copy' ? (paged.at(-1) ?? 0) > pagedSeq : paged.at(-1) === pagedSeq;
    };
    await until(`what was let through ${moment} is stored`, isStored, STORE_MS);
  }
  await app.kill();
  // In this order: what is held would be forwarded otherwise.
  proxy.resetAll();
  proxy.pass();
  return storedSeqs(db, executionId);
}

/** The nth chunk with these bytes; `act` is called before it is forwarded. */
async function seen(proxy: Proxy, bytes: Buffer, nth: number, act: () => void): Promise<void> {
  let times = 0;
  let stop = () => {};
  let timer: NodeJS.Timeout | undefined;
  await new Promise<void>((resolve, reject) => {
    timer = setTimeout(() => reject(new Error('No paging out was seen within 60 s.')), 60_000);
    stop = proxy.onUpstream((chunk) => {
      if (!chunk.includes(bytes) || ++times !== nth) return;
      act();
      resolve();
    });
  }).finally(() => {
    clearTimeout(timer);
    stop();
  });
}
