import { access, constants, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as path from 'node:path';
import { lock } from 'proper-lockfile';
import { outputRoot } from './paths';

/** A folder that no run has asked for in this time, in milliseconds, is removed when another one is filled. */
const UNUSED_MS = 60 * 24 * 60 * 60_000;

/**
 * Returns the folder of this name in the cache, and calls `fill` first if it is not there yet. `fill` gets an empty folder,
 * which takes its place in the cache only once it is complete: a call may be interrupted at any point, and several processes
 * may call at once. `name` must contain every version that decides what is in the folder.
 *
 * The cache is shared by all checkouts: it is in the user's cache folder, or in the checkout if that folder cannot be written.
 * The environment's MAILBOX_TEST_CACHE chooses another folder. It may be deleted at any time.
 * @throws Error of `fill`, or if another process does not finish within ten minutes.
 */
export async function cachedFolder(
  name: `${CachedName}-${string}`,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const root = await cacheRoot();
  const folder = path.join(root, name);
  if (await markUsed(folder)) return folder;

  // The folder is not there yet, so there is no real path to resolve.
  const unlock = await lock(folder, {
    realpath: false,
    retries: { retries: 600, minTimeout: 1000, maxTimeout: 1000 },
  });
  try {
    // Another process may have filled it while this one waited.
    if (await markUsed(folder)) return folder;
    const partial = `${folder}.partial`;
    // An interrupted attempt leaves its folder behind, and its npm may end a moment later than the attempt did.
    await removeFolder(partial);
    await mkdir(partial);
    await fill(partial);
    await rename(partial, folder);
  } finally {
    await unlock();
  }
  await removeUnused(root);
  return folder;
}

const cachedNames = ['code-server', 'node'] as const;
type CachedName = (typeof cachedNames)[number];

async function cacheRoot(): Promise<string> {
  const chosen = process.env['MAILBOX_TEST_CACHE'];
  if (chosen) {
    await mkdir(chosen, { recursive: true });
    return path.resolve(chosen);
  }
  const shared = path.join(userCache(), 'mailbox-for-ringcentral');
  try {
    await mkdir(shared, { recursive: true });
    await access(shared, constants.W_OK);
    return shared;
  } catch {
    await mkdir(outputRoot, { recursive: true });
    return outputRoot;
  }
}

/** Where programs of this platform keep what can be downloaded again. */
function userCache(): string {
  switch (process.platform) {
    case 'darwin':
      return path.join(homedir(), 'Library/Caches');
    case 'win32':
      return process.env['LOCALAPPDATA'] ?? path.join(homedir(), 'AppData/Local');
    default:
      return process.env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache');
  }
}

/** Keeps the folder from being removed as unused. Returns false if there is no such folder. */
async function markUsed(folder: string): Promise<boolean> {
  const now = new Date();
  return utimes(folder, now, now).then(
    () => true,
    () => false,
  );
}

/** Removes other versions that nothing has used for long; `root` may contain files that are not ours. */
async function removeUnused(root: string): Promise<void> {
  for (const name of await readdir(root)) {
    if (!cachedNames.some((cachedName) => name.startsWith(`${cachedName}-`))) continue;
    const folder = path.join(root, name);
    // Another process may remove it at the same time.
    const used = await stat(folder).catch(() => undefined);
    if (used && Date.now() - used.mtimeMs > UNUSED_MS) await removeFolder(folder);
  }
}

async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
}
