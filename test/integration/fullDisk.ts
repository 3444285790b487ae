import fs from 'node:fs';

type Options = Exclude<Parameters<typeof fs.createWriteStream>[1], string>;
type Written = (error: NodeJS.ErrnoException | null, written?: number) => void;

/**
 * Lets the disk be full, for files that are written by streams, once so many bytes of each are on it.
 * @returns makes room again
 */
export function fillDisk(bytes: number): () => void {
  const seam: { createWriteStream: typeof fs.createWriteStream } = fs;
  const original = fs.createWriteStream;
  seam.createWriteStream = (path, options) => {
    let room = bytes;
    const write = (
      file: number,
      data: Uint8Array,
      from: number,
      length: number,
      at: unknown,
      done: Written,
    ) => {
      if (room === 0) {
        const text = 'ENOSPC: no space left on device, write';
        done(Object.assign(new Error(text), { code: 'ENOSPC', syscall: 'write' }));
        return;
      }
      const some = Math.min(room, length);
      room -= some;
      fs.write(file, data, from, some, typeof at === 'number' ? at : null, done);
    };
    const { open, close, fsync } = fs;
    return original(path, { ...(options as Options), fs: { open, close, fsync, write } } as Options);
  };
  return () => {
    seam.createWriteStream = original;
  };
}
