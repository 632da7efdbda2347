/** When nothing was heard for so long, the server is asked for a sign of life. */
const QUIET_MS = 8_000;
/** A socket that gives none for so long, or does not open, is given up. */
const PATIENCE_MS = 6_000;
/** Not fatal to graphql-ws clients: they open another. */
export const CLOSE_QUIET = 4_408;

const PING = JSON.stringify({ type: 'ping' });

type Handler<E> = ((event: E) => void) | null;

/**
 * A WebSocket, for graphql-ws, that does not trust the connection below it: one may go deaf without any event, as after
 * a change of networks or a night's sleep. What is closed is closed at once, without waiting to hear so.
 */
export class WatchedSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;

  onopen: Handler<Event> = null;
  onmessage: Handler<MessageEvent> = null;
  onclose: Handler<CloseEvent> = null;
  /** Never called: the end is told to `onclose` alone. */
  onerror: Handler<Event> = null;
  readyState: number = WatchedSocket.CONNECTING;

  readonly #socket: WebSocket;
  #isAsked = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(url: string, protocol: string) {
    this.#socket = new WebSocket(url, protocol);
    this.#socket.onopen = (event) => {
      this.readyState = WatchedSocket.OPEN;
      this.#heard();
      this.onopen?.(event);
    };
    this.#socket.onmessage = (event) => {
      this.#heard();
      this.onmessage?.(event);
    };
    this.#socket.onclose = (event) => this.#end(event);
    this.#giveUpLater();
  }

  send(data: string): void {
    if (this.readyState === WatchedSocket.OPEN) this.#socket.send(data);
  }

  close(code: number, reason: string): void {
    if (this.readyState === WatchedSocket.CLOSED) return;
    this.#socket.onclose = null;
    this.#socket.close(code, reason);
    this.#end(new CloseEvent('close', { code, reason }));
  }

  /** Asks for a sign of life now. One that is still opening has its time. */
  check(): void {
    if (this.readyState !== WatchedSocket.OPEN || this.#isAsked) return;
    this.#isAsked = true;
    this.send(PING);
    this.#giveUpLater();
  }

  #heard(): void {
    this.#isAsked = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.check(), QUIET_MS);
  }

  #giveUpLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.close(CLOSE_QUIET, 'Nothing was heard.'), PATIENCE_MS);
  }

  #end(event: CloseEvent): void {
    clearTimeout(this.#timer);
    this.readyState = WatchedSocket.CLOSED;
    // What a socket that was given up still hears belongs to nobody.
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    this.onclose?.(event);
  }
}
