import type { IncomingMessage } from 'node:http';

/** Without the query. A proxy that takes the path `/swarm` away, without its slash, leaves `//graphql`. */
export const pathOf = ({ url = '/' }: IncomingMessage): string =>
  (url.split('?', 1)[0] ?? '/').replace(/^\/+/, '/');

/** Whether the API is meant, by HTTP or WebSocket; a slash at the end makes no difference. */
export const isGraphql = (path: string): boolean => path === '/graphql' || path === '/graphql/';
