/** The database cannot be reached just now. What was asked for may have been stored: retry it with its key. */
export class Unavailable extends Error {
  constructor(options?: ErrorOptions) {
    super('The database cannot be reached just now.', options);
    this.name = 'Unavailable';
  }
}
