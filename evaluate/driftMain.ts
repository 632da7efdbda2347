import { parseArgs } from 'node:util';
import { type DriftRate, mostFound, share, simulateDrift, together, VOTES } from './drift.js';

const line = (rate: DriftRate): string =>
  `  ${(100 * share(rate)).toFixed(2).padStart(6)} %  ${rate.found} of ${rate.histories}  ${rate.of}`;

function summary(name: string, rates: readonly DriftRate[]): string[] {
  const worst = mostFound(rates);
  return [name, line(together(rates)), line({ ...worst, of: `worst: ${worst.of}` })];
}

function main(): void {
  const { values } = parseArgs({
    options: { seed: { type: 'string', default: '1' }, histories: { type: 'string', default: '2000' } },
  });
  const figures = simulateDrift(Number(values.seed), Number(values.histories));
  const lines = [
    ...summary(`false alarms, ${VOTES} stationary votes, one look`, figures.once),
    ...figures.once.map(line),
    ...summary(`false alarms, ${VOTES} stationary votes, a look after every vote`, figures.always),
    ...figures.always.map(line),
    'found',
    ...[...figures.holds, ...figures.power].map(line),
    'false alarms where 98 % of the votes are alike: one look, then a look after every vote (not promised)',
    ...[...figures.nearlyOnce, ...figures.nearlyAlways].map(line),
    'false alarms where votes are not independent, one look (not promised)',
    ...figures.sticky.map(line),
    `${figures.meanMs.toFixed(2)} ms for a look at ${VOTES} votes, drawing them included`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

main();
