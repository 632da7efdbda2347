import type { RunningApp } from '../support/app.js';
import { createClient } from '../support/client.js';
import { type Claims, mint } from '../support/tokens.js';

/** For `sweepMs`: a sweep that completes a vote at the same moment burns a number, and decisions are counted here. */
export const NEVER_MS = 3_600_000;

/** The app as the user of this token sees it; for HTTP alone, so that there is nothing to close. */
export async function as(app: RunningApp, claims: Claims): Promise<RunningApp> {
  const { send, data } = createClient(app.url, await mint(claims));
  return { ...app, send, data };
}
