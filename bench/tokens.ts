import { SignJWT } from 'jose';

const SECRET = 'of the bench alone, and of no use elsewhere';

/** Settings of a server that has many users, none of whom asks too much. */
export const SETTINGS_OF_MANY_USERS = { AUTH_JWT_SECRET: SECRET, OPERATIONS_PER_SECOND: '10000' };

export const tokenOf = (userId: string): Promise<string> =>
  new SignJWT({ scope: 'read write' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(userId)
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(SECRET));
