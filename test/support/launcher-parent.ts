import { createInterface } from 'node:readline';
import { startDatabase } from '../../src/mongo/launcher/ladder.js';

/** Run as a process of its own: holds a database and says on standard output what happens to it. */
const [, , dataDir = '', installDir = ''] = process.argv;

function tell(word: string, text: unknown): void {
  process.stdout.write(`${word} ${text}\n`);
}

process.on('SIGINT', () => tell('interrupted', 'by SIGINT'));

const database = await startDatabase({
  uri: null,
  dataDir,
  installDir,
  env: process.env,
  say: (line) => tell('waits', line),
});
database.onExit((description) => tell('lost', description));
await database.announce('http://127.0.0.1:4000');
tell('started', JSON.stringify({ uri: database.uri, pid: database.pid }));

const input = createInterface({ input: process.stdin });
input.on('line', async (line) => {
  if (line !== 'stop') return;
  await database.stop();
  tell('stopped', 'the database');
  // No process.exit: a launcher that keeps the event loop alive after stop would hang here.
  input.close();
  process.stdin.destroy();
});
