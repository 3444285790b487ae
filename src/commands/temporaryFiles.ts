import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import * as vscode from 'vscode';
import { namesIn } from '../mailbox/content/cacheRoom';

/**
 * Files that other programs are to open, or pages of this window to load. They hold messages, so none stays behind: they
 * go when the window closes and, where it had no time for that, when the next one opens.
 */
export class TemporaryFiles {
  readonly #allWindows: vscode.Uri;
  /**
   * A folder for each window, so that closing one takes nothing from another; named after its process. There need not be
   * one yet.
   */
  readonly folder: vscode.Uri;

  constructor(storage: vscode.Uri) {
    this.#allWindows = vscode.Uri.joinPath(storage, 'opened');
    this.folder = vscode.Uri.joinPath(this.#allWindows, `${String(process.pid)}-${randomUUID()}`);
  }

  /** A place for a file of this name; another file of the same name gets another place. */
  async place(fileName: string): Promise<vscode.Uri> {
    const folder = vscode.Uri.joinPath(this.folder, randomUUID());
    // For the owner alone, which VS Code would not see to.
    await mkdir(folder.fsPath, { recursive: true, mode: 0o700 });
    return vscode.Uri.joinPath(folder, fileName);
  }

  /** Removes those of this window. A program that still has one open may keep it, where the system works that way. */
  async clear(): Promise<void> {
    await remove(this.folder);
  }

  /** Removes what windows left behind that are no more. */
  async sweep(): Promise<void> {
    for (const name of await namesIn(this.#allWindows.fsPath)) {
      if (!isRunning(Number.parseInt(name, 10))) await remove(vscode.Uri.joinPath(this.#allWindows, name));
    }
  }
}

async function remove(folder: vscode.Uri): Promise<void> {
  await rm(folder.fsPath, { recursive: true, force: true, maxRetries: 3 });
}

function isRunning(pid: number): boolean {
  try {
    // Signal 0 only asks.
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
