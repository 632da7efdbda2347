import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Json } from '../../src/domain/message.js';
import { escapeKey, escapeKeys, unescapeKey, unescapeKeys } from '../../src/mongo/freeKeys.js';

const SPECIAL = [
  '',
  '%',
  '%2E',
  '%25',
  '$',
  '$a.b',
  '__proto__',
  '_bsontype',
  '%5F_proto__',
  '.',
  '\0',
  'constructor',
];
const key = fc.oneof(
  fc.constantFrom(...SPECIAL),
  fc.string({ unit: fc.constantFrom(...'a.$%\x002E5F_') }),
  fc.string({ unit: 'binary' }),
);

const UNSAFE = /^\$|[.\0]|^__proto__$|^_bsontype$/;

const keysOf = (value: Json): string[] =>
  typeof value === 'object' && value !== null
    ? [...(Array.isArray(value) ? [] : Object.keys(value)), ...Object.values(value).flatMap(keysOf)]
    : [];

test('any key comes back from how it is stored, which has no dot, no NUL and no $ in front', () => {
  fc.assert(
    fc.property(key, (name) => {
      expect(unescapeKey(escapeKey(name))).toBe(name);
      expect(escapeKey(name)).not.toMatch(UNSAFE);
    }),
  );
});

const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, 0, -1.5, 'text', ''),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.array(fc.tuple(key, tie('json')), { maxLength: 4 }).map((members) => Object.fromEntries(members)),
  ),
}));

test('any JSON comes back from how it is stored, which is the same where no key has to be escaped', () => {
  fc.assert(
    fc.property(json, (value) => {
      const { stored, isEscaped } = escapeKeys(value);
      const text = JSON.stringify(stored);
      expect(JSON.stringify(unescapeKeys(stored, isEscaped))).toBe(JSON.stringify(value));
      if (!isEscaped) expect(text).toBe(JSON.stringify(value));
      for (const name of keysOf(stored)) expect(name).not.toMatch(UNSAFE);
    }),
  );
});
