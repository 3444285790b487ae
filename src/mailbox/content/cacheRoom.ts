import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { ifThere } from '../../storage/fileError';

/** Milliseconds after which what somebody was fetching is not being fetched any more: the window is gone. */
const ABANDONED_AFTER = 60 * 60_000;

interface Kept {
  readonly folder: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly lastUsed: number;
}

/**
 * Removes from the cache what has not been used for longest until no more than `limit` bytes are left, and what windows
 * left behind that are no more. Several windows may do it at once: what one has removed the others do not find, and what is
 * open stays readable.
 */
export async function makeRoom(cache: string, limit: number, now: number): Promise<void> {
  const kept = (await keptIn(cache)).sort((a, b) => a.lastUsed - b.lastUsed);
  let total = 0;
  for (const { size } of kept) total += size;
  for (const { folder, size, lastUsed } of kept) {
    const isOurs = !isBeingFetched(folder) || lastUsed < now - ABANDONED_AFTER;
    if (!isOurs || (total <= limit && !isBeingFetched(folder))) continue;
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    total -= size;
  }
}

async function keptIn(cache: string): Promise<Kept[]> {
  const kept: Kept[] = [];
  for (const account of await namesIn(cache)) {
    for (const entry of await namesIn(path.join(cache, account))) {
      const folder = path.join(cache, account, entry);
      const sizes = [];
      for (const name of await namesIn(folder)) {
        const stats = await ifThere(stat(path.join(folder, name)));
        if (stats) sizes.push({ size: stats.size, time: stats.mtimeMs });
      }
      // Nothing is in the folder of a download that has only just begun.
      const begun = sizes.length === 0 ? (await ifThere(stat(folder)))?.mtimeMs : undefined;
      kept.push({
        folder,
        size: sizes.reduce((sum, { size }) => sum + size, 0),
        lastUsed: Math.max(begun ?? 0, ...sizes.map(({ time }) => time)),
      });
    }
  }
  return kept;
}

/** Names of folders and files in a folder; none if there is no such folder any more. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  return (await ifThere(readdir(folder))) ?? [];
}

/** It has a window's own name then; see `CacheEntry`. */
function isBeingFetched(folder: string): boolean {
  return /\.[\da-f]{8}-[\da-f-]{27}$/.test(folder);
}
