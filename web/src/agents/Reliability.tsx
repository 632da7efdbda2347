import type { CalibrationPartsFragment } from '../generated/graphql.js';
import { decimal, percent } from '../parts/format.js';
import { FEW, measureText, rateText } from './measures.js';

type Bin = CalibrationPartsFragment['bins'][number];

const LEFT = 44;
const TOP = 12;
const SIDE = 300;
const x = (share: number): number => LEFT + SIDE * share;
const y = (share: number): number => TOP + SIDE * (1 - share);
const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** How often what was stated came true, tenth by tenth: on the diagonal is honest, above is too modest. */
export function Reliability({ name, calibration }: { name: string; calibration: CalibrationPartsFragment }) {
  const { ece, floor } = calibration;
  const bins = calibration.bins.filter(({ n }) => n > 0);
  const said = bins.map((bin) => `${bin.from} to ${bin.to} %: ${rateText(bin.hitRate)}`);
  return (
    <section class="panel" aria-labelledby="reliability">
      <h2 id="reliability">Reliability of {name}</h2>
      <p class="quiet">
        Calibration error (ECE) {measureText(ece)}, n {ece.n}; a perfect record as long shows{' '}
        {measureText(floor)} by chance.
      </p>
      <svg
        class="reliability"
        viewBox={`0 0 ${LEFT + SIDE + 16} ${TOP + SIDE + 64}`}
        role="img"
        aria-label={`Reliability of ${name}. ${said.length === 0 ? 'No outcome yet.' : said.join('; ')}`}
      >
        {TICKS.map((tick) => (
          <g key={tick}>
            <line class="grid" x1={x(0)} x2={x(1)} y1={y(tick)} y2={y(tick)} />
            <text class="end" x={LEFT - 6} y={y(tick) + 4}>
              {100 * tick}
            </text>
            <text class="middle" x={x(tick)} y={TOP + SIDE + 40}>
              {100 * tick}
            </text>
          </g>
        ))}
        <line class="diagonal" x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
        {bins.map((bin) => (
          <Point key={bin.from} bin={bin} />
        ))}
        <text class="middle" x={x(0.5)} y={TOP + SIDE + 58}>
          stated, %
        </text>
        <text class="end" x={LEFT - 6} y={TOP + SIDE + 21}>
          n
        </text>
      </svg>
      <p class="quiet">Upwards: proved right, %, with its 95 % interval. Grey: fewer than {FEW} cases.</p>
      <details>
        <summary>The same as a table</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">Stated, %</th>
              <th scope="col" class="number">
                n
              </th>
              <th scope="col" class="number">
                Mean
              </th>
              <th scope="col">Proved right</th>
            </tr>
          </thead>
          <tbody>
            {calibration.bins.map((bin) => (
              <tr key={bin.from} class={bin.n < FEW ? 'quiet' : undefined}>
                <td>
                  {bin.from} to {bin.to}
                </td>
                <td class="number">{bin.n}</td>
                <td class="number">{decimal(bin.meanStated)}</td>
                <td>{bin.hitRate === null ? 'no case' : rateText(bin.hitRate)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}

function Point({ bin: { from, n, meanStated, hitRate } }: { bin: Bin }) {
  if (hitRate === null || meanStated === null) return null;
  const at = x(meanStated);
  return (
    <g class={n < FEW ? 'bin few' : 'bin'} data-n={n}>
      <line x1={at} x2={at} y1={y(hitRate.low)} y2={y(hitRate.high)} />
      <circle cx={at} cy={y(hitRate.value)} r="4.5" />
      <text class="middle" x={x((from + 5) / 100)} y={TOP + SIDE + 21}>
        {n}
        <title>{`${percent(hitRate.value)} of ${n}`}</title>
      </text>
    </g>
  );
}
