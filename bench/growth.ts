import { type History, makeHistory } from './histories.js';
import { QUESTIONS, type Question } from './questions.js';
import { type Spread, spread } from './rate.js';
import type { Bench } from './server.js';

const FEW = 100;
const MANY = 20_000;
const WARM_UP = 6;
const ASKED = 31;

/** Of one question: its time over a history of 20,000 ÷ over one of 100, and both in ms. */
export interface Growth {
  what: string;
  ratio: number;
  fewMs: Spread;
  manyMs: Spread;
}

/**
 * How the time of each question grows with the history. Each history is in a database and has a server of its own, and
 * both are asked in turn, so that neither is colder than the other and the machine is as busy for both.
 */
export async function measureGrowth(bench: Bench): Promise<Growth[]> {
  const few = await makeHistory(bench, FEW);
  try {
    const many = await makeHistory(bench, MANY);
    try {
      const measured: Growth[] = [];
      for (const question of QUESTIONS) measured.push(await growthOf(question, few, many));
      return measured;
    } finally {
      await many.stop();
    }
  } finally {
    await few.stop();
  }
}

async function growthOf(question: Question, few: History, many: History): Promise<Growth> {
  const times = { few: [] as number[], many: [] as number[] };
  for (let i = 0; i < WARM_UP + ASKED; i++) {
    times.few.push(await msOf(question, few));
    times.many.push(await msOf(question, many));
  }
  const [fewMs, manyMs] = [times.few, times.many].map((all) => spread(all.slice(WARM_UP))) as [
    Spread,
    Spread,
  ];
  return { what: question.what, ratio: manyMs.median / fewMs.median, fewMs, manyMs };
}

async function msOf({ what, ask }: Question, history: History): Promise<number> {
  const startedMs = performance.now();
  try {
    await ask(history);
  } catch (error) {
    throw new Error(`Expected an answer to "${what}" over ${history.size}.`, { cause: error });
  }
  return performance.now() - startedMs;
}
