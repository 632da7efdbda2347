import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Plain JavaScript, since it runs before each start: in most cases it has nothing to do, and is to cost nothing then.

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Of what the pages are made; their tests and what is installed are not. */
const SOURCES = ['web/src', 'web', 'schema', 'scripts'];
const STAMP = 'web/dist/.made-of';

/** Changes with whatever the pages are made of. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const folder of SOURCES) {
    const isDeep = folder === 'web/src';
    const entries = readdirSync(join(ROOT, folder), { recursive: isDeep, withFileTypes: true })
      .filter((entry) => entry.isFile() && (folder !== 'scripts' || /pages\.js$/i.test(entry.name)))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    for (const file of entries) hash.update(file.slice(ROOT.length)).update('\0').update(readFileSync(file));
  }
  return hash.digest('hex');
}

function madeOf() {
  try {
    return readFileSync(join(ROOT, STAMP), 'utf8');
  } catch {
    return null;
  }
}

/** Before a start: the record is served without pages rather than not at all. */
const isOptional = process.argv.includes('--optional');
const wanted = fingerprint();
const found = madeOf();
if (found !== wanted) {
  const { buildPages } = await import('./buildPages.js');
  try {
    await buildPages({ root: ROOT, wanted, isMissing: found === null });
  } catch (error) {
    process.stderr.write(`The pages could not be built: ${error.message}\n`);
    if (!isOptional) process.exitCode = 1;
    else
      process.stderr.write(`The server starts ${found === null ? 'without them' : 'with the older ones'}.\n`);
  }
}
