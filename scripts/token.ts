import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { SignJWT } from 'jose';
import { cleanName, nameFault } from '../src/domain/agentName.js';

const USAGE = `Usage: npm run token -- --user ID [--scope "read write"] [--agent NAME] [--minutes 60]
  --user     1 to 255 characters: whose conversations it opens; 24 hex digits are the user's id as they are
  --scope    words of read, write, admin; read alone unless said
  --agent    the only agent it may speak as: it may read and add messages, no more
  --minutes  how long it is valid
It is signed by AUTH_JWT_SECRET, of the environment or of .env, for AUTH_ISSUER and AUTH_AUDIENCE where they are set.
For development: in production tokens come from whoever knows your users.
`;

interface Wanted {
  user: string;
  scope: string;
  agent: string | undefined;
  minutes: number;
  secret: string;
}

/** Prints a token and nothing else, so that it can be used in a command. */
async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const { AUTH_ISSUER, AUTH_AUDIENCE } = process.env;
  const { user, scope, agent, minutes, secret } = wanted();
  const token = new SignJWT({ scope, ...(agent !== undefined && { agent }) })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(user)
    .setIssuedAt()
    .setExpirationTime(`${minutes}m`);
  if (AUTH_ISSUER) token.setIssuer(AUTH_ISSUER);
  if (AUTH_AUDIENCE) token.setAudience(AUTH_AUDIENCE);
  process.stdout.write(`${await token.sign(new TextEncoder().encode(secret))}\n`);
}

function wanted(): Wanted {
  const { values } = parseArgs({
    options: {
      user: { type: 'string', default: '' },
      scope: { type: 'string', default: 'read' },
      agent: { type: 'string' },
      minutes: { type: 'string', default: '60' },
    },
  });
  const { user, scope, agent } = values;
  const minutes = Number(values.minutes);
  const secret = process.env['AUTH_JWT_SECRET'] ?? '';
  if (user.length < 1 || user.length > 255)
    throw new Error(`Expected --user to be 1 to 255 characters, got ${user.length}.`);
  const unknown = scope.split(' ').find((word) => !['read', 'write', 'admin'].includes(word));
  if (unknown !== undefined)
    throw new Error(`Expected --scope to be words of read, write, admin, got "${unknown}".`);
  const wrongName = agent === undefined ? null : nameFault(cleanName(agent));
  if (wrongName !== null) throw new Error(`Expected --agent ${wrongName}, got ${JSON.stringify(agent)}.`);
  if (!(minutes > 0)) throw new Error(`Expected --minutes above 0, got "${values.minutes}".`);
  if (Buffer.byteLength(secret) < 32) {
    throw new Error('Expected AUTH_JWT_SECRET of 32 bytes or more, as the server has it; put one into .env.');
  }
  return { user, scope, agent, minutes, secret };
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  process.exitCode = 2;
});
