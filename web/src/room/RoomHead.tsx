import { useEffect, useState } from 'preact/hooks';
import { addressOf } from '../api/place.js';
import { serverNow } from '../api/serverClock.js';
import type { FlowPhase } from '../generated/graphql.js';
import { durationText, words } from '../parts/format.js';
import { download } from './download.js';
import type { Head } from './roomState.js';

const PHASES: readonly FlowPhase[] = ['MARKET_ANALYSIS', 'RISK_CHECK', 'TRADE_DECISION'];

/** What is talked about, how far it is, and how to take it along. `until` is the instant it is shown as of, null for now. */
export function RoomHead({ head, until }: { head: Head; until: string | null }) {
  const { context, status, userNodeId } = head;
  return (
    <section class="room-head" aria-label="Conversation">
      <h1>{context.symbol}</h1>
      <ol class="steps" aria-label="Phases">
        {PHASES.map((phase) => (
          <li key={phase} aria-current={phase === context.phase ? 'step' : undefined}>
            {words(phase)}
          </li>
        ))}
      </ol>
      <span class={`chip status ${status.toLowerCase()}`}>{words(status)}</span>
      <Elapsed from={head.createdAt} until={until ?? head.swarmVote.votingCompleted} />
      <span class="room-tools">
        <a href={addressOf(`agents/${userNodeId}`)}>This node’s agents</a>
        <CopyLink />
        <Download head={head} />
      </span>
    </section>
  );
}

/** From the start to the end, or to now by the server's clock. */
function Elapsed({ from, until: end }: { from: string; until: string | null }) {
  const [, tick] = useState(0);
  useEffect(() => {
    if (end !== null) return;
    const timer = setInterval(() => tick((n) => n + 1), 1_000);
    return () => clearInterval(timer);
  }, [end]);
  const ms = (end === null ? serverNow() : Date.parse(end)) - Date.parse(from);
  return (
    <span class="quiet">
      {end === null ? 'for ' : 'after '}
      {durationText(ms)}
    </span>
  );
}

function CopyLink() {
  const [said, say] = useState('');
  const copy = () =>
    navigator.clipboard
      .writeText(location.href)
      .then(() => say('Copied'))
      .catch(() => say('Not allowed: copy the address'));
  return (
    <button type="button" onClick={() => void copy()}>
      <span aria-live="polite">{said || 'Copy link'}</span>
    </button>
  );
}

function Download({ head }: { head: Head }) {
  const [said, say] = useState('');
  const save = () =>
    download(head)
      .then(() => say(''))
      .catch(() => say('That failed, try again'));
  return (
    <button
      type="button"
      onClick={() => {
        say('Reading');
        void save();
      }}
    >
      <span aria-live="polite">{said || 'Download JSON'}</span>
    </button>
  );
}
