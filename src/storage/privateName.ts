import { createHash } from 'node:crypto';

/** A file name that stands for `text`, and does not tell it. */
export function privateName(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
