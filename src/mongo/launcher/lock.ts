import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { kill, pid as ownPid } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

/** Who holds a lock file; this is the file's JSON. */
export interface Holder {
  pid: number;
  /** ISO 8601 */
  startedAt: string;
  /**
   * When the process was born, in the kernel's ticks since boot: tells a pid from its next user. Null where
   * unknown.
   */
  bornAt: string | null;
  /** Where the server listens, once it does. */
  url?: string;
  /** Its database's connection string, from then on. */
  database?: string;
}

export interface Lock {
  /** Adds the addresses to the file. */
  announce(addresses: { url: string; database: string }): Promise<void>;
  /** Idempotent. */
  release(): Promise<void>;
}

const UNREADABLE_POLL_MS = 50;
const UNREADABLE_POLLS = 20;

/** Who holds a lock that is taken; null when nobody does. */
export async function holderOf(file: string): Promise<Holder | null> {
  const holder = parseHolder((await readText(file)) ?? '');
  return holder !== null && (await isAlive(holder)) ? holder : null;
}

/** Takes the lock, or says who has it. A lock whose process is gone is taken over. */
export async function takeLock(file: string): Promise<{ lock: Lock } | { holder: Holder }> {
  const own: Holder = {
    pid: ownPid,
    startedAt: new Date().toISOString(),
    bornAt: (await readProcess(ownPid))?.bornAt ?? null,
  };
  for (let unreadable = 0; ; ) {
    if (await createFile(file, JSON.stringify(own))) return { lock: ownedLock(file, own) };
    const text = await readText(file);
    if (text === null) continue;
    const holder = parseHolder(text);
    if (holder !== null && (await isAlive(holder))) return { holder };
    // Its owner may be between creating and writing it; one that stays empty was left by a crash just
    // there.
    if (holder === null && unreadable++ < UNREADABLE_POLLS) await sleep(UNREADABLE_POLL_MS);
    else await removeStale(file, text);
  }
}

function ownedLock(file: string, own: Holder): Lock {
  let isReleased = false;
  return {
    async announce(addresses) {
      if (isReleased) return;
      const draft = `${file}.${randomUUID()}`;
      await writeFile(draft, JSON.stringify({ ...own, ...addresses }));
      await rename(draft, file);
    },
    async release() {
      if (isReleased) return;
      isReleased = true;
      const now = parseHolder((await readText(file)) ?? '');
      if (now?.pid === own.pid && now.startedAt === own.startedAt) await rm(file, { force: true });
    },
  };
}

/** False when the file exists. */
async function createFile(file: string, text: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx');
    try {
      await handle.writeFile(text);
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/**
 * Two starters may both see the stale file; the slower one must not remove the lock the faster one has put
 * there since.
 */
async function removeStale(file: string, seen: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
    if ((await readText(aside)) !== seen) await link(aside, file);
  } catch (error) {
    if (!hasCode(error, 'ENOENT') && !hasCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

async function isAlive(holder: Holder): Promise<boolean> {
  try {
    kill(holder.pid, 0);
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    if (!hasCode(error, 'EPERM')) return false;
  }
  const found = await readProcess(holder.pid);
  if (found === null) return true;
  return !found.isZombie && (holder.bornAt === null || holder.bornAt === found.bornAt);
}

/** From proc(5): `pid (name) state …`, field 22 is the start time. Null on systems without /proc. */
async function readProcess(pid: number): Promise<{ bornAt: string | null; isZombie: boolean } | null> {
  const stat = await readText(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The name may hold spaces and brackets itself, so count from behind its last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { bornAt: fields[19] ?? null, isZombie: fields[0] === 'Z' || fields[0] === 'X' };
}

function parseHolder(text: string): Holder | null {
  try {
    const value = JSON.parse(text) as Partial<Holder> | null;
    if (typeof value?.pid !== 'number' || value.pid < 1) return null;
    const { pid, startedAt = 'an unknown time', bornAt = null, url, database } = value;
    return {
      pid,
      startedAt,
      bornAt,
      ...(url !== undefined && { url }),
      ...(database !== undefined && { database }),
    };
  } catch {
    return null;
  }
}

async function readText(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return null;
  }
}

/**
 * Whether a system call failed with the code; "EEXIST". (Not `instanceof Error`: test runners give a file a
 * realm of its own.)
 */
export function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
