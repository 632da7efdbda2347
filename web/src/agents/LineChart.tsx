import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';

export interface LineChartProps {
  /** Of decisions: their numbers, rising. */
  xs: readonly number[];
  ys: readonly number[];
  /** To compare with: drawn dashed, straight on where there is none. */
  baseline?: readonly (number | null)[] | undefined;
  /** What it shows, in a sentence with its numbers, for whoever does not see it. */
  label: string;
  markers?: readonly { x: number; text: string }[];
}

const HEIGHT = 260;
/** A chart of small money would say 0 at every line by the usual three digits. */
const AMOUNT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 8 });
const NO_MARKERS: NonNullable<LineChartProps['markers']> = [];

/** A line over decisions, drawn anew when its place or the colour scheme changes. */
export function LineChart({ xs, ys, baseline, label, markers = NO_MARKERS }: LineChartProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = place;
    if (current === null) return;
    let chart: uPlot | undefined;
    const draw = (): void => {
      chart?.destroy();
      chart = new uPlot(
        optionsOf(current.clientWidth, markers),
        [[...xs], [...ys], [...(baseline ?? [])]],
        current,
      );
    };
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    const size = new ResizeObserver(() => chart?.setSize({ width: current.clientWidth, height: HEIGHT }));
    draw();
    scheme.addEventListener('change', draw);
    size.observe(current);
    return () => {
      scheme.removeEventListener('change', draw);
      size.disconnect();
      chart?.destroy();
    };
  }, [xs, ys, baseline, markers]);
  return <div class="chart" role="img" aria-label={label} ref={place} />;
}

function optionsOf(width: number, markers: NonNullable<LineChartProps['markers']>): uPlot.Options {
  const css = getComputedStyle(document.documentElement);
  const colour = (name: string): string => css.getPropertyValue(name).trim();
  const axis = {
    stroke: colour('--quiet'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { stroke: colour('--line'), width: 1 },
  };
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false } },
    axes: [
      { ...axis, label: 'decision', labelSize: 18, labelGap: 0, size: 32 },
      { ...axis, size: 64, values: (_, ticks) => ticks.map((tick) => AMOUNT.format(tick)) },
    ],
    series: [
      {},
      { stroke: colour('--link'), width: 2, points: { show: false } },
      { stroke: colour('--text'), width: 1.5, dash: [6, 4], points: { show: false }, spanGaps: true },
    ],
    hooks: { draw: [(chart) => drawMarkers(chart, markers, colour('--hold'))] },
  };
}

function drawMarkers(chart: uPlot, markers: NonNullable<LineChartProps['markers']>, colour: string): void {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
  ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.textBaseline = 'top';
  for (const { x, text } of markers) {
    const at = chart.valToPos(x, 'x', true);
    ctx.beginPath();
    ctx.moveTo(at, bbox.top);
    ctx.lineTo(at, bbox.top + bbox.height);
    ctx.stroke();
    const isLate = at > bbox.left + bbox.width - 30 * devicePixelRatio;
    ctx.textAlign = isLate ? 'right' : 'left';
    ctx.fillText(text, at + (isLate ? -4 : 4) * devicePixelRatio, bbox.top + 2);
  }
  ctx.restore();
}
