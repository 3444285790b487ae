import { rmSync } from 'node:fs';
import { access, constants, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { unlessCancelled } from '../../api/cancellation';
import { CancelledError, isMailboxError } from '../../api/errors';
import type { Attachment } from '../../api/schema';
import { privateName } from '../../storage/privateName';
import { CacheEntry, type PartialEntry } from './cacheEntry';
import { makeRoom, namesIn } from './cacheRoom';
import type { Content } from './content';
import { contentKey, messageIdOf } from './contentKey';

/** Brings a content into the file of an entry, whatever of it is there already. */
export type Fetch = (partial: Pick<PartialEntry, 'file' | 'begun' | 'remember'>) => Promise<void>;

/** Which attachment of whom. */
export interface CachedAttachment {
  readonly accountId: string;
  readonly messageId: string;
  readonly attachment: Attachment;
}

/**
 * Attachments that were fetched before, in files that only their owner may read, shared by all windows: a folder for each
 * account. Together they take no more room than they may, but for what is being fetched.
 */
export class AttachmentCache {
  /** What this window is fetching, so that it fetches nothing twice at the same time. */
  readonly #fetching = new Map<string, Promise<unknown>>();
  #room: Promise<void> = Promise.resolve();
  #isWritable: Promise<boolean> | undefined;

  constructor(
    /** There need not be one yet. */
    readonly folder: string,
    /** Bytes; asked at each use. 0: nothing is kept. */
    private readonly limit: () => number,
    /** Told what goes wrong with work that nobody waits for. */
    private readonly onTrouble: (error: unknown) => void,
  ) {}

  /** Whether anything is kept: the user wants it, and the folder can be written. */
  async isUsable(): Promise<boolean> {
    if (this.limit() <= 0) return false;
    this.#isWritable ??= this.#makeFolder();
    return this.#isWritable;
  }

  /**
   * Gives `use` the content, which `fetch` brings if it is not here. What is shorter than its record says may have been cut
   * on its way, although it came as a whole: it is not kept, and nor is what `use` finds to be the wrong content.
   * @throws CancelledError if the signal is aborted, or what was fetched was cleared away at once
   * and whatever `fetch` and `use` throw. What a failed `fetch` has brought is gone on with the next time
   */
  async use<T>(
    wanted: CachedAttachment,
    fetch: Fetch,
    use: (content: Content) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    const folder = this.#folderOf(wanted);
    const entry = new CacheEntry(folder);
    let content: Content | undefined;
    while (!content) {
      const other = this.#fetching.get(folder);
      if (other) await unlessCancelled(settled(other), signal);
      content = await entry.open();
      if (!content && !this.#fetching.has(folder)) content = await this.#fetch(folder, entry, fetch, signal);
    }
    let isWrong = content.size < (wanted.attachment.size ?? 0);
    try {
      return await use(content);
    } catch (error) {
      isWrong ||= isMailboxError(error, 'wrongContent');
      throw error;
    } finally {
      await content.file.close();
      if (isWrong) await entry.remove().catch(this.onTrouble);
    }
  }

  /** Whether the attachment is here, as far as can be told without reading it. */
  async sizeOf(wanted: CachedAttachment): Promise<number | undefined> {
    const content = await new CacheEntry(this.#folderOf(wanted)).open();
    await content?.file.close();
    return content?.size;
  }

  /** Removes what is kept of messages that are no more. */
  async prune(accountId: string, isGone: (messageId: string) => boolean): Promise<void> {
    const folder = this.#accountFolder(accountId);
    for (const name of await namesIn(folder)) {
      if (isGone(messageIdOf(name))) await rm(path.join(folder, name), { recursive: true, force: true });
    }
  }

  /** Removes what is kept beyond the limit, and what windows left behind that are no more. */
  makeRoom(): Promise<void> {
    // One after the other; the last one knows of everything.
    this.#room = this.#room
      .then(() => makeRoom(this.folder, this.limit(), Date.now()))
      .catch((error: unknown) => this.onTrouble(error));
    return this.#room;
  }

  /** Removes what is kept of an account. */
  remove(accountId: string): void {
    rmSync(this.#accountFolder(accountId), { recursive: true, force: true });
  }

  /** Removes what is kept of all accounts. */
  removeAll(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #makeFolder(): Promise<boolean> {
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await access(this.folder, constants.W_OK);
      return true;
    } catch (error) {
      this.onTrouble(error);
      return false;
    }
  }

  async #fetch(
    folder: string,
    entry: CacheEntry,
    fetch: Fetch,
    signal: AbortSignal | undefined,
  ): Promise<Content> {
    const fetching = this.#fetchInto(entry, fetch, signal);
    this.#fetching.set(folder, fetching);
    try {
      await fetching;
    } finally {
      this.#fetching.delete(folder);
    }
    const content = await entry.open();
    // Not before it is open: a single attachment may be more than all that is to be kept.
    void this.makeRoom();
    if (!content) throw new CancelledError();
    return content;
  }

  async #fetchInto(entry: CacheEntry, fetch: Fetch, signal: AbortSignal | undefined): Promise<void> {
    const partial = await entry.begin();
    try {
      await fetch(partial);
    } catch (error) {
      // What the user does not want any more is not gone on with, nor what this computer has no room for, nor what is too large.
      const isWanted = isMailboxError(error) && !isMailboxError(error, 'tooLarge') && !signal?.aborted;
      await (isWanted ? partial.keep() : partial.discard());
      throw error;
    }
    await partial.publish();
  }

  #folderOf({ accountId, messageId, attachment }: CachedAttachment): string {
    return path.join(this.#accountFolder(accountId), contentKey(messageId, attachment));
  }

  #accountFolder(accountId: string): string {
    return path.join(this.folder, privateName(accountId));
  }
}

async function settled(work: Promise<unknown>): Promise<void> {
  await Promise.allSettled([work]);
}
