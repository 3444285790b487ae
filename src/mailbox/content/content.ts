import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

/** The whole of an attachment, in a file that is open while it is used, even if it is removed meanwhile. */
export interface Content {
  /** Only to be read. */
  readonly file: FileHandle;
  /** Bytes. */
  readonly size: number;
}

/** As hexadecimal digits. */
export async function sha256Of(file: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of file.createReadStream({ start: 0, autoClose: false }))
    hash.update(chunk as Buffer);
  return hash.digest('hex');
}
