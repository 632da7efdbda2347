import { LIMIT_SETTINGS, type Limits } from '../limits.js';
import type { Outline } from './jsonOutline.js';

const grouped = (n: number): string => n.toLocaleString('en-US');

/** Why a request or a message is too large: by how much, under which setting, and by which part, where that is known. */
export function tooLarge(
  name: 'bodyBytes' | 'frameBytes',
  limits: Limits,
  bytes: number | null,
  largest: Outline['largest'] = null,
): string {
  const what = name === 'bodyBytes' ? 'a body' : 'a message';
  const got = bytes === null ? `more than ${grouped(readBytes(limits))}` : grouped(bytes);
  const part =
    largest === null ? '' : `; its largest part is \`${largest.path}\` with ${grouped(largest.bytes)} bytes`;
  return `Expected ${what} of at most ${grouped(limits[name])} bytes (${LIMIT_SETTINGS[name].variable}), got ${got}${part}.`;
}

/** The most bytes of a body or message that are read: what is too large is told by its part, and over sockets by its operation. */
export const readBytes = ({ frameBytes, bodyBytes, unfinishedBytes }: Limits): number =>
  Math.max(frameBytes, bodyBytes, unfinishedBytes);

/** Why what holds most of a user's bytes is not read on. */
export const tooMuchUnfinished = ({ unfinishedBytes }: Limits): string =>
  `Expected at most ${grouped(unfinishedBytes)} unfinished bytes of one user at once (${LIMIT_SETTINGS.unfinishedBytes.variable}); try again.`;
