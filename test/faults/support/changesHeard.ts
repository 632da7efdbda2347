import { type Listener, listen } from './listen.js';

const ALL = /* GraphQL */ `
  subscription Changed($since: DateTime!) {
    conversationChanged(since: $since) { executionId status lastSeq }
  }
`;

/** A conversation as it was when it changed. */
export interface HeardState {
  executionId: string;
  status: string;
  lastSeq: number;
}

/** Hears of each conversation that changes, its latest state only. */
export type ChangeListener = Listener<HeardState>;

/** Every change from now on, also those made before the server has heard of this. */
export const listenForChanges = (url: string): ChangeListener =>
  listen(url, { query: ALL, variables: { since: new Date() } }, (data) => data.conversationChanged);

/** What one listener heard, against the last state ("COMPLETED 2") of each conversation. States may be left out. */
export function compareStates(lastStates: ReadonlyMap<string, string>, { heard, broken }: ChangeListener) {
  const seen = new Map<string, HeardState>();
  let outOfOrder = 0;
  for (const { value } of heard) {
    if (value.lastSeq < (seen.get(value.executionId)?.lastSeq ?? 0)) outOfOrder += 1;
    seen.set(value.executionId, value);
  }
  const isMissing = ([executionId, last]: [string, string]) => {
    const state = seen.get(executionId);
    return state === undefined || `${state.status} ${state.lastSeq}` !== last;
  };
  return {
    missing: [...lastStates].filter(isMissing).length,
    outOfOrder,
    failures: broken === null ? [] : [`A subscription of conversationChanged told an error: ${broken}`],
  };
}
