import { fileURLToPath } from 'node:url';
import type { AppOptions } from '../../../src/app.js';
import { type RunningApp, startTestApp } from '../../../test/support/app.js';

const FOLDER = fileURLToPath(new URL('../../dist', import.meta.url));

/** The app with the pages as they were built. */
export const startWithPages = (
  databaseName: string,
  options: Partial<AppOptions> = {},
): Promise<RunningApp> => startTestApp(databaseName, { pagesFolder: FOLDER, ...options });
