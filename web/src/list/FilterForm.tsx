import type { ConversationStatus } from '../generated/graphql.js';
import { filter, useFilter } from './conversations.js';

/** Which conversations are shown; a symbol is taken when it is left or entered. */
export function FilterForm() {
  const { status, symbol } = filter.value;
  return (
    <form class="filter" role="search" onSubmit={(event) => event.preventDefault()}>
      <label>
        Status{' '}
        <select
          value={status ?? ''}
          onChange={({ currentTarget }) =>
            useFilter({ symbol, status: (currentTarget.value || null) as ConversationStatus | null })
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
          onChange={({ currentTarget }) => useFilter({ status, symbol: currentTarget.value.trim() })}
        />
      </label>
    </form>
  );
}
