import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { Uri } from 'vscode';
import { CancelledError } from '../api/errors';
import { writeContent, type Content } from '../mailbox/content/content';
import type { Disposable } from '../util/disposable';

/** What was placed for one thing that the page is about. */
interface Placed {
  readonly folder: Uri;
  /** By the key of their contents. */
  readonly files: Map<string, Uri>;
}

/**
 * Files that the page of one panel loads: in a folder from which no other page may load anything, for the owner alone, and
 * only for as long as the page is about the same.
 */
export class PanelFiles implements Disposable {
  /** There need not be one yet. */
  readonly folder: Uri;
  /** Another one each time, because what was there may still be being written or removed. */
  #current: Placed;
  #disposed = false;

  /**
   * @param parent of the folders of all panels
   * @param onTrouble told of files that could not be removed
   */
  constructor(
    parent: Uri,
    private readonly onTrouble: (error: unknown) => void,
  ) {
    // As a file, whatever VS Code calls the place where extensions keep theirs.
    this.folder = Uri.joinPath(Uri.file(parent.fsPath), randomUUID());
    this.#current = this.#another();
  }

  /**
   * Writes a content to a file that stays until `clear`; once for each key.
   * @throws CancelledError if it is cleared meanwhile, Error of the file system; nothing is left of the file then
   */
  async place(key: string, content: Content): Promise<Uri> {
    const current = this.#current;
    const known = current.files.get(key);
    if (known) return known;
    const file = Uri.joinPath(current.folder, randomUUID());
    try {
      await mkdir(current.folder.fsPath, { recursive: true, mode: 0o700 });
      await writeContent(content, file.fsPath, 0o600);
      if (this.#current !== current) throw new CancelledError();
    } catch (error) {
      // What was cleared meanwhile may have come back with it.
      const cleared = this.#disposed ? this.folder : current.folder;
      await remove(this.#current === current ? file : cleared);
      throw error;
    }
    current.files.set(key, file);
    return file;
  }

  /** Removes what was placed. */
  clear(): void {
    const { folder } = this.#current;
    this.#current = this.#another();
    remove(folder).catch(this.onTrouble);
  }

  dispose(): void {
    this.#disposed = true;
    this.#current = this.#another();
    remove(this.folder).catch(this.onTrouble);
  }

  #another(): Placed {
    return { folder: Uri.joinPath(this.folder, randomUUID()), files: new Map() };
  }
}

async function remove(place: Uri): Promise<void> {
  await rm(place.fsPath, { recursive: true, force: true, maxRetries: 3 });
}
