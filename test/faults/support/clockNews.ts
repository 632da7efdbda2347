import { setTimeout as sleep } from 'node:timers/promises';
import { type CompletionListener, compareHeard } from './completions.js';
import { type Listener, listen } from './listen.js';

const COMPLETED = 'subscription { voteCompleted { conversation { executionId } } }';
const CHANGED = 'subscription { conversationChanged { executionId status } }';

/** What a user is told of all conversations from now on, without ever naming an instant. */
export interface News {
  votes: CompletionListener;
  changes: Listener<{ executionId: string; status: string }>;
}

/** Resolves when the server has heard of both. */
export async function followNews(url: string): Promise<News> {
  const votes = listen<string>(
    url,
    { query: COMPLETED, variables: {} },
    (data) => data.voteCompleted.conversation.executionId,
  );
  const changes = listen<{ executionId: string; status: string }>(
    url,
    { query: CHANGED, variables: {} },
    (data) => data.conversationChanged,
  );
  await sleep(1_000);
  return { votes, changes };
}

/** When the vote was told of; null when it was not within the limit. */
export async function toldAt({ votes }: News, executionId: string, limitMs: number): Promise<number | null> {
  const deadlineMs = performance.now() + limitMs;
  for (;;) {
    const found = votes.heard.find(({ value }) => value === executionId);
    if (found !== undefined) return found.atMs;
    if (performance.now() > deadlineMs) return null;
    await sleep(20);
  }
}

/** Each vote is told once, each conversation as completed at least once. Waits a moment for repeats. */
export async function compareNews(expected: readonly string[], { votes, changes }: News) {
  await sleep(300);
  const { missing, repeated, failures } = compareHeard(expected, votes);
  const completed = new Set(
    changes.heard.filter(({ value }) => value.status === 'COMPLETED').map(({ value }) => value.executionId),
  );
  const unchanged = expected.filter((executionId) => !completed.has(executionId)).length;
  return {
    missing: missing + unchanged,
    repeated,
    failures: [
      ...failures,
      ...(changes.broken === null ? [] : [`conversationChanged broke off: ${changes.broken}`]),
      ...(missing > 0 ? [`${missing} of ${expected.length} votes were not told by voteCompleted.`] : []),
      ...(repeated > 0 ? [`${repeated} votes were told again by voteCompleted.`] : []),
      ...(unchanged > 0 ? [`${unchanged} completions were not told by conversationChanged.`] : []),
    ],
  };
}
