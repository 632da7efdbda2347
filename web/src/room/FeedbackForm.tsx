import { useState } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { toFailure } from '../api/failure.js';
import { type RecordFeedbackInput, RoomFeedbackDocument } from '../generated/graphql.js';
import { newId } from '../parts/ids.js';
import { type Head, refresh } from './roomState.js';

/** Says how a decision turned out, as a person. */
export function FeedbackForm({ decision }: { decision: NonNullable<Head['decision']> }) {
  // Made once for each form: sent twice, it is recorded once.
  const [key] = useState(() => `room-${newId()}`);
  const [faults, setFaults] = useState<readonly string[]>([]);
  const [isSending, setSending] = useState(false);

  const send = async (form: HTMLFormElement): Promise<void> => {
    setSending(true);
    try {
      const input = inputOf(new FormData(form), decision, key);
      const { recordFeedback } = await ask(RoomFeedbackDocument, { input });
      const told = recordFeedback?.userErrors.map(({ message }) => message) ?? [];
      setFaults(told);
      if (told.length === 0) await refresh();
    } catch (error) {
      setFaults([toFailure(error).message]);
    } finally {
      setSending(false);
    }
  };

  return (
    <form
      class="feedback"
      onSubmit={(event) => {
        event.preventDefault();
        void send(event.currentTarget);
      }}
    >
      <p class="quiet">Nobody has said yet how it turned out.</p>
      <fieldset>
        <legend>It proved</legend>
        <label>
          <input type="radio" name="success" value="yes" required /> right
        </label>
        <label>
          <input type="radio" name="success" value="no" /> wrong
        </label>
        <label>
          <input type="radio" name="success" value="neither" /> neither, a scratch
        </label>
      </fieldset>
      <label>
        P&amp;L, net of fees
        <input name="pnl" type="number" step="any" inputMode="decimal" />
      </label>
      <label>
        Held, in seconds
        <input name="timeHeld" type="number" min="0" step="1" inputMode="numeric" />
      </label>
      <label>
        Why it was closed
        <input name="exitReason" maxLength={64} />
      </label>
      {faults.length > 0 && (
        <ul class="faults" role="alert">
          {faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      )}
      <button class="primary" type="submit" disabled={isSending}>
        {isSending ? 'Recording' : 'Record feedback'}
      </button>
    </form>
  );
}

function inputOf(
  form: FormData,
  { id, revision }: { id: string; revision: number },
  key: string,
): RecordFeedbackInput {
  const textOf = (name: string): string => String(form.get(name) ?? '').trim();
  const [pnl, timeHeld, exitReason] = ['pnl', 'timeHeld', 'exitReason'].map(textOf);
  return {
    decisionId: id,
    idempotencyKey: key,
    expectedRevision: revision,
    source: 'HUMAN',
    success: { yes: true, no: false }[textOf('success')] ?? null,
    ...(pnl && { pnl: Number(pnl) }),
    ...(timeHeld && { timeHeld: Number(timeHeld) }),
    ...(exitReason && { exitReason }),
  };
}
