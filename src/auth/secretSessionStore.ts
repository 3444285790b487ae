import type { SecretStorage } from 'vscode';
import { SecretStorageError } from '../api/errors';
import type { Event } from '../util/emitter';
import { readRecord, writeRecord, type SessionRecord } from './sessionRecord';

const KEY_PREFIX = 'session.';

/**
 * Sessions in SecretStorage, one secret each, so that a window that rotates the tokens of one account can never write
 * over what another window has just stored for another. SecretStorage lists its own keys, so there is no index to keep
 * in step.
 */
export class SecretSessionStore {
  constructor(
    private readonly secrets: SecretStorage,
    private readonly log: (line: string) => void,
  ) {}

  /** Fires after a session was stored or deleted, by this window or another one. */
  readonly onDidChange: Event<void> = (listener) =>
    this.secrets.onDidChange(({ key }) => {
      if (key.startsWith(KEY_PREFIX)) listener();
    });

  /** In the order of their first sign-in. */
  async all(): Promise<SessionRecord[]> {
    const keys = (await working(this.secrets.keys())).filter((key) => key.startsWith(KEY_PREFIX)).sort();
    const records = await Promise.all(keys.map((key) => this.#read(key)));
    return records
      .filter((record) => record !== undefined)
      .sort((one, other) => one.signedInAt - other.signedInAt);
  }

  get(id: string): Promise<SessionRecord | undefined> {
    return this.#read(KEY_PREFIX + id);
  }

  async put(record: SessionRecord): Promise<void> {
    await working(this.secrets.store(KEY_PREFIX + record.id, writeRecord(record)));
  }

  async delete(id: string): Promise<void> {
    await working(this.secrets.delete(KEY_PREFIX + id));
  }

  /** Drops an entry that nobody can read any more; says so without quoting it. */
  async #read(key: string): Promise<SessionRecord | undefined> {
    const text = await working(this.secrets.get(key));
    if (text === undefined) return undefined;
    const read = readRecord(text);
    switch (read.kind) {
      case 'session':
        return read.record;
      case 'newer':
        this.log(`The stored session ${key} is left alone: a newer version of the extension wrote it.`);
        return undefined;
      case 'corrupt':
        this.log(`The stored session ${key} cannot be read and is dropped. Sign in again.`);
        await working(this.secrets.delete(key));
        return undefined;
    }
  }
}

/** @throws SecretStorageError for whatever it fails; the system says it in words of its own */
async function working<T>(operation: Thenable<T>): Promise<T> {
  try {
    return await operation;
  } catch (error) {
    throw new SecretStorageError('Secret storage does not work', { cause: error });
  }
}
