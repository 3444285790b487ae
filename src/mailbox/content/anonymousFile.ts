import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * A file for as long as `use` takes. It has no name where the system can do without, so that nobody else opens it, and
 * nothing of it stays, whatever happens.
 */
export async function withAnonymousFile<T>(use: (file: FileHandle) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ringcentral-mailbox-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const file = await open(path.join(folder, 'content'), 'wx+', 0o600);
    try {
      if (process.platform !== 'win32') await remove();
      return await use(file);
    } finally {
      await file.close();
    }
  } finally {
    await remove();
  }
}
