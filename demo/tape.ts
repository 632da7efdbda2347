import type { WriteStream } from 'node:tty';
import { createLogUpdate } from 'log-update';
import type { MessageEvent, VoteEvent } from './operations.js';
import type { Observer } from './streams.js';

const TAPE_LINES = 12;
const BAR_CELLS = 24;
const REDRAW_MS = 100;
const PLAIN_PROGRESS_MS = 5_000;
const PLAIN_CONSENSUS_MS = 1_000;

/** Draws the replay as it runs. */
export interface Tape extends Observer {
  /** Draws the last state and leaves it on the screen. */
  end(): void;
}

/** How far the replay is; `elapsedMs` counts from the first day's beginning. */
export interface Progress {
  day: number;
  days: number;
  date: string;
  /** Days whose vote has been heard of. */
  decided: number;
  elapsedMs: number;
}

/** `day 125/250 2001-07-03 ████████████············ 50 % · 12 s left · 10.3 decisions/s` */
export function progressLine({ day, days, date, decided, elapsedMs }: Progress): string {
  const share = decided / days;
  const cells = Math.round(share * BAR_CELLS);
  const bar = '█'.repeat(cells) + '·'.repeat(BAR_CELLS - cells);
  const perSecond = elapsedMs > 0 ? decided / (elapsedMs / 1000) : 0;
  const left = perSecond > 0 ? `${Math.ceil((days - decided) / perSecond)} s left` : 'time left unknown';
  return `day ${day}/${days} ${date} ${bar} ${Math.floor(100 * share)} % · ${left} · ${perSecond.toFixed(1)} decisions/s`;
}

/** One ballot on the tape. */
export function ballotLine(date: string, { agentName, vote }: MessageEvent): string {
  const said = vote?.action ? `${vote.action.padEnd(4)} ${vote.confidence} %` : (vote?.abstention ?? '');
  return `${date}   ${agentName.padEnd(22)} ${said}`;
}

/** One completed vote on the tape. */
export function consensusLine(date: string, { consensus }: VoteEvent): string {
  const { action, confidence, agreement, reason } = consensus;
  const stated = confidence === null ? 'no confidence' : `${confidence} %`;
  return `${date} ► SWARM                  ${action.padEnd(4)} ${stated} · ${agreement} % of the votes agree · ${reason}`;
}

/** A tape on `stream`: live where it is a terminal, plain lines at a modest rate elsewhere. */
export function createTape(stream: WriteStream, days: number): Tape {
  return stream.isTTY ? createLiveTape(stream, days) : createPlainTape(stream, days);
}

function createProgress(days: number) {
  const began = performance.now();
  const state: Progress = { day: 0, days, date: '', decided: 0, elapsedMs: 0 };
  const now = () => ({ ...state, elapsedMs: performance.now() - began });
  return { state, line: () => progressLine(now()) };
}

function createLiveTape(stream: WriteStream, days: number): Tape {
  const draw = createLogUpdate(stream);
  const progress = createProgress(days);
  const lines: string[] = [];
  const fit = (line: string) => line.slice(0, Math.max(20, (stream.columns ?? 80) - 1));
  const redraw = () => draw([...lines, '', progress.line()].map(fit).join('\n'));
  const timer = setInterval(redraw, REDRAW_MS);
  const add = (line: string) => {
    lines.push(line);
    if (lines.length > TAPE_LINES) lines.shift();
  };
  return {
    dayBegan(day, date) {
      Object.assign(progress.state, { day, date });
    },
    messageArrived(date, message) {
      if (message.messageType === 'VOTE') add(ballotLine(date, message));
    },
    voteArrived(date, vote) {
      progress.state.decided += 1;
      add(consensusLine(date, vote));
    },
    end() {
      clearInterval(timer);
      redraw();
      draw.done();
    },
  };
}

function createPlainTape(stream: WriteStream, days: number): Tape {
  const progress = createProgress(days);
  const said = { progressAt: performance.now(), tenths: 0, consensusAt: Number.NEGATIVE_INFINITY };
  const say = (line: string) => stream.write(`${line}\n`);
  return {
    dayBegan(day, date) {
      Object.assign(progress.state, { day, date });
    },
    messageArrived() {},
    voteArrived(date, vote) {
      const now = performance.now();
      progress.state.decided += 1;
      if (now - said.consensusAt >= PLAIN_CONSENSUS_MS) {
        said.consensusAt = now;
        say(consensusLine(date, vote));
      }
      const tenths = Math.floor((10 * progress.state.decided) / days);
      if (tenths > said.tenths || now - said.progressAt >= PLAIN_PROGRESS_MS) {
        Object.assign(said, { progressAt: now, tenths });
        say(progress.line());
      }
    },
    end() {},
  };
}
