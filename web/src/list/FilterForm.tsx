import type { ConversationStatus } from '../generated/graphql.js';
import { filter, showOnly } from './conversations.js';
import type { Filter } from './rows.js';

const TYPING_MS = 250;
let typing: ReturnType<typeof setTimeout> | undefined;

function onceTyped(take: () => void): void {
  clearTimeout(typing);
  typing = setTimeout(take, TYPING_MS);
}

/** Which conversations are shown; a symbol is taken once it is typed. */
export function FilterForm() {
  const { status, symbol } = filter.value;
  // Both may change before this is drawn again: leaving the symbol for the status does that.
  const change = (part: Partial<Filter>) => showOnly({ ...filter.value, ...part });
  return (
    <form class="filter" role="search" onSubmit={(event) => event.preventDefault()}>
      <label>
        Status{' '}
        <select
          value={status ?? ''}
          onChange={({ currentTarget }) =>
            change({ status: (currentTarget.value || null) as ConversationStatus | null })
          }
        >
          <option value="">All</option>
          <option value="IN_PROGRESS">In progress</option>
          <option value="VOTING">Voting</option>
          <option value="COMPLETED">Completed</option>
        </select>
      </label>
      <label>
        Symbol{' '}
        <input
          type="search"
          size={10}
          maxLength={64}
          placeholder="Any"
          value={symbol}
          onInput={({ currentTarget: { value } }) => onceTyped(() => change({ symbol: value.trim() }))}
        />
      </label>
    </form>
  );
}
