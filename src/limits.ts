interface LimitSetting {
  /** Of the environment. */
  variable: string;
  /** What it is unless set otherwise. */
  usual: number;
  least: number;
  most: number;
}

/**
 * The largest input there is, however its JSON is written: a decision with three parts of 64 KiB, each byte of which may
 * come as six (`\u0041`), makes 1,179,648 bytes, and there is a document beside it.
 */
const LARGEST_INPUT = 2_097_152;

/** Every limit that both transports hold callers to: what it is called in the environment, and its range. */
export const LIMIT_SETTINGS = {
  /** Of one document, in UTF-8. */
  documentBytes: { variable: 'MAX_DOCUMENT_BYTES', usual: 16_384, least: 256, most: 262_144 },
  /** Of one document. */
  tokens: { variable: 'MAX_TOKENS', usual: 1_000, least: 20, most: 20_000 },
  /** Levels of fields, the root's being 1, fragments expanded; introspection is exempt. */
  depth: { variable: 'MAX_DEPTH', usual: 10, least: 2, most: 50 },
  /** Of one operation, fragments expanded. */
  aliases: { variable: 'MAX_ALIASES', usual: 30, least: 0, most: 1_000 },
  /** Of one operation, fragments expanded. */
  directives: { variable: 'MAX_DIRECTIVES', usual: 10, least: 0, most: 1_000 },
  /** Of one operation, fragments expanded. */
  rootFields: { variable: 'MAX_ROOT_FIELDS', usual: 10, least: 1, most: 100 },
  /** The objects that the answer to one operation can hold. */
  cost: { variable: 'MAX_COST', usual: 20_000, least: 100, most: 1_000_000 },
  /** Of one HTTP request. */
  bodyBytes: { variable: 'MAX_BODY_BYTES', usual: LARGEST_INPUT, least: 1_024, most: 16_777_216 },
  /** Within which the headers of a request are there. */
  headersSeconds: { variable: 'HEADERS_SECONDS', usual: 5, least: 1, most: 60 },
  /** Within which all of a request is there. */
  requestSeconds: { variable: 'REQUEST_SECONDS', usual: 10, least: 1, most: 300 },
  /** How long a connection over HTTP is kept while nothing is asked on it. */
  keepAliveSeconds: { variable: 'KEEP_ALIVE_SECONDS', usual: 620, least: 1, most: 7_200 },
  /** Of one user over both transports, on the average of ten seconds; not in local mode. */
  operationsPerSecond: { variable: 'OPERATIONS_PER_SECOND', usual: 100, least: 1, most: 100_000 },
  /** Of one user; not in local mode. A roster of 200 agents, with room for the people who watch it. */
  socketsPerUser: { variable: 'SOCKETS_PER_USER', usual: 250, least: 1, most: 100_000 },
  /** Of one user: what has come in of bodies and messages that are not whole yet. The connection that holds most gives way. */
  unfinishedBytes: {
    variable: 'USER_MAX_UNFINISHED_BYTES',
    usual: 8_388_608,
    least: 65_536,
    most: 1_073_741_824,
  },
  /** At once on one socket. */
  subscriptions: { variable: 'SOCKET_MAX_SUBSCRIPTIONS', usual: 100, least: 1, most: 10_000 },
  /** Of one message of a socket. */
  frameBytes: { variable: 'SOCKET_MAX_FRAME_BYTES', usual: LARGEST_INPUT, least: 1_024, most: 16_777_216 },
  /** Of one message of a socket. */
  fragments: { variable: 'SOCKET_MAX_FRAGMENTS', usual: 64, least: 1, most: 16_384 },
  /** Of one socket, pings and pongs too; a client that sends faster is read more slowly. */
  messagesPerSecond: { variable: 'SOCKET_MESSAGES_PER_SECOND', usual: 50, least: 1, most: 100_000 },
  /** How many messages may come at once on top of that. */
  messageBurst: { variable: 'SOCKET_MESSAGE_BURST', usual: 200, least: 1, most: 1_000_000 },
  /** Within which a socket says who it is. */
  initSeconds: { variable: 'SOCKET_INIT_SECONDS', usual: 3, least: 1, most: 60 },
  /** After which a silent socket is asked whether it is there, and after as many again cut off. */
  pingSeconds: { variable: 'SOCKET_PING_SECONDS', usual: 20, least: 1, most: 600 },
  /** Of one socket; above it its streams stop pulling. One more frame for each of its operations may come on top. */
  unsentBytes: { variable: 'SOCKET_MAX_UNSENT_BYTES', usual: 1_048_576, least: 65_536, most: 268_435_456 },
  /** How long a socket may be above it in one go; then it is closed with 1013. */
  unsentSeconds: { variable: 'SOCKET_UNSENT_SECONDS', usual: 10, least: 1, most: 600 },
} satisfies Record<string, LimitSetting>;

type LimitName = keyof typeof LIMIT_SETTINGS;

/** The value of every limit. */
export type Limits = Readonly<Record<LimitName, number>>;

/** The limits as they are unless set otherwise. */
export const USUAL_LIMITS = Object.fromEntries(
  Object.entries(LIMIT_SETTINGS).map(([name, { usual }]) => [name, usual]),
) as Limits;
