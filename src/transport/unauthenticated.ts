/**
 * Nobody can be named by what was given. The message is for a person and repeats no token; a close frame has room for
 * its first 120 bytes.
 */
export class Unauthenticated extends Error {
  override name = 'Unauthenticated';
}

/** Nothing can be said of a token just now: the keys to check it by cannot be had. The same token may do later. */
export class KeysUnavailable extends Error {
  override name = 'KeysUnavailable';

  constructor(options?: ErrorOptions) {
    super('The keys for tokens cannot be had just now; try again in a moment.', options);
  }
}
