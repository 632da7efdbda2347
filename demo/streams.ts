import { setTimeout as wait } from 'node:timers/promises';
import type { Client, Following } from './client.js';
import type { MessageAddedData, MessageEvent, VoteCompletedData, VoteEvent } from './operations.js';
import { MESSAGE_ADDED, VOTE_COMPLETED } from './operations.js';
import type { Tally } from './tally.js';

/** Who watches the replay; `date` is the trading day a thing belongs to. */
export interface Observer {
  /** The replay turns to day number `day`, 1 for the first. */
  dayBegan(day: number, date: string): void;
  /** A stream delivered a message, for the first time. */
  messageArrived(date: string, message: MessageEvent): void;
  /** A stream delivered a completed vote, for the first time. */
  voteArrived(date: string, vote: VoteEvent): void;
}

/** The live side of the replay: what it hears, it hears from the server's subscriptions. */
export interface Streams {
  /** Follows one conversation from its first message to its end. */
  followConversation(executionId: string, date: string): void;
  /** Follows the votes of all conversations that complete from `since` on, by the server's clock. */
  followVotes(since: string): void;
  /** Waits until each conversation's stream has ended and each vote was heard of, at most `graceMs`. */
  drain(graceMs: number): Promise<void>;
  stop(): void;
}

export function createStreams(client: Client, tally: Tally, observer: Observer): Streams {
  const dates = new Map<string, string>();
  const unheard = new Set<string>();
  const open = new Set<Following>();

  function keep(following: Following): void {
    open.add(following);
    following.ended
      .catch((error: Error) => tally.failure(error.message))
      .finally(() => open.delete(following));
  }

  let votes: Following | null = null;
  return {
    followConversation(executionId, date) {
      dates.set(executionId, date);
      unheard.add(executionId);
      const variables = { executionId, afterSeq: 0 };
      const onData = ({ messageAdded }: MessageAddedData) => {
        variables.afterSeq = Math.max(variables.afterSeq, messageAdded.seq);
        if (tally.message(executionId, messageAdded.seq)) observer.messageArrived(date, messageAdded);
      };
      keep(client.follow<MessageAddedData>(MESSAGE_ADDED, variables, onData));
    },
    followVotes(since) {
      const variables = { since };
      votes = client.follow<VoteCompletedData>(VOTE_COMPLETED, variables, ({ voteCompleted }) => {
        const { executionId } = voteCompleted.conversation;
        const date = dates.get(executionId);
        if (date === undefined) return; // another client's
        variables.since = voteCompleted.votingCompleted;
        unheard.delete(executionId);
        if (tally.vote(executionId)) observer.voteArrived(date, voteCompleted);
      });
      votes.ended.catch((error: Error) => tally.failure(error.message));
    },
    async drain(graceMs) {
      const until = performance.now() + graceMs;
      while ((open.size > 0 || unheard.size > 0) && performance.now() < until) await wait(20);
    },
    stop() {
      for (const following of open) following.stop();
      votes?.stop();
    },
  };
}
