import type { MessageType } from '../generated/graphql.js';
import { words } from '../parts/format.js';
import { isFiltering, type LogFilter, logFilter } from './logFilter.js';
import { fillUp } from './roomState.js';

const TYPES: readonly MessageType[] = ['THOUGHT', 'ANALYSIS', 'VOTE', 'DECISION'];

/** Which of the messages on the page are shown. */
export function LogFilterForm({ agentNames }: { agentNames: readonly string[] }) {
  const now = logFilter.value;
  const change = (part: Partial<LogFilter>): void => {
    logFilter.value = { ...now, ...part };
    if (isFiltering(logFilter.value)) void fillUp();
  };
  return (
    <form class="filter" role="search" onSubmit={(event) => event.preventDefault()}>
      <select
        aria-label="Agent"
        value={now.agentName}
        onChange={({ currentTarget }) => change({ agentName: currentTarget.value })}
      >
        <option value="">All agents</option>
        {agentNames.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      <select
        aria-label="Type"
        value={now.type}
        onChange={({ currentTarget }) => change({ type: currentTarget.value as MessageType | '' })}
      >
        <option value="">All types</option>
        {TYPES.map((type) => (
          <option key={type} value={type}>
            {words(type)}
          </option>
        ))}
      </select>
      <input
        type="search"
        aria-label="Text"
        placeholder="Search the text"
        value={now.text}
        onInput={({ currentTarget }) => change({ text: currentTarget.value })}
      />
    </form>
  );
}
