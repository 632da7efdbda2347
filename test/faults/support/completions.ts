import { type Listener, listen } from './listen.js';

const ONE = /* GraphQL */ `
  subscription Completed($executionId: ID!) {
    voteCompleted(executionId: $executionId) { conversation { executionId } }
  }
`;
const ALL = /* GraphQL */ `
  subscription Completed($since: DateTime!) {
    voteCompleted(since: $since) { conversation { executionId } }
  }
`;

/** Hears the execution of each vote that completes. */
export type CompletionListener = Listener<string>;

const pick = (data: any): string => data.voteCompleted.conversation.executionId;

/** The one vote, then the end. */
export const listenForCompletion = (url: string, executionId: string): CompletionListener =>
  listen(url, { query: ONE, variables: { executionId } }, pick);

/** Every vote from now on, also those completed before the server has heard of this. */
export const listenForCompletions = (url: string): CompletionListener =>
  listen(url, { query: ALL, variables: { since: new Date() } }, pick);

/** What one listener heard, against the votes it should have heard of once each. */
export function compareHeard(expected: Iterable<string>, { heard, broken }: CompletionListener) {
  const times = new Map<string, number>();
  for (const { value } of heard) times.set(value, (times.get(value) ?? 0) + 1);
  const missing = [...expected].filter((executionId) => !times.has(executionId)).length;
  return {
    missing,
    repeated: heard.length - times.size,
    failures: broken === null ? [] : [`A subscription of voteCompleted told an error: ${broken}`],
  };
}
