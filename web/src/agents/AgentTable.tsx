import { decimal, percent } from '../parts/format.js';
import type { RatePartsFragment } from '../generated/graphql.js';
import { brierText, measureText, rateText, UNKNOWN_YET } from './measures.js';
import { type History, histories, order, learned, selected } from './learned.js';
import { type Column, COLUMNS, nextOrder, sorted } from './sorting.js';

const TITLES: Record<Column, string> = {
  agent: 'Agent',
  n: 'n',
  hitRate: 'Hit rate, 95 % interval',
  brier: 'Brier',
  skill: 'Brier skill',
  edge: 'Edge',
  weight: 'Learned weight',
};

/** The swarm's row, then the agents in the order asked for; a row chosen is what the charts show. */
export function AgentTable() {
  const shown = learned.value;
  if (shown === null) return null;
  const { consensus } = shown.stats;
  return (
    <div class="scroller panel" role="region" aria-label="Table of agents" tabIndex={0}>
      <table class="agents">
        <caption class="hidden">The record of the swarm and of each agent</caption>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <Heading key={column} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Row name={null} near={[]} n={consensus.evaluatedDecisions} rate={consensus.successRate}>
            <td class="number">{brierText(consensus.brier)}</td>
            <td class="number">{measureText(consensus.brierSkill)}</td>
            <td class="number quiet">of agents only</td>
            <td class="quiet">of agents only</td>
          </Row>
          {sorted(shown.agents, order.value).map((agent) => (
            <Row
              key={agent.agentName}
              name={agent.agentName}
              near={agent.nearNames}
              n={agent.evaluatedVotes}
              rate={agent.hitRate}
            >
              <td class="number">{brierText(agent.brier)}</td>
              <td class="number">{measureText(agent.brierSkill)}</td>
              <td class="number">{agent.edge > 0 ? `+${agent.edge}` : agent.edge}</td>
              <td>
                <span class="weight">
                  <span class="number">{decimal(agent.learnedWeight)}</span>
                  <Spark history={histories.value.get(agent.agentName) ?? []} />
                </span>
              </td>
            </Row>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Heading({ column }: { column: Column }) {
  const { column: now, isDescending } = order.value;
  const isNow = now === column;
  const isNumber = !['agent', 'hitRate', 'weight'].includes(column);
  return (
    <th
      scope="col"
      class={isNumber ? 'number' : undefined}
      aria-sort={isNow ? (isDescending ? 'descending' : 'ascending') : 'none'}
    >
      <button type="button" class="sort" onClick={() => (order.value = nextOrder(order.value, column))}>
        {TITLES[column]}
        <span aria-hidden="true">{isNow ? (isDescending ? ' ↓' : ' ↑') : ''}</span>
      </button>
    </th>
  );
}

interface RowProps {
  /** Null for the swarm. */
  name: string | null;
  /** Other agents of nearly this name. */
  near: readonly string[];
  n: number;
  rate: RatePartsFragment | null;
  children: preact.ComponentChildren;
}

function Row({ name, near, n, rate, children }: RowProps) {
  const isSelected = selected.value === name;
  return (
    <tr class={isSelected ? 'chosen' : undefined} onClick={() => (selected.value = name)}>
      <th scope="row">
        <button type="button" class="choose" aria-pressed={isSelected}>
          {name ?? 'The swarm'}
        </button>
        {near.length > 0 && <span class="quiet near">Nearly the same name: {near.join(', ')}</span>}
      </th>
      <td class="number">{n}</td>
      <td>
        {rate === null ? (
          <span class="quiet">{UNKNOWN_YET}</span>
        ) : (
          <span class="rate">
            <span class="number">{percent(rate.value)}</span>
            <Interval rate={rate} />
          </span>
        )}
      </td>
      {children}
    </tr>
  );
}

/** The interval as a bar from 0 to 100 %, with a tick at one half. */
function Interval({ rate }: { rate: RatePartsFragment }) {
  return (
    <svg class="interval" viewBox="0 0 100 14" role="img" aria-label={rateText(rate)}>
      <line class="axis" x1="0" x2="100" y1="7" y2="7" />
      <line class="axis" x1="50" x2="50" y1="2" y2="12" />
      <line class="range" x1={100 * rate.low} x2={100 * rate.high} y1="7" y2="7" />
      <circle class="value" cx={100 * rate.value} cy="7" r="3" />
    </svg>
  );
}

function Spark({ history }: { history: History }) {
  const [first, last] = [history[0], history.at(-1)];
  if (first === undefined || last === undefined || history.length < 2) return null;
  const most = Math.max(2, ...history.map(({ learnedWeight }) => learnedWeight));
  const at = history.map(
    ({ learnedWeight }, i) =>
      `${((98 * i) / (history.length - 1) + 1).toFixed(1)},${(19 - (18 * learnedWeight) / most).toFixed(1)}`,
  );
  const label = `From ${decimal(first.learnedWeight)} to ${decimal(last.learnedWeight)} over ${history.length} votes`;
  return (
    <svg class="spark" viewBox="0 0 100 20" role="img" aria-label={label}>
      <line class="axis" x1="0" x2="100" y1={19 - 18 / most} y2={19 - 18 / most} />
      <polyline points={at.join(' ')} />
    </svg>
  );
}
