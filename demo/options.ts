import { parseArgs } from 'node:util';
import { MAX_DAYS } from './market.js';

export interface DemoOptions {
  /** How many days are replayed, 1 to `MAX_DAYS`. */
  days: number;
  /** Whether the demo ends by itself, and its server with it. */
  exit: boolean;
  json: boolean;
  help: boolean;
  /** A server that runs already; undefined: one is started. */
  url: string | undefined;
}

/** Wrong words on the command line; the message is for the person who typed them. */
export class UsageError extends Error {
  override name = 'UsageError';
}

export const USAGE = `npm run demo -- [--days N] [--exit] [--json] [--url URL]

  --days N   trading days to replay, 1 to ${MAX_DAYS} (250)
  --exit     end when done; otherwise the server stays up with the data until Ctrl-C
  --json     one JSON document on stdout, progress on stderr
  --url URL  use a running server, http://127.0.0.1:4000 for instance
`;

/** Checks the words after the script's name; throws `UsageError`. */
export function parseOptions(args: string[]): DemoOptions {
  const values = parse(args);
  const days = Number(values.days ?? '250');
  if (!/^\d+$/.test(values.days ?? '250') || days < 1 || days > MAX_DAYS) {
    throw new UsageError(`Expected --days from 1 to ${MAX_DAYS}, got ${values.days}.`);
  }
  return {
    days,
    exit: values.exit ?? false,
    json: values.json ?? false,
    help: values.help ?? false,
    url: values.url === undefined ? undefined : endpoint(values.url),
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        days: { type: 'string' },
        exit: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        url: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** The GraphQL address behind what a person types: `/graphql` is added where no path is given. */
export function endpoint(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`Expected --url to be an http or https address, got ${text}.`);
  }
  if (url.pathname === '/') url.pathname = '/graphql';
  return url.href;
}

/** The address of the streams of the GraphQL server at `url`. */
export function socketEndpoint(url: string): string {
  return url.replace(/^http/, 'ws');
}
