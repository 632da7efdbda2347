import { parseArgs } from 'node:util';
import { PARTS } from './parts.js';
import { type Row, tableOf } from './rows.js';
import { startBench } from './server.js';

const USAGE = `Usage: npm run bench -- [part ...] [--json]

Measures ratios on a database of its own. Without a part it measures them all:
  appends   adding messages, against the bare driver
  reads     reading a conversation, against the bare driver
  streams   how soon subscribers have a message, and the memory each takes
  watchers  what one user's conversation costs while others watch their lists
  learning  counting, explaining and what-if
  growth    each list over a history of 20,000, against one of 100

  --json    prints the rows as JSON instead of a table
`;

const say = (part: string) =>
  void process.stderr.write(`${Math.round(performance.now() / 1_000)} s  ${part}\n`);

async function measure(parts: readonly string[]): Promise<Row[]> {
  const bench = await startBench();
  try {
    const rows: Row[] = [];
    for (const [name, measurePart] of Object.entries(PARTS)) {
      if (!parts.includes(name)) continue;
      say(name);
      rows.push(...(await measurePart(bench)));
    }
    return rows;
  } finally {
    await bench.stop();
  }
}

const options = { json: { type: 'boolean' }, help: { type: 'boolean' } } as const;
const { values, positionals } = parseArgs({ options, allowPositionals: true });
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
if (values.help) process.stdout.write(USAGE);
else if (positionals.some((name) => !Object.hasOwn(PARTS, name))) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  const rows = await measure(positionals.length === 0 ? Object.keys(PARTS) : positionals);
  process.stdout.write(`${values.json ? JSON.stringify(rows, null, 2) : tableOf(rows)}\n`);
}
