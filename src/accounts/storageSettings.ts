import { EventEmitter, workspace, type Disposable } from 'vscode';
import { Setting } from '../ids';
import type { HistoryLimit } from '../mailbox/sync/history';
import { readSetting } from '../settings';

const HISTORY_LIMITS = { '30days': '30 days', '1year': '1 year', everything: 'everything' } as const;

const MEGABYTE = 1_000_000;

/** What of the mailbox is kept on this computer, as the user has set it. */
export class StorageSettings implements Disposable {
  readonly #keepOnDiskChanged = new EventEmitter<void>();
  readonly #historyChanged = new EventEmitter<void>();
  readonly #cacheLimitChanged = new EventEmitter<void>();
  readonly #following: Disposable;

  readonly onDidChangeKeepOnDisk = this.#keepOnDiskChanged.event;
  readonly onDidChangeHistory = this.#historyChanged.event;
  readonly onDidChangeCacheLimit = this.#cacheLimitChanged.event;

  constructor() {
    this.#following = workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(Setting.KeepOnDisk)) {
        this.#keepOnDiskChanged.fire();
      }
      if (event.affectsConfiguration(Setting.SyncHistory)) {
        this.#historyChanged.fire();
      }
      if (event.affectsConfiguration(Setting.CacheMaxSize)) {
        this.#cacheLimitChanged.fire();
      }
    });
  }

  get keepOnDisk(): boolean {
    return readSetting(Setting.KeepOnDisk);
  }

  get history(): HistoryLimit {
    return HISTORY_LIMITS[readSetting(Setting.SyncHistory)];
  }

  /** Bytes of attachments. */
  get cacheLimit(): number {
    if (!this.keepOnDisk) return 0;
    return readSetting(Setting.CacheMaxSize) * MEGABYTE;
  }

  dispose(): void {
    this.#following.dispose();
    this.#keepOnDiskChanged.dispose();
    this.#historyChanged.dispose();
    this.#cacheLimitChanged.dispose();
  }
}
