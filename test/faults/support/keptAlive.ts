import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { onCleanup } from './cleanup.js';

/** How it was answered; a status of null is a connection that was refused or ended. */
export interface ReadyAnswer {
  sentMs: number;
  status: number | null;
}

/** Asks over one connection that is kept whether the server is ready, every 20 ms, as a balancer does. */
export async function askReady(url: string): Promise<{ stop(): Promise<ReadyAnswer[]> }> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const answers: ReadyAnswer[] = [];
  let isStopped = false;
  onCleanup(() => {
    isStopped = true;
    agent.destroy();
  });
  const ask = async (): Promise<void> => {
    while (!isStopped) {
      const sentMs = performance.now();
      answers.push({ sentMs, status: await statusOf(`${url}/health/ready`, agent) });
      await sleep(20);
    }
  };
  const asking = ask();
  return {
    async stop() {
      isStopped = true;
      await asking;
      agent.destroy();
      return answers;
    },
  };
}

const statusOf = (url: string, agent: Agent): Promise<number | null> =>
  new Promise((resolve) => {
    get(url, { agent, timeout: 5_000 }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? null));
      response.once('error', () => resolve(null));
    })
      .once('error', () => resolve(null))
      .once('timeout', () => resolve(null));
  });
