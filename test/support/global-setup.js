import { tsImport } from 'tsx/esm/api';

/** Jest loads this file itself and hands on neither TypeScript nor state: both are seen to here. */
export default async function setup() {
  const { startTestDatabase } = await tsImport('./database.ts', import.meta.url);
  globalThis.stopTestDatabase = await startTestDatabase();
}
