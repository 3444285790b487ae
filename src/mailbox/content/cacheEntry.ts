import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, utimes, writeFile, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { countOf, defined, recordOf, textOf } from '../../api/lenient';
import { ifThere, isFileError } from '../../storage/fileError';
import { sha256Of, type Content } from './content';
import type { Begun, ContentMark } from './download';

/** In the folder of an entry: the bytes, and what they must be. */
const CONTENT = 'content';
const FACTS = 'facts.json';

/** The ending of an entry that broke off, and can be gone on with. */
const BROKEN_OFF = '.part';

/** Of these, looked through from end to end, it is known in this window that they are what they must be. */
const checked = new Set<string>();
const MAX_CHECKED = 10_000;

/**
 * One attachment in the cache: a folder, because that is put in its place, or taken by one of several windows, in a single
 * step together with what must be known of its content. While it is being fetched it has a name that no other window uses.
 */
export class CacheEntry {
  constructor(private readonly folder: string) {}

  /**
   * Opens the content; the caller closes it. Undefined if it is not here, or is not what it was (a full disk, a crash, a
   * hand that was not ours), in which case it is removed.
   */
  async open(): Promise<Content | undefined> {
    const content = path.join(this.folder, CONTENT);
    let file = await ifThere(open(content, 'r'));
    try {
      const facts = await readJson(path.join(this.folder, FACTS));
      // Another window may have put the entry in its place in between.
      if (facts) file ??= await ifThere(open(content, 'r'));
      const size = await sizeIfSound(file, facts);
      if (file && size !== undefined) {
        await this.#touch();
        return { file, size };
      }
      await file?.close();
      if (file || facts) await this.remove();
      return undefined;
    } catch (error) {
      await file?.close();
      throw error;
    }
  }

  /** Begins to fetch the content, or goes on with what broke off, which then is this window's alone. */
  async begin(): Promise<PartialEntry> {
    const own = `${this.folder}.${randomUUID()}`;
    // Whoever renames it has it.
    const isThere = await wasRenamed(this.folder + BROKEN_OFF, own);
    if (!isThere) await mkdir(own, { recursive: true, mode: 0o700 });
    try {
      return await PartialEntry.open(this.folder, own);
    } catch (error) {
      await removeFolder(own);
      throw error;
    }
  }

  async remove(): Promise<void> {
    await removeFolder(this.folder);
  }

  /** What has not been used for longest makes room first; where that cannot be noted, nothing can be made room for either. */
  async #touch(): Promise<void> {
    const now = new Date();
    await utimes(path.join(this.folder, FACTS), now, now).catch(() => undefined);
  }
}

/** An entry while its content is being fetched. Ends with exactly one of `publish`, `keep`, `discard` and `detach`. */
export class PartialEntry {
  private constructor(
    private readonly target: string,
    private readonly own: string,
    readonly file: FileHandle,
    readonly begun: Begun,
  ) {}

  static async open(target: string, own: string): Promise<PartialEntry> {
    const file = await open(path.join(own, CONTENT), 'a+', 0o600);
    await file.close();
    // Not to be written at its end alone.
    const writable = await open(path.join(own, CONTENT), 'r+');
    const { size } = await writable.stat();
    const facts = await readJson(path.join(own, FACTS));
    const mark = defined({ total: countOf(facts?.['total']), etag: textOf(facts?.['etag']) });
    // Of what nothing is known, nobody can tell whether it is still the same.
    const received = Object.keys(mark).length > 0 ? size : 0;
    return new PartialEntry(target, own, writable, { received, ...mark });
  }

  /** Remembers what is being fetched. */
  async remember(mark: ContentMark): Promise<void> {
    await this.#write({ total: mark.total, etag: mark.etag });
  }

  /** Puts the entry in its place, now that all of it is here; one that another window has put there is as good. */
  async publish(): Promise<void> {
    const { size } = await this.file.stat();
    const sha256 = await sha256Of(this.file);
    await this.#write({ size, sha256 });
    // Windows renames no folder in which something is open.
    await this.file.close();
    if (!(await wasRenamed(this.own, this.target))) await removeFolder(this.own);
  }

  /** Lets another try go on from here, of any window. */
  async keep(): Promise<void> {
    const { size } = await this.file.stat();
    if (size === 0) return this.discard();
    await this.file.close();
    await removeFolder(this.target + BROKEN_OFF);
    if (!(await wasRenamed(this.own, this.target + BROKEN_OFF))) await removeFolder(this.own);
  }

  /** Lets go of the entry. */
  async discard(): Promise<void> {
    await this.file.close();
    await removeFolder(this.own);
  }

  /** Unless all of it was cleared away, as when somebody signs out. */
  async #write(facts: object): Promise<void> {
    await ifThere(writeFile(path.join(this.own, FACTS), JSON.stringify(facts), { mode: 0o600 }));
  }
}

/** The size of a content that is what its facts say; undefined if it is not. */
async function sizeIfSound(
  file: FileHandle | undefined,
  facts: Readonly<Record<string, unknown>> | undefined,
): Promise<number | undefined> {
  if (!file || !facts) return undefined;
  const { size, ino, mtimeNs } = await file.stat({ bigint: true });
  if (countOf(facts['size']) !== Number(size)) return undefined;
  const identity = `${ino} ${mtimeNs} ${size}`;
  if (checked.has(identity)) return Number(size);
  if ((await sha256Of(file)) !== textOf(facts['sha256'])) return undefined;
  if (checked.size >= MAX_CHECKED) checked.clear();
  checked.add(identity);
  return Number(size);
}

/** Undefined if there is no such file, or what is in it is no record. */
async function readJson(file: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const text = await ifThere(readFile(file, 'utf8'));
  if (text === undefined) return undefined;
  try {
    return recordOf(JSON.parse(text));
  } catch {
    // Written in part, before a crash. It counts as nothing.
    return {};
  }
}

/** Whether there was something to be renamed, and room for it. */
async function wasRenamed(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (isFileError(error, 'ENOENT', 'ENOTEMPTY', 'EEXIST', 'EPERM')) return false;
    throw error;
  }
}

/** Another window may be removing it at the same time. */
async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
