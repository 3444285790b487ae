import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

import type { AttachmentFile } from './record';

/** The bytes of attachments: sample files, whose content is read when it is asked for, and texts. */
export class Media {
  private constructor(
    private readonly directory: string,
    /** Bytes, by path relative to the directory. */
    private readonly sizes: ReadonlyMap<string, number>,
  ) {}

  /** @throws Error if `directory` cannot be read */
  static async open(directory: string): Promise<Media> {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    const sizes = await Promise.all(
      entries
        .filter((entry) => entry.isFile())
        .map(async (entry): Promise<[string, number]> => {
          const path = join(entry.parentPath, entry.name);
          return [relative(directory, path).split(sep).join('/'), (await stat(path)).size];
        }),
    );
    return new Media(directory, new Map(sizes));
  }

  has(path: string): boolean {
    return this.sizes.has(path);
  }

  /** Bytes; `undefined` for a file that is not there. */
  size(file: AttachmentFile): number | undefined {
    return file.kind === 'text' ? Buffer.byteLength(file.text) : this.sizes.get(file.path);
  }

  /** @throws Error if the file cannot be read */
  async read(file: AttachmentFile): Promise<Buffer> {
    return file.kind === 'text' ? Buffer.from(file.text) : readFile(join(this.directory, file.path));
  }
}
