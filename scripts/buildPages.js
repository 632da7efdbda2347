import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { atEnd, runStep } from './steps.js';

/** The JavaScript that a page loads by itself may be so large, gzipped; what is loaded on demand is not in it. */
const MOST_BYTES = {
  'index.html': 60_000,
  'room.html': 60_000,
  'nodes.html': 60_000,
  'agents.html': 60_000,
  'playground.html': 1_600_000,
};

const COMPRESSIBLE = /\.(html|js|css|svg|json|ttf|wasm)$/;
const say = (line) => process.stderr.write(`${line}\n`);

/**
 * Installs what the pages are built with, checks that their questions still fit the schema, builds, compresses and
 * weighs them, and only then puts them in place.
 */
export async function buildPages({ root, wanted, isMissing }) {
  const startedAt = performance.now();
  say(`The pages are ${isMissing ? 'not built yet' : 'older than what they are made of'}: building them.`);
  const release = await takeTurn(join(root, 'web/.building'));
  if (release === null) return;
  try {
    await install(root);
    await run(root, 'npx', ['--no-install', 'graphql-codegen', '--config', 'codegen.yml', '--check']);
    await run(root, 'npx', ['--no-install', 'tsc', '-p', 'web']);
    const made = join(root, 'web', 'dist.new');
    rmSync(made, { recursive: true, force: true });
    const asked = 'vite build --outDir dist.new --emptyOutDir --logLevel warn';
    await run(join(root, 'web'), 'npx', ['--no-install', ...asked.split(' ')]);
    await compress(made);
    weigh(made);
    writeFileSync(join(made, '.made-of'), wanted);
    const place = join(root, 'web', 'dist');
    rmSync(place, { recursive: true, force: true });
    renameSync(made, place);
    say(`The pages are built, in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s.`);
  } finally {
    release();
  }
}

/** Two builds at once would install over each other. Answers what gives the turn up; null once another has built. */
async function takeTurn(file) {
  for (let isFirst = true; ; isFirst = false) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!runs(file)) rmSync(file, { force: true });
    else {
      if (isFirst) say('  another process is building them: waiting for it');
      await sleep(200);
      if (!existsSync(file)) return null;
    }
  }
  return atEnd(() => rmSync(file, { force: true }));
}

/** Whether the process that took the turn still runs; one that was killed left its file behind. */
function runs(file) {
  try {
    process.kill(Number(readFileSync(file, 'utf8')) || -1, 0);
    return true;
  } catch {
    return false;
  }
}

async function install(root) {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'web/package-lock.json')))
    .digest('hex');
  const note = join(root, 'web/node_modules/.installed-of');
  try {
    if (readFileSync(note, 'utf8') === lock) return;
  } catch {
    // Not installed yet.
  }
  say('  installing what they are built with');
  await run(join(root, 'web'), 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel', 'error']);
  writeFileSync(note, lock);
}

/** What it printed is shown only when it fails. */
async function run(cwd, command, args) {
  const { code, printed } = await runStep(command, args, { cwd });
  if (code !== 0) throw new Error(`\`${command} ${args.join(' ')}\` ended with ${code}:\n${printed}`);
}

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

async function compress(folder) {
  const [asBrotli, asGzip] = [promisify(brotliCompress), promisify(gzip)];
  for (const file of filesIn(folder).filter((name) => COMPRESSIBLE.test(name))) {
    const bytes = readFileSync(file);
    const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    const [brotli, zipped] = await Promise.all([asBrotli(bytes, { params }), asGzip(bytes, { level: 9 })]);
    writeFileSync(`${file}.br`, brotli);
    writeFileSync(`${file}.gz`, zipped);
  }
}

/** Prints what each page loads, and refuses one that is over its bound. */
function weigh(folder) {
  const tooLarge = [];
  for (const [page, most] of Object.entries(MOST_BYTES)) {
    const scripts = scriptsOf(folder, page);
    const sizeOf = (ending) =>
      scripts.reduce((sum, file) => sum + statSync(join(folder, `${file}${ending}`)).size, 0);
    const zipped = sizeOf('.gz');
    say(
      `  ${page.padEnd(16)} ${kB(zipped)} of JavaScript gzipped, ${kB(sizeOf('.br'))} brotli (at most ${kB(most)})`,
    );
    if (zipped > most)
      tooLarge.push(`${page} loads ${zipped} B of gzipped JavaScript, at most ${most} are allowed`);
  }
  if (tooLarge.length > 0) throw new Error(`${tooLarge.join('; ')}.`);
}

const kB = (bytes) => `${(bytes / 1_000).toFixed(1)} kB`;

/** What a page names itself, and what that imports in turn. */
function scriptsOf(folder, page) {
  const found = new Set();
  const visit = (text, pattern) => {
    for (const [, name] of text.matchAll(pattern)) {
      const file = `assets/${name}`;
      if (found.has(file)) continue;
      found.add(file);
      visit(readFileSync(join(folder, file), 'utf8'), /(?:from|import)\s*["']\.\/([^"']+\.js)["']/g);
    }
  };
  visit(readFileSync(join(folder, page), 'utf8'), /(?:src|href)="\.{1,2}\/assets\/([^"]+\.js)"/g);
  return [...found];
}
