import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { agentPath, cleanName, isAgentName, nameKey, parseAgentPath } from '../../src/domain/agentName.js';

const anyName = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 64 })
  .map(cleanName)
  .filter(isAgentName);

test('the path of any agent leads back to its name', () => {
  fc.assert(
    fc.property(anyName, fc.constantFrom('weight', 'learned_weight', 'slope'), (agentName, what) => {
      expect(parseAgentPath(agentPath(agentName, what))).toEqual({ agentName, what });
    }),
  );
});

test('a name as it is kept stays as it is, and so does what its spellings have in common', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (given) => {
      const name = cleanName(given);
      expect(cleanName(name)).toBe(name);
      expect(nameKey(nameKey(name))).toBe(nameKey(name));
    }),
  );
});
