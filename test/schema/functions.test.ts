import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { parseSync } from '@swc/core';

const src = fileURLToPath(new URL('../../src/', import.meta.url));
const MAX_LINES = 60;

/** Those that may be longer, and why. */
const LONGER: Readonly<Record<string, string>> = {
  'transport/graphqlHttp.ts createGraphqlHttp': 'It is to be written anew, by stages.',
  'events/userFeed.ts openUserFeed': 'The feeds are to get objects of their own for what they remember.',
  'events/conversationFeed.ts follow': 'As the feed of a user.',
  'events/changePoll.ts createChangePoll': 'As the feed of a user.',
  'events/streams.ts createStreams': 'It joins the feeds, and follows them.',
};

interface Found {
  name: string;
  lines: number;
}

/** Every function of a text, with its lines from the first to the last: those inside it count in it, too. */
function functionsOf(text: string): Found[] {
  // Spans are bytes, counted on from what was parsed before. They begin with the first token: now that is our own.
  const code = `;${text}`;
  const bytes = Buffer.from(code);
  const module = parseSync(code, { syntax: 'typescript', target: 'es2022' });
  const linesIn = (start: number, end: number): number =>
    bytes
      .subarray(start - module.span.start, end - module.span.start)
      .toString()
      .split('\n').length;
  const found: Found[] = [];
  const visit = (node: unknown, around: string): void => {
    if (Array.isArray(node)) for (const one of node) visit(one, around);
    if (!isNode(node)) return;
    const name = nameOf(node) ?? around;
    const { span } = node;
    if (isFunction(node) && span !== undefined) found.push({ name, lines: linesIn(span.start, span.end) });
    for (const inner of Object.values(node)) visit(inner, name);
  };
  visit(module.body, 'module');
  return found;
}

interface AnyNode {
  [key: string]: unknown;
  type?: string;
  span?: { start: number; end: number };
}

const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isFunction = ({ type, body, function: own }: AnyNode): boolean =>
  /Function|Method|Constructor/.test(type ?? '') && (body != null || own != null);

/** What is declared, or the key of a property. */
function nameOf({ identifier, id, key }: AnyNode): string | null {
  for (const one of [identifier, id, key]) {
    if (isNode(one) && typeof one['value'] === 'string') return one['value'];
  }
  return null;
}

test('finds functions of every kind, with all their lines', () => {
  const text = [
    '// Größer: more bytes than characters.',
    'export function declared() {',
    '  return {',
    '    method() {',
    '      return 1;',
    '    },',
    '  };',
    '}',
    'export const arrow = async () =>',
    '  1;',
    'export class Shape {',
    '  grow() {',
    '    return 1;',
    '  }',
    '}',
  ].join('\n');
  for (let times = 0; times < 2; times++) {
    expect(functionsOf(text)).toEqual([
      { name: 'declared', lines: 7 },
      { name: 'method', lines: 3 },
      { name: 'arrow', lines: 2 },
      { name: 'grow', lines: 3 },
    ]);
  }
});

test(`no function is longer than ${MAX_LINES} lines`, () => {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts') && !name.startsWith('generated/'));
  const long = files.flatMap((file) =>
    functionsOf(readFileSync(join(src, file), 'utf8'))
      .filter(({ lines }) => lines > MAX_LINES)
      .map(({ name }) => `${file} ${name}`),
  );
  expect(long.filter((name) => !Object.hasOwn(LONGER, name))).toEqual([]);
});
