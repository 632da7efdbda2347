import { resolve } from 'node:path';
import { z } from 'zod';
import { isConnectionString } from './mongo/uri.js';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/** An empty variable is one that is not set. */
const optional = <T extends z.ZodType>(type: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), type.optional());

const SCHEMA = z.object({
  PORT: optional(z.coerce.number().int().min(0).max(65_535)),
  HOST: optional(
    z
      .string()
      .refine(
        (host) => LOOPBACK.has(host),
        'must be a loopback address (127.0.0.1, ::1, localhost): without tokens everyone is the one local user, so the server is not to be reached from elsewhere',
      ),
  ),
  MONGODB_URI: optional(
    z
      .string()
      .regex(/^mongodb(\+srv)?:\/\//, {
        error: 'must start with mongodb:// or mongodb+srv://',
        abort: true,
      })
      .refine(isConnectionString, 'must be a connection string, with its user and password percent-encoded'),
  ),
  MONGODB_DATABASE: optional(z.string().regex(/^[A-Za-z0-9_-]{1,38}$/, 'must be 1 to 38 of A-Z a-z 0-9 _ -')),
  DATA_DIR: optional(z.string()),
  SOCKET_MAX_UNSENT_BYTES: optional(z.coerce.number().int().min(65_536).max(268_435_456)),
  SOCKET_UNSENT_SECONDS: optional(z.coerce.number().int().min(1).max(600)),
  LOG_LEVEL: optional(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])),
});

/** The environment as one checked, typed value. */
export interface Config {
  port: number;
  host: string;
  mongodbUri: string | null;
  mongodbDatabase: string;
  /** Absolute. */
  dataDir: string;
  maxUnsentBytes: number;
  unsentSeconds: number;
  logLevel: string;
}

/** Every fault of the environment at once, for a person. */
export class ConfigError extends Error {
  readonly exitCode = 78;
}

/** @throws {ConfigError} */
export function parseConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = SCHEMA.safeParse(environment);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => {
      const name = path.join('.');
      return `  ${name} ${message}, got ${JSON.stringify(shown(name, environment[name]))}.`;
    });
    throw new ConfigError(`The settings are not usable:\n${faults.join('\n')}`);
  }
  const { data } = parsed;
  return {
    port: data.PORT ?? 4000,
    host: data.HOST ?? '127.0.0.1',
    mongodbUri: data.MONGODB_URI ?? null,
    mongodbDatabase: data.MONGODB_DATABASE ?? 'swarm',
    dataDir: resolve(data.DATA_DIR ?? '.data'),
    maxUnsentBytes: data.SOCKET_MAX_UNSENT_BYTES ?? 1_048_576,
    unsentSeconds: data.SOCKET_UNSENT_SECONDS ?? 10,
    logLevel: data.LOG_LEVEL ?? 'info',
  };
}

/** A connection string may hold a password: no more than its scheme is shown. */
const shown = (name: string, value: string | undefined): string | undefined =>
  name === 'MONGODB_URI' ? value?.replace(/^([a-z+]*:\/\/)?.*$/s, '$1…') : value;
