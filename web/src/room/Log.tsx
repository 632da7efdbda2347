import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { counted } from '../parts/format.js';
import { LogFilterForm } from './LogFilterForm.js';
import { filtered, isFiltering, logFilter } from './logFilter.js';
import { MessageRow } from './MessageRow.js';
import { hasOlder, type Message, reachesEnd } from './messageWindow.js';
import { goToEnd, isAtEnd, isReading, leaveEnd, live, showNewer, showOlder, unseen } from './roomState.js';

/** So near to the end a reader is taken to be at it, in pixels. */
const NEAR_PX = 40;

/** What the agents said; stays at the end unless it is scrolled up. `replayed` is what is shown instead of now. */
export function Log({ replayed }: { replayed: readonly Message[] | null }) {
  const window = live.value;
  const messages = replayed ?? window.messages;
  const filter = logFilter.value;
  const shown = filtered(messages, filter);
  const isLive = replayed === null;
  const log = useStickToEnd(shown, isLive);
  return (
    <section class="panel log-panel" aria-labelledby="log-title">
      <div class="log-head">
        <h2 id="log-title">Messages</h2>
        <LogFilterForm agentNames={namesOf(messages)} />
      </div>
      {isFiltering(filter) && (
        <p class="quiet small" role="status">
          {foundText(shown.length, messages.length, isLive && !hasOlder(window) && reachesEnd(window))}
        </p>
      )}
      <div
        class="log"
        role="log"
        aria-labelledby="log-title"
        aria-busy={isReading.value}
        // biome-ignore lint: what scrolls is to be reached by keyboard
        tabIndex={0}
        ref={log.ref}
        onScroll={log.onScroll}
      >
        {isLive && hasOlder(window) && <Step text="Show older" onClick={showOlder} />}
        {shown.length === 0 && <p class="quiet">{emptyText(messages.length, isLive)}</p>}
        {shown.map((message) => (
          <MessageRow key={message.seq} message={message} />
        ))}
        {isLive && !reachesEnd(window) && <Step text="Show newer" onClick={showNewer} />}
      </div>
      {isLive && !isAtEnd.value && (
        <button type="button" class="primary to-end" onClick={() => void goToEnd()}>
          {unseen.value > 0 ? `${unseen.value} new` : 'To the newest'}
        </button>
      )}
    </section>
  );
}

const foundText = (found: number, of: number, isAll: boolean): string =>
  isAll
    ? `${found} of all ${counted(of, 'message')}.`
    : `${found} of the ${counted(of, 'message')} on the page.`;

const namesOf = (messages: readonly Message[]): string[] =>
  [...new Set(messages.map(({ agentName }) => agentName))].sort();

function emptyText(n: number, isLive: boolean): string {
  if (n > 0) return 'No message on the page is like that.';
  return isLive ? 'Nothing was said yet. What agents say shows here at once.' : 'Nothing had been said yet.';
}

function Step({ text, onClick }: { text: string; onClick: () => Promise<void> }) {
  return (
    <div class="step">
      <button type="button" disabled={isReading.value} onClick={() => void onClick()}>
        {isReading.value ? 'Reading' : text}
      </button>
    </div>
  );
}

function useStickToEnd(shown: readonly Message[], isLive: boolean) {
  const ref = useRef<HTMLDivElement>(null);
  const placedAt = useRef(0);
  const first = shown[0]?.seq;
  const anchor = useRef<{ seq: number | undefined; height: number }>({ seq: first, height: 0 });
  useLayoutEffect(() => {
    const log = ref.current;
    if (log === null) return;
    const { seq, height } = anchor.current;
    if (!isLive || isAtEnd.value) log.scrollTop = log.scrollHeight;
    // Older messages came above: what is read stays where it is.
    else if (seq !== undefined && first !== undefined && first < seq)
      log.scrollTop += log.scrollHeight - height;
    anchor.current = { seq: first, height: log.scrollHeight };
    placedAt.current = log.scrollTop;
  }, [shown, isLive, isAtEnd.value, first]);
  useEffect(() => {
    const log = ref.current;
    if (log === null) return;
    // The window was resized, or turned.
    const watcher = new ResizeObserver(() => {
      if (!isLive || isAtEnd.value) log.scrollTop = log.scrollHeight;
    });
    watcher.observe(log);
    return () => watcher.disconnect();
  }, [isLive]);
  const onScroll = (): void => {
    const log = ref.current;
    if (log === null || !isLive) return;
    const isNear = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_PX;
    if (isNear && reachesEnd(live.value)) isAtEnd.value = true;
    // Moved up by the reader, and not because something was added below.
    else if (log.scrollTop < placedAt.current) leaveEnd();
    placedAt.current = log.scrollTop;
  };
  return { ref, onScroll };
}
