/** Where a feedback came from. */
export type FeedbackSource = 'execution' | 'market' | 'human' | 'model';
