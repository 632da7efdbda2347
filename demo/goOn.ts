import { createClient } from './client.js';
import { loadBars, MAX_DAYS } from './market.js';
import { replay } from './replay.js';
import type { Report } from './report.js';
import type { Observer, Streams } from './streams.js';

/** Between two words of the swarm. */
const PACE_MS = 700;

/** Who watches is the room's pages. */
const NO_STREAMS: Streams = { followConversation() {}, followVotes() {}, async drain() {}, stop() {} };
const NO_OBSERVER: Observer = { dayBegan() {}, messageArrived() {}, voteArrived() {} };

/** Plays the days that the replay left, at a pace that people can follow, until `signal` ends it. */
export async function goOn(url: string, { days, userNodeId }: Report, signal: AbortSignal): Promise<void> {
  const client = createClient(url);
  try {
    const bars = await loadBars();
    const pace = { firstDay: days, days: MAX_DAYS, paceMs: PACE_MS, signal };
    await replay({ client, streams: NO_STREAMS, observer: NO_OBSERVER, bars, userNodeId, ...pace });
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await client.close();
  }
}
