import { expect, test } from '@jest/globals';
import { checkVersion } from '../../src/mongo/launcher/mongod.js';

test('a mongod must be of MongoDB 6.0 or later', () => {
  for (const maxWireVersion of [17, 21, 27]) expect(() => checkVersion({ maxWireVersion })).not.toThrow();
  for (const maxWireVersion of [9, 13]) {
    expect(() => checkVersion({ maxWireVersion })).toThrow(
      `Expected MongoDB 6.0 or later (wire version 17), got wire version ${maxWireVersion}.`,
    );
  }
});
