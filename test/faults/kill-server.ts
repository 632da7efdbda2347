import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault, noFindings } from './fault.js';
import { startConversation } from './support/api.js';
import { deliveryTimes, percentile } from './support/compare.js';
import { createLedger } from './support/ledger.js';
import { choosePort, spawnApp } from './support/processes.js';
import { subscribe } from './support/subscribers.js';
import { startWriters } from './support/writers.js';

const ROUNDS = { full: 50, short: 3 };

export const killServer: Fault = {
  name: 'kill-server',
  promise: 'P1 P2 P3 P4',
  title:
    '50 × kill -9 of the server under 4 writers and 6 reconnecting subscribers: 0 lost, 0 stored twice, 0 missing, 0 repeated, 0 out of order',
  broken: 'subscribers resume from now',

  async run({ scale, isBroken, say, database }) {
    const rounds = ROUNDS[scale];
    const settings = {
      mongodbUri: database.uri,
      mongodbDatabase: database.newName(),
      maxPoolSize: database.poolSize,
      port: await choosePort(),
    };
    let app = await spawnApp(settings);
    const { url } = app;
    const urls = () => url;
    const executionIds = [await startConversation(url), await startConversation(url)];
    const ledger = createLedger();
    const subscribers = executionIds.flatMap((executionId) =>
      [1, 2, 3].map(() => subscribe({ urls, executionId, resume: isBroken ? 'from-now' : 'after-last' })),
    );
    const writers = startWriters({ urls, executionIds, writers: 4, ledger });

    let recoveredMs = 0;
    await writers.acknowledgedAfter(performance.now());
    for (let round = 1; round <= rounds; round++) {
      await sleep(100 + Math.random() * 500);
      const killedMs = performance.now();
      await app.kill();
      app = await spawnApp(settings);
      const { answeredMs } = await writers.acknowledgedAfter(killedMs);
      recoveredMs = Math.max(recoveredMs, answeredMs - killedMs);
      if (round % 10 === 0) say(`${round} of ${rounds} kills, ${ledger.acknowledged.length} acknowledged`);
    }
    await writers.stop();

    const checked = await ledger.check({ url, subscribers, limitMs: isBroken ? 2_000 : 20_000 });
    const delivery = percentile(deliveryTimes(ledger.acknowledged, subscribers), 50);
    const connects = subscribers.reduce((sum, subscriber) => sum + subscriber.connects, 0);
    return {
      ...noFindings(),
      ...checked,
      rounds,
      recoveredMs,
      notes: [`delivery p50 ${delivery?.toFixed(1)} ms`, `${connects} connections of 6 subscribers`],
    };
  },
};
