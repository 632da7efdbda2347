import type { IncomingMessage, Server } from 'node:http';
import { handleProtocols } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import type { Limits } from '../limits.js';
import { gentleSocket } from './gentleSocket.js';
import { checkHost, checkOrigin, checkUrl, type OriginRules } from './origins.js';
import { isGraphql, pathOf } from './paths.js';
import { readBytes } from './tooLarge.js';

/** TCP may bring a message in parts of this size on the average, each of which costs memory of its own. */
const MIN_PART_BYTES = 512;

interface UpgradeOptions {
  server: Server;
  limits: Limits;
  rules: OriginRules;
  /** Told of a request to become a socket that its host, address or origin forbids. */
  onRefused: () => void;
}

/** Takes sockets at `/graphql`, before anything is known of who is behind them. */
export const takeUpgrades = ({ server, limits, rules, onRefused }: UpgradeOptions): WebSocketServer =>
  new WebSocketServer({
    server,
    WebSocket: gentleSocket(limits),
    // More than is taken, so that what is too large ends its own operation.
    maxPayload: readBytes(limits),
    maxFragments: limits.fragments,
    maxBufferedChunks: Math.ceil(readBytes(limits) / MIN_PART_BYTES),
    // That text is UTF-8 is checked where its operation can be told.
    skipUTF8Validation: true,
    perMessageDeflate: false,
    handleProtocols,
    verifyClient({ req }, done) {
      if (!isGraphql(pathOf(req))) return done(false, 404, 'Expected an upgrade at /graphql.');
      const refusal = checkUpgrade(req, rules);
      if (refusal === null) return done(true);
      onRefused();
      done(false, refusal.status, refusal.message);
    },
  });

const checkUpgrade = (request: IncomingMessage, rules: OriginRules) =>
  checkHost(request, rules) ?? checkUrl(request) ?? checkOrigin(request, rules);
