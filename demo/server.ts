/** A server of our own for the demo: where it answers, and what ends it. */
export interface RunningServer {
  /** `http://127.0.0.1:4000` or with `/graphql` behind it. */
  url: string;
  stop(): Promise<void>;
}

/** Starts the server inside this process. Not wired yet. */
export async function startServer(): Promise<RunningServer> {
  throw new Error('This demo cannot start the server by itself yet: start it and pass --url.');
}
