import { percentile } from './compare.js';
import type { Findings } from '../fault.js';
import type { Probed } from './probes.js';

/** From when to when the database was away. */
export interface Outage {
  leftMs: number;
  returnedMs: number;
}

/** Every answer comes within this. */
export const ANSWER_MS = 3_000;
/** After so long that it is away is known: from then on nobody is made to wait for it. */
const KNOWN_MS = 2_500;
const FAST_MS = 300;

export const LIVE = 'liveness';
export const READY = 'readiness';

/** `gone`: nothing can be read. `slow`: too slow to work with, though it answers. `late`: all is to be served. */
export type Distance = 'gone' | 'slow' | 'late';

export interface AwayChecks {
  answers: readonly Probed[];
  outages: readonly Outage[];
  /** How far away it was. */
  distance: Distance;
  /** What no answer may tell, beside the names of hosts. */
  ports: readonly number[];
}

type Missed = Pick<Findings, 'failures' | 'late' | 'overdue'>;

/** What is wrong with the answers to probes, in sentences. */
export function checkAnswers({ answers, outages, distance, ports }: AwayChecks): Missed {
  const during = outages.flatMap(({ leftMs, returnedMs }) =>
    answers.filter(({ sentMs, ms }) => sentMs > leftMs && sentMs + ms < returnedMs),
  );
  const known = outages.flatMap(({ leftMs, returnedMs }) =>
    answers.filter(({ sentMs }) => sentMs > leftMs + KNOWN_MS && sentMs < returnedMs),
  );
  const telling = new RegExp(`127\\.0\\.0\\.1|localhost|mongo|secantus|\\b(${ports.join('|')})\\b`, 'i');
  const operations = answers.filter(isOperation);
  const failures = [
    ...some(answers, 'were not answered', ({ status }) => status === null),
    ...some(
      operations,
      'failed otherwise than with UNAVAILABLE',
      ({ code }) => code !== null && code !== 'UNAVAILABLE',
    ),
    ...some(
      operations,
      'said UNAVAILABLE without HTTP 503 and Retry-After',
      ({ code, status, retryAfter }) => code === 'UNAVAILABLE' && (status !== 503 || retryAfter === null),
    ),
    ...some(
      operations,
      'told where the database is',
      ({ code, text }) => code !== null && telling.test(text),
    ),
    ...some(answers, 'said that it is not live', ({ what, status }) => what === LIVE && status !== 200),
    ...(distance === 'gone' ? checkUnserved(during) : []),
  ];
  const isKnown = distance !== 'late';
  return {
    failures,
    late: isKnown ? checkFast(known) : [],
    overdue: [
      ...some(answers, `took longer than ${ANSWER_MS} ms`, ({ ms }) => ms > ANSWER_MS),
      ...(isKnown ? checkKnown(known) : []),
    ],
  };
}

/** Sent after it left, nothing can have been read. */
const checkUnserved = (during: readonly Probed[]): string[] =>
  some(during.filter(isOperation), 'were served without a database', ({ code }) => code === null);

function checkKnown(known: readonly Probed[]): string[] {
  const ready = known.filter(({ what }) => what === READY);
  return [
    ...some(ready, 'said that it is ready without a database', ({ status }) => status !== 503),
    ...(ready.length > 0 ? [] : ['Nothing was asked while it was known to be away.']),
  ];
}

function checkFast(known: readonly Probed[]): string[] {
  const median = percentile(ascending(known.filter(isOperation)), 50);
  if (median === null) return ['No operation was asked for while it was known to be away.'];
  if (median <= FAST_MS) return [];
  return [`Expected answers at once when it is known to be away, the median took ${Math.round(median)} ms.`];
}

/** "3 × readiness, query said …", with the worst of them; none where there is none. */
function some(answers: readonly Probed[], said: string, isSo: (answer: Probed) => boolean): string[] {
  const found = answers.filter(isSo);
  const worst = found.reduce<Probed | null>(
    (slowest, one) => (one.ms > (slowest?.ms ?? 0) ? one : slowest),
    null,
  );
  if (worst === null) return [];
  const whats = [...new Set(found.map(({ what }) => what))].join(', ');
  const told = `${worst.status} after ${Math.round(worst.ms)} ms: ${worst.text.slice(0, 200)}`;
  return [`${found.length} answers (${whats}) ${said}, such as ${told}`];
}

export const isOperation = ({ what }: Probed): boolean => what !== LIVE && what !== READY;

const ascending = (answers: readonly Probed[]): number[] => answers.map(({ ms }) => ms).sort((a, b) => a - b);

/** Figures worth telling. */
export function tellAnswers({ answers, outages }: Pick<AwayChecks, 'answers' | 'outages'>): string[] {
  const whats = [...new Set(answers.map(({ what }) => what))];
  const slowest = whats.map((what) => {
    const times = ascending(answers.filter((answer) => answer.what === what));
    return `${what} ${Math.round(times.at(-1) ?? 0)} ms`;
  });
  const known = outages.flatMap(({ leftMs, returnedMs }) =>
    answers.filter(({ sentMs }) => sentMs > leftMs + KNOWN_MS && sentMs < returnedMs),
  );
  const median = percentile(ascending(known.filter(isOperation)), 50);
  return [
    `slowest: ${slowest.join(', ')}; of ${answers.length}`,
    ...(median === null ? [] : [`median answer once it is known to be away: ${median.toFixed(1)} ms`]),
  ];
}
