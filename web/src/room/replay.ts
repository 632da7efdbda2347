import { effect, signal } from '@preact/signals';
import { toFailure } from '../api/failure.js';
import type { Message } from './messageWindow.js';
import { failure, head, type Head, live, readRoom } from './roomState.js';

/** Messages a second. */
export const SPEEDS = [1, 5, 20] as const;

export interface Shown {
  seq: number;
  head: Head;
  messages: readonly Message[];
}

/** Up to which message the conversation is shown; null is live. */
export const position = signal<number | null>(null);
export const isPlaying = signal(false);
export const speed = signal<number>(SPEEDS[1]);
/** What is shown while replaying: of the last position that was read. */
export const shown = signal<Shown | null>(null);

export const lastSeq = (): number => Math.max(live.value.lastSeq, head.value?.lastSeq ?? 0);

/** Shows the conversation as it was right after a message. */
export function showAt(seq: number): void {
  position.value = Math.min(lastSeq(), Math.max(0, seq));
}

export function play(): void {
  if (position.value === null || position.value >= lastSeq()) showAt(0);
  isPlaying.value = true;
}

export function backToLive(): void {
  isPlaying.value = false;
  position.value = null;
  shown.value = null;
}

let isReading = false;

/** Reads the position asked for, one reading at a time: positions passed meanwhile are left out. */
async function read(): Promise<void> {
  if (isReading) return;
  isReading = true;
  try {
    while (position.value !== null && position.value !== shown.value?.seq) {
      const seq = position.value;
      const found = await readRoom(seq);
      if (position.value !== null) shown.value = { seq, ...found };
    }
  } catch (error) {
    backToLive();
    failure.value = toFailure(error);
  } finally {
    isReading = false;
  }
}

effect(() => {
  if (position.value !== null) void read();
});

/** One message after the other, each once the one before it is shown. */
effect(() => {
  const at = shown.value?.seq;
  if (!isPlaying.value || position.value === null || at !== position.value) return;
  if (at >= lastSeq()) {
    isPlaying.value = false;
    return;
  }
  const timer = setTimeout(() => showAt(at + 1), 1_000 / speed.value);
  return () => clearTimeout(timer);
});
