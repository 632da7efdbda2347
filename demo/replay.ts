import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { AGENTS, type Agent, type Opinion } from './agents.js';
import type { Client, Variables } from './client.js';
import { volatility } from './indicators.js';
import {
  type Action,
  type Bar,
  FIRST_DAY,
  historyAt,
  holdBand,
  NOTIONAL,
  nextMove,
  settle,
} from './market.js';
import type { StartConversationData, VerdictData } from './operations.js';
import { ADD_MESSAGE, RECORD_FEEDBACK, RECORD_OUTCOME, START_CONVERSATION, VERDICT } from './operations.js';
import type { Observer, Streams } from './streams.js';

/** What a replay needs. */
export interface Replay {
  client: Client;
  streams: Streams;
  observer: Observer;
  bars: readonly Bar[];
  /** How many days were replayed before; 0 at first. */
  firstDay: number;
  /** Up to which day. */
  days: number;
  /** What each agent waits for before it speaks, one after the other; 0 is at full speed, several at once. */
  paceMs: number;
  /** Ends it between two messages. */
  signal?: AbortSignal;
  /** A fresh node, so that what it learns comes from this run only. */
  userNodeId: string;
}

interface Voice extends Opinion {
  agent: Agent;
}

const SYMBOL = 'SPX';
const IN_FLIGHT = 4;
const DAY_SECONDS = 86_400;
const VERDICT_WITHIN_MS = 10_000;
/** How a screen tells the roles apart. */
const UI: Readonly<Record<string, { icon: string; color: string }>> = {
  trend: { icon: 'chart', color: '#2f7fd1' },
  contrarian: { icon: 'scale', color: '#9a68d0' },
  risk: { icon: 'shield', color: '#c9701e' },
  control: { icon: 'robot', color: '#7a8794' },
};
const SENTIMENT = { BUY: 'BULLISH', SELL: 'BEARISH', HOLD: 'NEUTRAL' } as const;

/** 24 random hex digits. */
export function newId(): string {
  return randomBytes(12).toString('hex');
}

/** Plays the days one after the other, since a vote is to use the feedback of the day before. */
export async function replay(run: Replay): Promise<{ seconds: number; lastExecutionId: string }> {
  const began = performance.now();
  const flowId = newId();
  let executionId = '';
  for (let day = run.firstDay; day < run.days; day += 1) {
    executionId = newId();
    await playDay(run, day, { executionId, flowId, userNodeId: run.userNodeId });
  }
  return { seconds: (performance.now() - began) / 1000, lastExecutionId: executionId };
}

type Ids = Record<'executionId' | 'flowId' | 'userNodeId', string>;

async function playDay(run: Replay, day: number, ids: Ids): Promise<void> {
  const { client, streams } = run;
  const { executionId } = ids;
  const index = FIRST_DAY + day;
  const history = historyAt(run.bars, index);
  const date = history.at(-1)?.date ?? '';
  run.observer.dayBegan(day + 1, date);
  const opened = await client.write<StartConversationData>(START_CONVERSATION, opening(ids, history));
  streams.followConversation(executionId, date);
  if (day === run.firstDay) streams.followVotes(opened.startConversation.conversation.createdAt);

  const voices: Voice[] = AGENTS.map((agent) => ({ agent, ...agent.judge(history) }));
  const lanes = run.paceMs > 0 ? 1 : IN_FLIGHT;
  const speak = async (input: Variables): Promise<void> => {
    if (run.paceMs > 0) await wait(run.paceMs, undefined, { ...(run.signal && { signal: run.signal }) });
    await client.write(ADD_MESSAGE, input);
  };
  await inFlight(voices, lanes, (voice) => speak(analysis(executionId, date, voice)));
  await inFlight(voices, lanes, (voice) => speak(ballot(executionId, voice)));
  const verdict = await awaitVerdict(client, executionId);

  const { success, pnl } = settle(verdict.action, nextMove(run.bars, index), holdBand(history));
  await Promise.all([
    client.write(RECORD_OUTCOME, {
      executionId,
      executed: verdict.action !== 'HOLD',
      action: verdict.action,
      reasoning:
        verdict.action === 'HOLD' ? 'Nothing to trade.' : `Traded ${NOTIONAL} at the close of ${date}.`,
    }),
    client.write(RECORD_FEEDBACK, {
      decisionId: verdict.decisionId,
      idempotencyKey: `${executionId}-next-close`,
      source: 'MARKET',
      success,
      pnl,
      timeHeld: DAY_SECONDS,
      exitReason: 'next_close',
    }),
  ]);
}

function opening(ids: Ids, history: readonly Bar[]) {
  const today = history.at(-1);
  return {
    ...ids,
    symbol: SYMBOL,
    agents: AGENTS.map((agent) => ({ agentName: agent.name })),
    decisionContext: {
      marketConditions: { date: today?.date, close: today?.close, holdBand: holdBand(history) },
      portfolioState: { notional: NOTIONAL },
      riskMetrics: { volatility20: volatility(history, 20) },
    },
  };
}

function analysis(executionId: string, date: string, { agent, action, confidence, data, text }: Voice) {
  return {
    executionId,
    idempotencyKey: `${agent.name}-analysis`,
    agentName: agent.name,
    agentRole: agent.role,
    promptVersion: 'rules-1',
    messageType: 'ANALYSIS',
    content: { text, confidence, sentiment: SENTIMENT[action], data: { date, ...data } },
    ui: UI[agent.role],
  };
}

function ballot(executionId: string, { agent, action, confidence }: Voice) {
  return {
    executionId,
    idempotencyKey: `${agent.name}-ballot`,
    agentName: agent.name,
    agentRole: agent.role,
    promptVersion: 'rules-1',
    messageType: 'VOTE',
    phase: 'TRADE_DECISION',
    content: {
      text: `${action} at the close, with ${confidence} %.`,
      confidence,
      sentiment: SENTIMENT[action],
    },
    vote: { action, confidence },
    ui: { color: UI[agent.role]?.color },
  };
}

/** The decision that the tenth ballot brought about; it is usually there at the first look. */
async function awaitVerdict(
  client: Client,
  executionId: string,
): Promise<{ decisionId: string; action: Action }> {
  const until = performance.now() + VERDICT_WITHIN_MS;
  for (let pauseMs = 5; ; pauseMs = Math.min(200, 2 * pauseMs)) {
    const { conversation } = await client.read<VerdictData>(VERDICT, { executionId });
    const decision = conversation?.decision;
    if (decision) return { decisionId: decision.id, action: decision.decision.action };
    if (performance.now() > until) {
      throw new Error(
        `Expected execution ${executionId} to be decided, its status is ${conversation?.status}.`,
      );
    }
    await wait(pauseMs);
  }
}

/** Runs `work` on each item, at most `limit` at a time; the first failure is thrown once all have ended. */
export async function inFlight<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const queue = [...items];
  const lane = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  const lanes = await Promise.allSettled(Array.from({ length: limit }, lane));
  for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason;
}
