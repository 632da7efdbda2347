import WebSocket from 'ws';
import { addBody, append } from './appends.js';
import { createClient, startConversation } from './client.js';
import { type Spread, spread } from './rate.js';
import { type Bench, residentKb } from './server.js';

const SUBSCRIBE = /* GraphQL */ `
  subscription Follow($executionId: ID!) {
    messageAdded(executionId: $executionId, afterSeq: null) {
      id
      seq
      agentName
      content { text confidence }
    }
  }
`;

export interface Delivery {
  /** From sending `addMessage` to the median and the last subscriber having it ÷ its own round trip. */
  toMedian: Spread;
  toLast: Spread;
  roundTripMs: Spread;
  lastMs: Spread;
}

/** One message at a time to many subscribers of one conversation, spread over sockets. */
export async function measureDelivery(
  { url }: Bench,
  { subscribers = 100, sockets = 10, messages = 60 } = {},
): Promise<Delivery> {
  const client = createClient(url, 1);
  const { executionId } = await startConversation(client);
  const followers = await openSockets(url, sockets);
  try {
    for (let i = 0; i < subscribers; i++) followers[i % sockets]?.subscribe(executionId);
    await settle(followers);
    const body = addBody(executionId);
    const samples: { median: number; last: number; roundTrip: number }[] = [];
    for (let i = 0; i < messages; i++) {
      const received = arrivals(followers, subscribers);
      const start = performance.now();
      await append(client, body);
      const roundTrip = performance.now() - start;
      const times = await received;
      samples.push({
        median: (times[subscribers >> 1] as number) - start,
        last: (times.at(-1) as number) - start,
        roundTrip,
      });
    }
    const kept = samples.slice(10);
    return {
      toMedian: spread(kept.map(({ median, roundTrip }) => median / roundTrip)),
      toLast: spread(kept.map(({ last, roundTrip }) => last / roundTrip)),
      roundTripMs: spread(kept.map(({ roundTrip }) => roundTrip)),
      lastMs: spread(kept.map(({ last }) => last)),
    };
  } finally {
    for (const follower of followers) follower.close();
    client.close();
  }
}

/** kB of the server's memory that one more waiting subscriber takes, its share of a socket and a feed included. */
export async function measureMemory(
  bench: Bench,
  { subscribers = 1_000, sockets = 50, conversations = 50 } = {},
): Promise<number> {
  const client = createClient(bench.url, 4);
  const executions: string[] = [];
  for (let i = 0; i < conversations; i++) executions.push((await startConversation(client)).executionId);
  const open = async (count: number): Promise<Follower[]> => {
    const followers = await openSockets(bench.url, sockets);
    for (let i = 0; i < count; i++) {
      followers[i % sockets]?.subscribe(executions[i % conversations] as string);
    }
    await settle(followers);
    return followers;
  };
  // A few once before: code and tables that come with the first subscribers are not the next ones'.
  for (const follower of await open(subscribers / 10)) follower.close();
  await pause(500);
  const before = await residentKb(bench);
  const followers = await open(subscribers);
  const after = await residentKb(bench);
  for (const follower of followers) follower.close();
  client.close();
  return (after - before) / subscribers;
}

interface Follower {
  subscribe(executionId: string): void;
  onEvent: () => void;
  /** Resolves once the server has taken all frames sent so far. */
  settled(): Promise<void>;
  close(): void;
}

const openSockets = (url: string, count: number): Promise<Follower[]> =>
  Promise.all(Array.from({ length: count }, () => openSocket(url)));

/** graphql-transport-ws in as few words as it takes: a client library would be measured along with the server. */
async function openSocket(url: string): Promise<Follower> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws', {
    perMessageDeflate: false,
  });
  const send = (message: object) => socket.send(JSON.stringify(message));
  let isAcknowledged = () => {};
  let isPonged = () => {};
  let count = 0;
  const follower: Follower = {
    onEvent: () => {},
    subscribe(executionId) {
      const payload = { query: SUBSCRIBE, variables: { executionId } };
      send({ id: String(++count), type: 'subscribe', payload });
    },
    settled: () =>
      new Promise((resolve) => {
        isPonged = resolve;
        send({ type: 'ping' });
      }),
    close: () => socket.close(),
  };
  socket.on('message', (frame) => {
    const message = JSON.parse(String(frame));
    if (message.type === 'next' && message.payload.errors === undefined) follower.onEvent();
    else if (message.type === 'connection_ack') isAcknowledged();
    else if (message.type === 'pong') isPonged();
    else throw new Error(`Expected an event, got ${String(frame)}`);
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  await new Promise<void>((resolve) => {
    isAcknowledged = resolve;
    send({ type: 'connection_init' });
  });
  return follower;
}

/** Subscriptions are taken in turn with pings, but begin only once their conversation was read. */
async function settle(followers: readonly Follower[]): Promise<void> {
  await Promise.all(followers.map((follower) => follower.settled()));
  await pause(1_000);
}

/** When each of the next `count` events came, in order. */
const arrivals = (followers: readonly Follower[], count: number): Promise<number[]> =>
  new Promise((resolve) => {
    const times: number[] = [];
    const onEvent = () => {
      times.push(performance.now());
      if (times.length === count) resolve(times);
    };
    for (const follower of followers) follower.onEvent = onEvent;
  });

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
