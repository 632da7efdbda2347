import { useMemo } from 'preact/hooks';
import { counted, dayOf, money } from '../parts/format.js';
import { LineChart } from './LineChart.js';
import { cumulated, markersOf, thinned } from './profitLine.js';
import { MOST_DECISIONS, record } from './record.js';

/** The P&L of the decisions added up, with what people changed meanwhile. */
export function Profit() {
  const shown = record.value;
  const drawn = useMemo(() => {
    const line = cumulated(shown?.decisions ?? []);
    const markers = markersOf(shown?.changes ?? [], shown?.decisions ?? []);
    return {
      line,
      markers,
      xs: line.map(({ seq }) => seq),
      ys: line.map(({ total }) => total),
      marks: markers.flatMap(({ seq, number }) => {
        const x = seq ?? line.at(-1)?.seq;
        return x === undefined ? [] : [{ x, text: String(number) }];
      }),
    };
  }, [shown]);
  if (shown === null) return null;
  const { line, markers } = drawn;
  const [first, last] = [line[0], line.at(-1)];
  if (first === undefined || last === undefined) return null;
  const known = shown.decisions.filter(({ outcome }) => outcome?.pnl != null).length;
  const best = Math.max(...drawn.ys);
  const worst = Math.min(...drawn.ys);
  const label = `P&L over decisions ${first.seq} to ${last.seq}: ends at ${money(last.total)}, highest ${money(best)}, lowest ${money(worst)}, ${counted(markers.length, 'parameter change')}.`;
  return (
    <section class="panel wide" aria-labelledby="profit">
      <h2 id="profit">P&amp;L, added up</h2>
      <p class="quiet">
        {money(last.total)} over {line.length} decisions, {known} of them with a P&amp;L.
        {shown.hasMore &&
          ` Only the newest ${MOST_DECISIONS} are shown; the sum starts at 0 with them. All ${shown.stats.totalDecisions} come to ${money(shown.stats.totalPnl)}.`}
        {shown.hasMoreChanges && ' Older parameter changes than the newest 100 are left out.'}
      </p>
      <LineChart xs={drawn.xs} ys={drawn.ys} label={label} markers={drawn.marks} />
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
      <details>
        <summary>The same as a table</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">Decision</th>
              <th scope="col" class="number">
                Sum
              </th>
            </tr>
          </thead>
          <tbody>
            {thinned(line, 20).map(({ seq, total }) => (
              <tr key={seq}>
                <td>{seq}</td>
                <td class="number">{money(total)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
