import { resolve } from 'node:path';
import { z } from 'zod';
import { LIMIT_SETTINGS, type Limits } from './limits.js';
import { isConnectionString } from './mongo/uri.js';
import { plainOrigin } from './plainOrigin.js';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/** An empty variable is one that is not set. */
const optional = <T extends z.ZodType>(type: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), type.optional());

const wholeNumber = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`;
  const isFit = (value: number): boolean => Number.isInteger(value) && value >= least && value <= most;
  return optional(z.coerce.number({ error }).refine(isFit, { error }));
};

const LIMITS = Object.values(LIMIT_SETTINGS);

const SCHEMA = z.object({
  ...Object.fromEntries(LIMITS.map(({ variable, least, most }) => [variable, wholeNumber(least, most)])),
  PORT: wholeNumber(0, 65_535),
  HOST: optional(z.string()),
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
  MONGODB_CONNECT_TIMEOUT_MS: wholeNumber(100, 60_000),
  MONGODB_SELECTION_TIMEOUT_MS: wholeNumber(100, 60_000),
  DATA_DIR: optional(z.string()),
  AUTH_JWT_SECRET: optional(
    z
      .string()
      .refine((secret) => Buffer.byteLength(secret) >= 32, 'must have 32 bytes or more, as HS256 needs'),
  ),
  AUTH_JWKS_URL: optional(z.url({ protocol: /^https?$/, error: 'must be an http or https URL' })),
  AUTH_ISSUER: optional(z.string()),
  AUTH_AUDIENCE: optional(z.string()),
  AUTH_USER_CLAIM: optional(z.string()),
  AUTH_SCOPE_CLAIM: optional(z.string()),
  AUTH_SCOPE_PREFIX: optional(z.string()),
  AUTH_AGENT_CLAIM: optional(z.string()),
  ALLOWED_ORIGINS: optional(
    z
      .string()
      .transform((origins) => origins.split(',').map((origin) => origin.trim()))
      .transform((origins) => origins.filter((origin) => origin !== '').map(plainOrigin))
      .refine(
        (origins) => origins.every((origin) => origin !== null),
        'must be origins such as https://app.example.com, without a path or `*`, with commas between',
      ),
  ),
  PLAYGROUND: optional(z.enum(['on', 'off'])),
  LOG_LEVEL: optional(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])),
});

/** What only some settings together get wrong; looked at whatever else is wrong, so that all is told at once. */
function faultsTogether({ HOST, AUTH_JWT_SECRET, AUTH_JWKS_URL }: NodeJS.ProcessEnv): [string, string][] {
  const isLocal = !AUTH_JWT_SECRET && !AUTH_JWKS_URL;
  return [
    ...(isLocal && HOST && !LOOPBACK.has(HOST) ? [['HOST', NOT_LOOPBACK] satisfies [string, string]] : []),
    ...(AUTH_JWT_SECRET && AUTH_JWKS_URL ? [['AUTH_JWKS_URL', ONE_KEY] satisfies [string, string]] : []),
  ];
}

const NOT_LOOPBACK =
  'must be a loopback address (127.0.0.1, ::1, localhost): without tokens everyone is the one local user, so the server is not to be reached from elsewhere';
const ONE_KEY = 'must be left out where AUTH_JWT_SECRET is set: tokens are checked by one or the other';

/** The environment as one checked, typed value. */
export interface Config {
  port: number;
  host: string;
  mongodbUri: string | null;
  mongodbDatabase: string;
  /** For one connection to the database, with TLS and log-in. */
  connectTimeoutMs: number;
  /** That a call waits for the primary to be found. */
  selectionTimeoutMs: number;
  /** Absolute. */
  dataDir: string;
  /** By what tokens are checked; null is local mode. */
  auth: {
    key: { secret: string } | { jwksUrl: string };
    issuer: string | null;
    audience: string | null;
    /** Where tokens say what; undefined is the usual place. */
    userClaim: string | undefined;
    scopeClaim: string | undefined;
    scopePrefix: string | undefined;
    agentClaim: string | undefined;
  } | null;
  /** Beside the server's own. */
  allowedOrigins: string[];
  limits: Limits;
  /** Whether partners may try the API in a browser. */
  hasPlayground: boolean;
  logLevel: string;
}

/** Every fault of the environment at once, for a person. */
export class ConfigError extends Error {
  readonly exitCode = 78;
}

/** @throws {ConfigError} */
export function parseConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = SCHEMA.safeParse(environment);
  const together = faultsTogether(environment);
  if (!parsed.success || together.length > 0) {
    const single = parsed.error?.issues ?? [];
    const found = [
      ...single.map(({ path, message }): [string, string] => [path.join('.'), message]),
      ...together,
    ];
    const faults = found.map(
      ([name, message]) => `  ${name} ${message}, got ${JSON.stringify(shown(name, environment[name]))}.`,
    );
    throw new ConfigError(`The settings are not usable:\n${faults.join('\n')}`);
  }
  const { data } = parsed;
  return {
    port: data.PORT ?? 4000,
    host: data.HOST ?? '127.0.0.1',
    mongodbUri: data.MONGODB_URI ?? null,
    mongodbDatabase: data.MONGODB_DATABASE ?? 'swarm',
    connectTimeoutMs: data.MONGODB_CONNECT_TIMEOUT_MS ?? 1_000,
    selectionTimeoutMs: data.MONGODB_SELECTION_TIMEOUT_MS ?? 1_500,
    dataDir: resolve(data.DATA_DIR ?? '.data'),
    auth: authOf(data),
    allowedOrigins: data.ALLOWED_ORIGINS ?? [],
    limits: limitsOf(data),
    hasPlayground: data.PLAYGROUND !== 'off',
    logLevel: data.LOG_LEVEL ?? 'info',
  };
}

type Settings = z.infer<typeof SCHEMA>;

function authOf({ AUTH_JWT_SECRET, AUTH_JWKS_URL, ...settings }: Settings): Config['auth'] {
  const checked = {
    issuer: settings.AUTH_ISSUER ?? null,
    audience: settings.AUTH_AUDIENCE ?? null,
    userClaim: settings.AUTH_USER_CLAIM,
    scopeClaim: settings.AUTH_SCOPE_CLAIM,
    scopePrefix: settings.AUTH_SCOPE_PREFIX,
    agentClaim: settings.AUTH_AGENT_CLAIM,
  };
  if (AUTH_JWT_SECRET !== undefined) return { key: { secret: AUTH_JWT_SECRET }, ...checked };
  return AUTH_JWKS_URL === undefined ? null : { key: { jwksUrl: AUTH_JWKS_URL }, ...checked };
}

const limitsOf = (settings: Readonly<Record<string, unknown>>): Limits =>
  Object.fromEntries(
    Object.entries(LIMIT_SETTINGS).map(([name, { variable, usual }]) => [name, settings[variable] ?? usual]),
  ) as Limits;

/** A connection string may hold a password: no more than its scheme is shown; of a secret nothing. */
function shown(name: string, value: string | undefined): string | undefined {
  if (name === 'AUTH_JWT_SECRET') return '…';
  return name === 'MONGODB_URI' ? value?.replace(/^([a-z+]*:\/\/)?.*$/s, '$1…') : value;
}
