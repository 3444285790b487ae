import type { SecretStorage, SecretStorageChangeEvent } from 'vscode';
import { Emitter } from '../../src/util/emitter';

/** VS Code's SecretStorage in memory: asynchronous, and telling all windows of every change, as the real one does. */
export class FakeSecretStorage implements SecretStorage {
  readonly secrets = new Map<string, string>();
  readonly #changed = new Emitter<SecretStorageChangeEvent>();
  readonly onDidChange = this.#changed.event;

  async keys(): Promise<string[]> {
    await Promise.resolve();
    return [...this.secrets.keys()];
  }

  async get(key: string): Promise<string | undefined> {
    await Promise.resolve();
    return this.secrets.get(key);
  }

  async store(key: string, value: string): Promise<void> {
    await Promise.resolve();
    this.secrets.set(key, value);
    this.#changed.fire({ key });
  }

  async delete(key: string): Promise<void> {
    await Promise.resolve();
    if (this.secrets.delete(key)) this.#changed.fire({ key });
  }

  /** Everything stored, for assertions on what is and what is not there. */
  text(): string {
    return [...this.secrets.values()].join('\n');
  }
}
