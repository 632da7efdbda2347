import { durationText, money, words } from '../parts/format.js';
import { FeedbackForm } from './FeedbackForm.js';
import type { Head } from './roomState.js';

/** What was done, how it turned out and what follows; and the form to say so. */
export function OutcomePanel({ head, isReplayed }: { head: Head; isReplayed: boolean }) {
  const { status, outcome, decision } = head;
  return (
    <section class="panel" aria-labelledby="outcome-title">
      <h2 id="outcome-title">Outcome</h2>
      {status !== 'COMPLETED' && <p class="quiet">Open until the vote is complete.</p>}
      {outcome && (
        <div>
          <p>{outcome.executed ? `Done: ${outcome.action}.` : `Not done: ${outcome.action}.`}</p>
          {outcome.reasoning && <p class="quiet said">{outcome.reasoning}</p>}
        </div>
      )}
      {status === 'COMPLETED' && !isReplayed && !decision && (
        <p class="quiet">No decision was logged: nothing was counted.</p>
      )}
      {decision?.outcome && <Result decision={decision} />}
      {decision && !decision.outcome && !isReplayed && <FeedbackForm key={decision.id} decision={decision} />}
    </section>
  );
}

const PROVED = { SUCCESS: 'right', FAILURE: 'wrong', SCRATCH: 'neither: a scratch' } as const;

function Result({ decision: { outcome, learning, revision } }: { decision: NonNullable<Head['decision']> }) {
  if (outcome === null) return null;
  const lessons = learning?.lessons ?? [];
  return (
    <>
      <dl class="facts">
        <dt>Proved</dt>
        <dd>{PROVED[outcome.result]}</dd>
        <dt>P&amp;L</dt>
        <dd class={outcome.pnl !== null && outcome.pnl < 0 ? 'loss' : ''}>{money(outcome.pnl)}</dd>
        {outcome.timeHeld !== null && (
          <>
            <dt>Held</dt>
            <dd>{durationText(1_000 * outcome.timeHeld)}</dd>
          </>
        )}
        {outcome.exitReason !== null && (
          <>
            <dt>Closed</dt>
            <dd>{outcome.exitReason}</dd>
          </>
        )}
        {learning && learning.confidenceAccuracy !== null && (
          <>
            <dt>Confidence accuracy</dt>
            <dd>{learning.confidenceAccuracy.toFixed(0)} of 100</dd>
          </>
        )}
      </dl>
      {lessons.length > 0 && (
        <details>
          <summary>
            Lessons <span class="quiet">{lessons.length}</span>
          </summary>
          <ul>
            {lessons.map(({ text, code, source }) => (
              <li key={`${code} ${source} ${text}`}>
                {text}
                {code === null && <span class="quiet"> ({words(source).toLowerCase()})</span>}
              </li>
            ))}
          </ul>
        </details>
      )}
      {revision > 1 && <p class="quiet">Corrected {revision - 1} times.</p>}
    </>
  );
}
