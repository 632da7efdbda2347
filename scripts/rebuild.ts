import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parseConfig } from '../src/config.js';
import { rebuild } from '../src/domain/upkeep/rebuild.js';
import type { NodeKey, Ports } from '../src/domain/ports.js';
import { connect } from '../src/mongo/client.js';
import { ensureIndexes } from '../src/mongo/ensureIndexes.js';
import { joinDatabase } from '../src/mongo/launcher/ladder.js';
import { toolPorts } from './toolPorts.js';

const USAGE = `Usage: npm run rebuild -- --node ID [--user ID] [--json]
  --node   24 hex digits: the node whose sums are computed anew from its decisions
  --user   24 hex digits: whose node; every user's with this id unless said
  --json   prints the result for a program
It works beside a running server, on the database of MONGODB_URI or of DATA_DIR, and ends with 1 where what was stored
differed from the log by more than ${1e-9}.
`;
const TOLERANCE = 1e-9;
const ID = /^[0-9a-f]{24}$/i;

async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const { node, user, isJson } = wanted();
  const config = parseConfig(process.env);
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const { mongodbUri: uri, dataDir } = config;
  const database = await joinDatabase({ uri, dataDir, say, env: process.env });
  const connection = connect(database.uri, {
    ...config,
    databaseName: config.mongodbDatabase,
    maxPoolSize: 2,
  });
  try {
    await connection.open();
    await ensureIndexes(connection.db, connection.patiently);
    const ports = toolPorts(connection.db, (error, doing) => say(`${doing}: ${String(error)}`));
    const found = await ports.nodes.keysOf(node);
    const keys = user === undefined ? found : found.filter(({ userId }) => userId === user);
    if (keys.length === 0) throw new UsageError(`Expected a node that has decided, got "${node}".`);
    const results = [];
    for (const key of keys) results.push(await rebuildOne(ports, key, say));
    if (isJson) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
    if (results.some(({ largestDifference }) => largestDifference > TOLERANCE)) process.exitCode = 1;
  } finally {
    await connection.close();
    await database.stop();
  }
}

async function rebuildOne(ports: Ports, key: NodeKey, say: (line: string) => void) {
  let shown = 0;
  const result = await rebuild(ports, key, (done, of) => {
    const percent = Math.floor((100 * done) / of);
    if (percent < shown + 10 && done < of) return;
    shown = percent;
    say(`${done} of ${of} decision numbers read (${percent} %)`);
  });
  const { decisions, evaluated, agents, largestDifference, largestAt } = result;
  say(
    `Node ${key.userNodeId} of user ${key.userId}: ${decisions} decisions, ${evaluated} with an outcome, ${agents} agents.\n` +
      `Largest difference to what was stored: ${largestDifference.toExponential(1)} (${largestAt}).`,
  );
  return { ...key, ...result };
}

function wanted(): { node: string; user: string | undefined; isJson: boolean } {
  const { node, user, json = false } = given();
  if (!ID.test(node)) throw new UsageError(`Expected --node to be 24 hex digits, got "${node}".`);
  if (user !== undefined && !ID.test(user)) {
    throw new UsageError(`Expected --user to be 24 hex digits, got "${user}".`);
  }
  return { node: node.toLowerCase(), user: user?.toLowerCase(), isJson: json };
}

function given() {
  try {
    return parseArgs({
      options: { node: { type: 'string', default: '' }, user: { type: 'string' }, json: { type: 'boolean' } },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

class UsageError extends Error {}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  if (error instanceof UsageError) process.stderr.write(USAGE);
  process.exitCode = 2;
});
