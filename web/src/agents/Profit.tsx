import { useMemo } from 'preact/hooks';
import { counted, dayOf, money } from '../parts/format.js';
import { LineChart } from './LineChart.js';
import { cumulated, majorityLine, markersOf, type ProfitPoint, thinned } from './profitLine.js';
import { MOST_DECISIONS, learned } from './learned.js';

/** The P&L of the decisions added up, with what people changed meanwhile. */
export function Profit() {
  const shown = learned.value;
  const drawn = useMemo(() => {
    const line = cumulated(shown?.decisions ?? []);
    const markers = markersOf(shown?.changes ?? [], shown?.decisions ?? []);
    const majority = majorityLine(line, shown?.majority?.pnlHistory ?? []);
    return {
      line,
      markers,
      majority,
      xs: line.map(({ seq }) => seq),
      ys: line.map(({ total }) => total),
      marks: markers.flatMap(({ seq, number }) => {
        const x = seq ?? line.at(-1)?.seq;
        return x === undefined ? [] : [{ x, text: String(number) }];
      }),
    };
  }, [shown]);
  if (shown === null) return null;
  const { line, markers, majority } = drawn;
  const [first, last] = [line[0], line.at(-1)];
  if (first === undefined || last === undefined) return null;
  const known = shown.decisions.filter(({ outcome }) => outcome?.pnl != null).length;
  const best = Math.max(...drawn.ys);
  const worst = Math.min(...drawn.ys);
  const byMajority = majority.at(-1) ?? null;
  const label = `P&L over decisions ${first.seq} to ${last.seq}: ends at ${money(last.total)}, highest ${money(best)}, lowest ${money(worst)}, ${counted(markers.length, 'parameter change')}.${byMajority === null ? '' : ` By a plain majority it would end at ${money(byMajority)}.`}`;
  return (
    <section class="panel wide" aria-labelledby="profit">
      <h2 id="profit">P&amp;L, added up</h2>
      <p class="quiet">
        {money(last.total)} over {line.length} decisions, {known} of them with a P&amp;L.
        {shown.hasMore &&
          ` Only the newest ${MOST_DECISIONS} are shown; the sum starts at 0 with them. All ${shown.stats.totalDecisions} come to ${money(shown.stats.totalPnl)}.`}
        {shown.hasMoreChanges && ' Older parameter changes than the newest 100 are left out.'}
      </p>
      <LineChart xs={drawn.xs} ys={drawn.ys} baseline={majority} label={label} markers={drawn.marks} />
      {byMajority !== null && (
        <ul class="legend">
          <li class="decided">As decided: {money(last.total)}</li>
          <li class="majority">By a plain majority, counterfactual: {money(byMajority)}</li>
        </ul>
      )}
      {markers.length === 0 ? (
        <p class="quiet">Nobody changed a parameter meanwhile.</p>
      ) : (
        <ol class="markers" aria-label="Changes of parameters, as numbered in the chart">
          {markers.map((marker) => (
            <li key={marker.key}>
              {marker.text}{' '}
              <span class="quiet">
                {dayOf(marker.at)},{' '}
                {marker.seq === null ? 'after the last decision' : `before decision ${marker.seq}`}
              </span>
            </li>
          ))}
        </ol>
      )}
      <Table line={line} majority={majority} />
    </section>
  );
}

/** Some of the chart's points; where there is a majority to compare with, of those that have both. */
function Table({ line, majority }: { line: readonly ProfitPoint[]; majority: readonly (number | null)[] }) {
  const hasMajority = majority.length > 0;
  const rows = line
    .map((point, i) => ({ ...point, majority: majority[i] ?? null }))
    .filter((row) => !hasMajority || row.majority !== null);
  return (
    <details>
      <summary>The same as a table</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Decision</th>
            <th scope="col" class="number">
              As decided
            </th>
            {hasMajority && (
              <th scope="col" class="number">
                By a plain majority
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {thinned(rows, 20).map((row) => (
            <tr key={row.seq}>
              <td>{row.seq}</td>
              <td class="number">{money(row.total)}</td>
              {row.majority !== null && <td class="number">{money(row.majority)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
