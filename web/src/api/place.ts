/** A page's scripts come from `assets/` of the server, and a proxy may put all of that below a path. */
const script: string = import.meta.url;
const ROOT = new URL('..', script).pathname;

/** Where something of the server is: `room/0123456789abcdef01234567`, or '' for the list of conversations. */
export const addressOf = (path: string): string => `${ROOT}${path}`;

export const GRAPHQL = addressOf('graphql');
export const GRAPHQL_SOCKET = `${location.origin.replace(/^http/, 'ws')}${GRAPHQL}`;
