import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { FakeMemento } from '../../fakes/memento';
import { FakeSecretStorage } from '../../fakes/secretStorage';

/** What VS Code keeps for the extension from one start to the next. */
export class ExtensionStorage {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'mailbox-'));
  readonly memory = new FakeMemento();
  readonly secrets = new FakeSecretStorage();

  /** Another storage with the same content. No editor may be open on this one, whose databases are copied. */
  async copy(): Promise<ExtensionStorage> {
    const copy = new ExtensionStorage();
    cpSync(this.folder, copy.folder, { recursive: true });
    for (const key of this.memory.keys()) await copy.memory.update(key, this.memory.get(key));
    for (const [key, secret] of this.secrets.secrets) await copy.secrets.store(key, secret);
    return copy;
  }

  remove(): void {
    // What was begun may still be written for a moment.
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }
}
