import type { Db, ResumeToken } from 'mongodb';

/** What a change stream is told to: ids only, never whole documents. */
const PROJECTION = [
  { $match: { operationType: { $in: ['insert', 'update', 'replace'] } } },
  { $project: { documentKey: 1, 'updateDescription.updatedFields.revision': 1 } },
];

export interface ChangeListener {
  /** `revision` where the change tells it. */
  onChange(conversationId: string, revision: number | null): void;
  /** Changes may have been missed: everything is to be looked at again. */
  onGap(): void;
  onError(error: unknown): void;
}

/**
 * Follows every change of `ai_conversations`, whoever makes it, until it is stopped. A stream that dies is opened
 * again where it left off, or, where that is not to be had, anew with a gap told. A standalone server has none.
 */
export function watchConversations(
  db: Db,
  listener: ChangeListener,
  retryMs = 1_000,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  let resumeAfter: ResumeToken;
  let close = async (): Promise<void> => {};

  const follow = async (): Promise<void> => {
    const stream = db
      .collection('ai_conversations')
      .watch(PROJECTION, resumeAfter === undefined ? {} : { resumeAfter });
    close = () => stream.close();
    // Opens it, which `watch` alone does not; what changed before that is not in it.
    let change = await stream.tryNext();
    if (resumeAfter === undefined) listener.onGap();
    for (; ; change = await stream.next()) {
      // The stream's token, not the event's: it moves on when others' collections change, too.
      resumeAfter = stream.resumeToken;
      if (change === null || !('documentKey' in change)) continue;
      const revision =
        'updateDescription' in change
          ? (change.updateDescription?.updatedFields?.['revision'] as unknown)
          : null;
      listener.onChange(String(change.documentKey._id), typeof revision === 'number' ? revision : null);
    }
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        await follow();
      } catch (error) {
        if (stopping.signal.aborted) return;
        listener.onError(error);
        if (isLostHistory(error)) resumeAfter = undefined;
      } finally {
        await close().catch(() => {});
      }
      await pause(retryMs, stopping.signal);
    }
  };

  const done = run();
  return {
    async stop() {
      stopping.abort();
      await close().catch(() => {});
      await done;
    },
  };
}

/** ChangeStreamHistoryLost, InvalidResumeToken, ChangeStreamFatalError: the token is of no use any more. */
const isLostHistory = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && [286, 260, 280].includes(error.code as number);

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
