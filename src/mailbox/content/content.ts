import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { HEAD } from '../../formats/signatures';

/** The whole of an attachment, in a file that is open while it is used, even if it is removed meanwhile. */
export interface Content {
  /** Only to be read. */
  readonly file: FileHandle;
  /** Bytes. */
  readonly size: number;
}

/** The bytes at its beginning, of which as many as its format is known by, if nothing else is said. */
export async function readHead({ file, size }: Content, bytes = HEAD): Promise<Uint8Array> {
  return readWhole({ file, size: Math.min(size, bytes) });
}

/** All of a content, in memory of its own: whoever gets it may hand it on as a whole. */
export async function readWhole({ file, size }: Content): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(size);
  let read = 0;
  while (read < size) {
    const { bytesRead } = await file.read(bytes, read, size - read, read);
    if (bytesRead === 0) throw new Error('The file became shorter while it was read');
    read += bytesRead;
  }
  return bytes;
}

/**
 * Writes a content to a new file, piece by piece; it is on the disk when it is done.
 * @param mode who may read it, as far as the user's own settings let them
 * @throws Error of the file system, which may leave a part
 */
export async function writeContent({ file }: Content, target: string, mode = 0o666): Promise<void> {
  const output = createWriteStream(target, { flags: 'wx', flush: true, mode });
  await pipeline(file.createReadStream({ start: 0, autoClose: false }), output);
}

/** As hexadecimal digits. */
export async function sha256Of(file: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of file.createReadStream({ start: 0, autoClose: false }))
    hash.update(chunk as Buffer);
  return hash.digest('hex');
}
