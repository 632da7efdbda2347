import type { Page } from 'playwright-core';

/** What the page did with its sockets. */
export interface Seen {
  opened: number;
  closed: number;
  isDeaf: boolean;
}

/** Replaces the page's `WebSocket` by one that can go deaf: then it hears and says nothing, and tells of no end. */
export function addDeafSockets(): void {
  const Native = window.WebSocket;
  const seen: Seen = { opened: 0, closed: 0, isDeaf: false };
  class DeafSocket extends Native {
    #wasDeaf = false;
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      seen.opened += 1;
      seen.isDeaf = false;
      for (const event of ['open', 'message', 'error', 'close'] as const) {
        super.addEventListener(event, (told) => {
          if (this.#isDeaf()) told.stopImmediatePropagation();
        });
      }
    }
    #isDeaf(): boolean {
      this.#wasDeaf ||= seen.isDeaf;
      return this.#wasDeaf;
    }
    override send(data: string): void {
      if (!this.#isDeaf()) super.send(data);
    }
    override close(code?: number, reason?: string): void {
      seen.closed += 1;
      if (!this.#isDeaf()) super.close(code, reason);
    }
  }
  window.WebSocket = DeafSocket;
  (window as unknown as { seen: Seen }).seen = seen;
}

export const seenOn = (page: Page): Promise<Seen> =>
  page.evaluate(() => (window as unknown as { seen: Seen }).seen);

/** Lets the page's newest socket go deaf, though nothing tells the page so. */
export const deafen = (page: Page): Promise<void> =>
  page.evaluate(() => {
    (window as unknown as { seen: Seen }).seen.isDeaf = true;
  });
