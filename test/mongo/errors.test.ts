import { expect, test } from '@jest/globals';
import { MongoServerError } from 'mongodb';
import { Unavailable } from '../../src/domain/unavailable.js';
import { translated } from '../../src/mongo/errors.js';

const PASSING = [
  ['InterruptedAtShutdown', 11600],
  ['NotWritablePrimary', 10107],
  ['WriteConcernTimeout', 64],
  ['UnsatisfiableWriteConcern', 100],
  ['FailedToSatisfyReadPreference', 133],
  ['ReadConcernMajorityNotAvailableYet', 134],
  ['IncompleteTransactionHistory', 217],
  ['IngressRequestRateLimitExceeded', 462],
  ['a shard that just stepped down', 5637601],
  ['a shard that just stepped up', 5637602],
] as const;

test.each(PASSING)('tells %s as a database that cannot be reached', (codeName, code) => {
  expect(translated(new MongoServerError({ code, codeName, message: codeName }))).toBeInstanceOf(Unavailable);
});

test.each(['RetryableWriteError', 'SystemOverloadedError'])(
  'tells an error that the server labels %s as a database that cannot be reached',
  (label) => {
    const error = new MongoServerError({ code: 1, message: 'busy', errorLabels: [label] });
    expect(translated(error)).toBeInstanceOf(Unavailable);
  },
);

test('leaves a fault of a statement what it is', () => {
  const error = new MongoServerError({ code: 2, codeName: 'BadValue', message: 'unknown operator' });
  expect(translated(error)).toBe(error);
});
