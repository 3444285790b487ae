import type { SampleContext } from './sampleContext';
import type { Particulars } from './script';

const SECOND = 1000;
const HOUR = 3600 * SECOND;

/** When a message created at `time` was last changed, and whether that deleted it. */
export function lastChange(
  { deletedHoursAgo, unread }: Particulars,
  time: number,
  { now, random }: SampleContext,
): { readonly changed: number; readonly deleted: boolean } {
  if (deletedHoursAgo !== undefined) return { changed: now - deletedHoursAgo * HOUR, deleted: true };
  const seconds = unread ? 1 : random.integer(2, 900);
  return { changed: Math.min(now, time + seconds * SECOND), deleted: false };
}
