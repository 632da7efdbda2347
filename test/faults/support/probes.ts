import { onCleanup } from './cleanup.js';

/** One request that is made again and again. */
export interface Ask {
  /** What it is called in failures. */
  what: string;
  path: string;
  /** Made anew for each; without one it is a GET. */
  body?: () => { query: string; variables?: Record<string, unknown> };
  /** 100 unless told otherwise. */
  everyMs?: number;
  /** Where the server asks for a token. */
  authorization?: string | undefined;
}

/** How one of them was answered. Instants are by `performance.now()`. */
export interface Probed {
  what: string;
  sentMs: number;
  /** Until the whole answer was there. */
  ms: number;
  /** Null when there was no answer. */
  status: number | null;
  /** Of its first error, null without one. */
  code: string | null;
  retryAfter: string | null;
  /** The whole body, or why there is none. */
  text: string;
}

export interface Probes {
  /** In the order in which they came. */
  readonly answers: readonly Probed[];
  /** Asks nothing more; resolves when all is answered. */
  stop(): Promise<void>;
}

/** So late an answer is none. */
const LIMIT_MS = 15_000;

/** Asks on time, whether the one before is answered or not: a server that is slow is not asked less for it. */
export function startProbes(url: string, asks: readonly Ask[]): Probes {
  const answers: Probed[] = [];
  const open = new Set<Promise<void>>();
  const timers = asks.map((ask) =>
    setInterval(() => {
      const one: Promise<void> = probe(url, ask).then((probed) => {
        answers.push(probed);
        open.delete(one);
      });
      open.add(one);
    }, ask.everyMs ?? 100),
  );
  const stop = async (): Promise<void> => {
    for (const timer of timers) clearInterval(timer);
    await Promise.all(open);
  };
  onCleanup(() => {
    for (const timer of timers) clearInterval(timer);
  });
  return { answers, stop };
}

/** Asks once. */
export async function probe(url: string, { what, path, body, authorization }: Ask): Promise<Probed> {
  const sentMs = performance.now();
  try {
    const response = await fetch(url + path, {
      ...(body && {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(authorization !== undefined && { authorization }),
        },
        body: JSON.stringify(body()),
      }),
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    const text = await response.text();
    return {
      what,
      sentMs,
      ms: performance.now() - sentMs,
      text,
      status: response.status,
      code: codeOf(text),
      retryAfter: response.headers.get('retry-after'),
    };
  } catch (error) {
    const ms = performance.now() - sentMs;
    return { what, sentMs, ms, status: null, code: null, retryAfter: null, text: String(error) };
  }
}

function codeOf(text: string): string | null {
  try {
    const { errors } = JSON.parse(text) as { errors?: { extensions?: { code?: string } }[] };
    return errors === undefined ? null : (errors[0]?.extensions?.code ?? 'none');
  } catch {
    return 'not JSON';
  }
}
