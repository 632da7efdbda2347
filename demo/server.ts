import { parseConfig } from '../src/config.js';
import { createLog } from '../src/log.js';
import { type RunningServer, startServer as startProduct } from '../src/server.js';

export { onStopRequest } from '../src/asked.js';

/**
 * The server as `npm start` runs it, in this process, with the same settings and the same data; only its log is quiet,
 * since the tape draws on the terminal, and it is in local mode whatever tokens are set, so that all can be looked at
 * without one. A PORT that is taken is replaced by a free one.
 */
export async function startServer(
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<RunningServer> {
  const config = { ...parseConfig(env), auth: null, host: '127.0.0.1' };
  const log = createLog('error');
  try {
    return await startProduct({ config, log, say, env });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    say(`Port ${config.port} is taken; a free one is used.`);
    return startProduct({ config: { ...config, port: 0 }, log, say, env });
  }
}
