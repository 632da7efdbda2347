import { Session } from 'node:inspector';
import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import { USUAL_LIMITS } from '../../src/limits.js';
import { readRequest } from '../../src/transport/graphqlRequest.js';
import { createHoldings } from '../../src/transport/holdings.js';
import { until } from '../support/until.js';

const limits = { ...USUAL_LIMITS, unfinishedBytes: 65_536 };
const holdings = createHoldings(limits.unfinishedBytes);

/** A POST whose body comes as it is written. */
function begin() {
  const body = new PassThrough();
  const request = Object.assign(body, { method: 'POST', headers: { 'content-type': 'application/json' } });
  const reading = { limits, holdings, userId: 'a', turn: async () => {} };
  return { body, read: readRequest(request as unknown as IncomingMessage, reading) };
}

/** Writes what nobody else holds. */
function writePart(body: PassThrough, bytes: number): WeakRef<Buffer> {
  const part = Buffer.alloc(bytes, ' ');
  body.write(part);
  return new WeakRef(part);
}

test('a body that is given up is let go of at once, though no more of it ever comes', async () => {
  const session = new Session();
  session.connect();
  const stalled = begin();
  const part = writePart(stalled.body, 50_000);
  // Streams hold on to the last part they passed on.
  await until('it was read', () => stalled.body.readableLength === 0);
  stalled.body.write('{');
  const other = begin();
  other.body.write(Buffer.alloc(40_000, ' '));
  await until('it is let go of', () => {
    session.post('HeapProfiler.collectGarbage');
    return part.deref() === undefined;
  });
  session.disconnect();
  stalled.body.end('}');
  other.body.end('{}');
  expect(await stalled.read).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
  expect(await other.read).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
});
