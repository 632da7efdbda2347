import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../../', import.meta.url));
const MAX_LINES = 250;

const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .sort();

const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

/** The code without its comments; a `//` in a text, as in a URL, is left alone. */
const codeOf = (file: string): string =>
  textOf(file)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');

/** What a file imports: `domain/checks.ts` below `src`, `node:fs` or a package as they are. */
function importsOf(file: string): string[] {
  const found = codeOf(file).matchAll(/\bfrom\s+'([^']+)'|\bimport\s*\(?\s*'([^']+)'/g);
  return [...found]
    .map(([, from, bare]) => (from ?? bare) as string)
    .map((name) =>
      name.startsWith('.') ? normalize(join(dirname(file), name)).replaceAll('\\', '/') : name,
    );
}

const files = filesIn('src').filter((file) => !file.startsWith('src/generated/'));
const stageOf = (file: string): string => /^src\/([a-z]+)\//.exec(file)?.[1] ?? 'root';

/** Each import of a stage that is not one of those it may have. */
const beyond = (stage: string, isAllowed: (name: string, file: string) => boolean): string[] =>
  files
    .filter((file) => stageOf(file) === stage)
    .flatMap((file) =>
      importsOf(file)
        .filter((name) => !isAllowed(name, file))
        .map((name) => `${file} imports ${name}`),
    );

const isIn = (name: string, ...stages: string[]) => stages.some((stage) => name.startsWith(`src/${stage}/`));
const isOurs = (name: string) => name.startsWith('src/');

test('reads imports of every kind', () => {
  expect(importsOf('src/app.ts')).toContain('src/transport/door.js');
  expect(importsOf('src/transport/door.ts')).toContain('node:net');
  expect(new Set(files.map(stageOf))).toEqual(
    new Set(['root', 'domain', 'events', 'graphql', 'mongo', 'transport']),
  );
});

test('the domain imports the domain and built-in modules only, no package', () => {
  expect(beyond('domain', (name) => isIn(name, 'domain') || name.startsWith('node:'))).toEqual([]);
});

test('mongo and events import the domain and themselves only', () => {
  expect(beyond('mongo', (name) => !isOurs(name) || isIn(name, 'domain', 'mongo'))).toEqual([]);
  expect(beyond('events', (name) => !isOurs(name) || isIn(name, 'domain', 'events'))).toEqual([]);
});

test('graphql imports the domain, what is generated, the streams and itself only', () => {
  const isAllowed = (name: string) => !isOurs(name) || isIn(name, 'domain', 'graphql', 'generated', 'events');
  expect(beyond('graphql', isAllowed)).toEqual([]);
});

test('resolvers refuse nothing themselves: what is asked is checked in the domain', () => {
  const resolvers = files.filter((file) => file.startsWith('src/graphql/resolvers/'));
  expect(resolvers.filter((file) => /\bthrow\b|\bbadUserInput\b/.test(codeOf(file)))).toEqual([]);
});

test('only mongo imports the driver', () => {
  const importers = files.filter((file) => importsOf(file).includes('mongodb'));
  expect(importers.filter((file) => stageOf(file) !== 'mongo')).toEqual([]);
});

test('only app.ts imports transport', () => {
  const importers = files.filter(
    (file) => stageOf(file) !== 'transport' && importsOf(file).some((name) => isIn(name, 'transport')),
  );
  expect(importers).toEqual(['src/app.ts']);
});

test('transport does not import mongo', () => {
  expect(beyond('transport', (name) => !isIn(name, 'mongo'))).toEqual([]);
});

test('no part imports what joins the parts', () => {
  const joints = new Set(['src/app.js', 'src/server.js', 'src/main.js']);
  const importers = files.filter(
    (file) => stageOf(file) !== 'root' && importsOf(file).some((name) => joints.has(name)),
  );
  expect(importers).toEqual([]);
});

// The lock on a data folder names the process that holds it, and asks whether that one lives.
test('only main.ts reads process, and the lock that one process takes against another', () => {
  const readers = files.filter((file) => /\bprocess(\.[a-z]|\[)|from 'node:process'/i.test(codeOf(file)));
  expect(readers).toEqual(['src/main.ts', 'src/mongo/launcher/lock.ts']);
});

test('the demo is a client: only its server.ts may import what the server is made of', () => {
  const importers = filesIn('demo').filter((file) => importsOf(file).some(isOurs));
  expect(importers.filter((file) => file !== 'demo/server.ts')).toEqual([]);
});

test(`no file has ${MAX_LINES} lines or more`, () => {
  const long = files
    .map((file) => ({ file, lines: textOf(file).split('\n').length - 1 }))
    .filter(({ lines }) => lines >= MAX_LINES);
  expect(long).toEqual([]);
});

/** The first files found that import each other in a ring, types included. */
function circle(): string[] | null {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return null;
    const inner = importsOf(file)
      .filter(isOurs)
      .map((name) => name.replace(/\.js$/, '.ts'));
    for (const one of inner) {
      const found = visit(one, [...path, file]);
      if (found !== null) return found;
    }
    done.add(file);
    return null;
  };
  for (const file of filesIn('src')) {
    const found = visit(file, []);
    if (found !== null) return found;
  }
  return null;
}

test('no files import each other in a circle, types included', () => {
  expect(circle()).toBeNull();
});
