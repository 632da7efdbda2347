import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { ConfigError, parseConfig } from '../../src/config.js';
import { LIMIT_SETTINGS, USUAL_LIMITS } from '../../src/limits.js';

const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
const SECRET = 'x'.repeat(32);

const refusalOf = (environment: NodeJS.ProcessEnv): string => {
  try {
    parseConfig(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  throw new Error('Expected the settings to be refused.');
};

test('shows every limit in .env.example with its usual value', () => {
  const shown = new Map(example.split('\n').map((line) => line.split('=') as [string, string]));
  for (const { variable, usual } of Object.values(LIMIT_SETTINGS)) {
    expect([variable, shown.get(variable)]).toEqual([variable, String(usual)]);
  }
});

test('takes what .env.example says for what is left out', () => {
  const lines = example.split('\n').filter((line) => /^[A-Z_]+=/.test(line));
  const environment = Object.fromEntries(lines.map((line) => line.split('=', 2)));
  expect(parseConfig(environment)).toEqual(parseConfig({}));
  expect(parseConfig({})).toMatchObject({ auth: null, allowedOrigins: [], limits: USUAL_LIMITS });
});

test.each(Object.entries(LIMIT_SETTINGS))(
  'takes the limit of %s from its setting, within its range',
  (name, setting) => {
    const { variable, least, most } = setting;
    for (const value of [least, most]) {
      expect(parseConfig({ [variable]: String(value) }).limits).toEqual({ ...USUAL_LIMITS, [name]: value });
    }
    for (const value of [least - 1, most + 1, 1.5, 'many']) {
      expect(refusalOf({ [variable]: String(value) })).toContain(`  ${variable} `);
    }
  },
);

test('takes tokens by a secret or by public keys, and may listen anywhere then', () => {
  const bySecret = { HOST: '0.0.0.0', AUTH_JWT_SECRET: SECRET, AUTH_ISSUER: 'me', AUTH_AUDIENCE: 'you' };
  expect(parseConfig(bySecret)).toMatchObject({
    host: '0.0.0.0',
    auth: { key: { secret: SECRET }, issuer: 'me', audience: 'you' },
  });
  const byKeys = { HOST: '0.0.0.0', AUTH_JWKS_URL: 'https://issuer.example/jwks' };
  expect(parseConfig(byKeys).auth).toEqual({
    key: { jwksUrl: 'https://issuer.example/jwks' },
    issuer: null,
    audience: null,
  });
});

test('takes the places where tokens say what', () => {
  const claims = {
    AUTH_USER_CLAIM: 'oid',
    AUTH_SCOPE_CLAIM: 'realm_access.roles',
    AUTH_SCOPE_PREFIX: 'api/',
    AUTH_AGENT_CLAIM: 'https://example.com/agent',
  };
  expect(parseConfig({ AUTH_JWT_SECRET: SECRET, ...claims }).auth).toMatchObject({
    userClaim: 'oid',
    scopeClaim: 'realm_access.roles',
    scopePrefix: 'api/',
    agentClaim: 'https://example.com/agent',
  });
});

test.each([
  [
    'a short secret, which it does not repeat',
    { AUTH_JWT_SECRET: 'short-secret' },
    'AUTH_JWT_SECRET must have 32 bytes',
  ],
  [
    'both keys',
    { AUTH_JWT_SECRET: SECRET, AUTH_JWKS_URL: 'https://a.example' },
    'AUTH_JWKS_URL must be left out',
  ],
  [
    'keys that are no URL',
    { AUTH_JWKS_URL: 'file:///etc/keys' },
    'AUTH_JWKS_URL must be an http or https URL',
  ],
  ['an origin with a path', { ALLOWED_ORIGINS: 'https://a.example/x' }, 'ALLOWED_ORIGINS must be origins'],
  ['an origin that is not of the web', { ALLOWED_ORIGINS: 'file://x' }, 'ALLOWED_ORIGINS must be origins'],
  ['any origin', { ALLOWED_ORIGINS: '*' }, 'ALLOWED_ORIGINS must be origins'],
  ['a pattern, which no origin is', { ALLOWED_ORIGINS: 'https://*.a.example' }, 'without a path or `*`'],
  [
    'a time with its unit',
    { KEEP_ALIVE_SECONDS: '620s' },
    'KEEP_ALIVE_SECONDS must be a whole number from 1 to 7200, got "620s".',
  ],
  ['a port that is none', { PORT: '70000' }, 'PORT must be a whole number from 0 to 65535, got "70000".'],
])('refuses %s', (_, environment, told) => {
  const refusal = refusalOf(environment);
  expect(refusal).toContain(told);
  expect(refusal).not.toMatch(/short-secret|xxxx/);
});

test('takes an origin with a last slash, its default port or in capitals for the same', () => {
  const { allowedOrigins } = parseConfig({
    ALLOWED_ORIGINS:
      'https://a.example/, HTTPS://B.example:443,http://c.example:80, https://d.example:8443/,',
  });
  expect(allowedOrigins).toEqual([
    'https://a.example',
    'https://b.example',
    'http://c.example',
    'https://d.example:8443',
  ]);
});

test('keeps idle connections longer than the longest of any usual balancer', () => {
  expect(parseConfig({ KEEP_ALIVE_SECONDS: '4020' }).limits.keepAliveSeconds).toBe(4_020);
});

test('takes several origins', () => {
  const { allowedOrigins } = parseConfig({ ALLOWED_ORIGINS: 'https://a.example, http://localhost:5173' });
  expect(allowedOrigins).toEqual(['https://a.example', 'http://localhost:5173']);
});

test('takes how long a connection to a far database may take', () => {
  expect(parseConfig({})).toMatchObject({ connectTimeoutMs: 1_000, selectionTimeoutMs: 1_500 });
  const far = { MONGODB_CONNECT_TIMEOUT_MS: '5000', MONGODB_SELECTION_TIMEOUT_MS: '8000' };
  expect(parseConfig(far)).toMatchObject({ connectTimeoutMs: 5_000, selectionTimeoutMs: 8_000 });
  expect(refusalOf({ MONGODB_CONNECT_TIMEOUT_MS: '99' })).toContain('  MONGODB_CONNECT_TIMEOUT_MS ');
});
