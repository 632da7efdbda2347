export type RemarkCode =
  | 'NEAR_NAME'
  | 'NEAR_SYMBOL'
  | 'CONFIDENCE_SCALE'
  | 'QUORUM_SCALE'
  | 'PNL_REPLACED'
  | 'SCRATCH_AS_FAILURE'
  | 'PNL_ROUNDED';

/** Something a caller should look at, though what it asked for was done. */
export interface Remark {
  code: RemarkCode;
  /** For a person: what was seen, and what to do where it was not meant. */
  text: string;
  /** The input it is about, as a path from `input` on; null when it is about no one input. */
  field: string[] | null;
  /** What was probably meant, null where nothing comes close. */
  didYouMean: string | null;
}
