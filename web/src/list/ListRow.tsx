import { Component } from 'preact';
import { addressOf } from '../api/place.js';
import { classOf, dayOf, money, NONE, timeOf, words } from '../parts/format.js';
import type { Row } from './rows.js';

/** Drawn again only when its conversation changed. */
export class ListRow extends Component<{ row: Row }> {
  override shouldComponentUpdate({ row }: { row: Row }): boolean {
    return row !== this.props.row;
  }

  override render({ row }: { row: Row }) {
    const { executionId, context, status, swarmVote, outcome, decision, lastSeq, createdAt } = row;
    const { consensus } = swarmVote;
    return (
      <tr>
        <th scope="row">
          <a href={addressOf(`room/${executionId}`)}>{context.symbol}</a>
          <time class="narrow" dateTime={createdAt}>
            {timeOf(createdAt)}
          </time>
        </th>
        <td>
          <span class={`chip status ${status.toLowerCase()}`}>{words(status)}</span>
        </td>
        <td>
          {consensus === null ? (
            <span class="quiet">{NONE}</span>
          ) : (
            <>
              <span class={classOf(consensus.action)}>{consensus.action}</span>{' '}
              <span class="quiet">
                {consensus.confidence === null ? words(consensus.reason) : `${consensus.confidence} %`}
              </span>
            </>
          )}
        </td>
        <td class="wide">{outcome === null ? NONE : outcome.executed ? words(outcome.action) : 'Nothing'}</td>
        <td>
          {outcomeText(decision)}
          {decision?.outcome?.pnl != null && (
            <span class={`narrow ${signOf(decision.outcome.pnl)}`}>{money(decision.outcome.pnl)}</span>
          )}
        </td>
        <td class={`number wide ${signOf(decision?.outcome?.pnl)}`}>{money(decision?.outcome?.pnl)}</td>
        <td class="number wide">{lastSeq}</td>
        <td class="wide">
          <time dateTime={createdAt}>{dayOf(createdAt)}</time>
        </td>
      </tr>
    );
  }
}

const outcomeText = (decision: Row['decision']): string => {
  if (!decision?.outcome) return NONE;
  return { SUCCESS: 'Right', FAILURE: 'Wrong', SCRATCH: 'Scratch' }[decision.outcome.result];
};

const signOf = (pnl: number | null | undefined): string => {
  if (!pnl) return '';
  return pnl < 0 ? 'loss' : 'gain';
};
