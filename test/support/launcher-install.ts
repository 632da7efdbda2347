import { fileURLToPath } from 'node:url';

/**
 * Where all tests have the embedded database installed, once: pass it as `installDir`. `npm ci` removes it,
 * the next test installs it again; test files that start at the same time wait for each other.
 */
export const sharedInstallDir = fileURLToPath(
  new URL('../../node_modules/.cache/embedded-db', import.meta.url),
);
