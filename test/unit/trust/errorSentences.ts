import { ApiError, isMailboxError, NetworkError } from '../../../src/api/errors';
import { describeError } from '../../../src/display/describeError';
import { databaseTrouble, fileTrouble } from '../../../src/storage/storageTrouble';

/** What was read is the beginning of what it should be. */
export class CutShort extends Error {}

/** What people were told, by what it is called in the tables. */
export class ErrorSentences {
  readonly #sentences = new Map<string, string>();

  /** The name of `error`, for a table; its sentence is kept. */
  name(error: unknown): string {
    const name = nameOf(error);
    // The servers of tests have addresses of their own each time.
    const sentence = describeError(error)
      .replace(/(?<=proxy )[\w.:]+/, 'proxy.example.com')
      .replace(/127\.0\.0\.1:\d+|mailbox\.test|nobody\.invalid/, 'platform.ringcentral.com');
    this.#sentences.set(name, sentence);
    return name;
  }

  /** What became of `work`: `done`, or the name of what it failed with. */
  async outcomeOf(work: () => unknown): Promise<string> {
    try {
      await work();
      return 'done';
    } catch (error) {
      if (error instanceof CutShort) return 'done, cut short';
      return this.name(error);
    }
  }

  /** Name and sentence of everything by name. */
  get all(): readonly (readonly [name: string, sentence: string])[] {
    return [...this.#sentences].toSorted(([a], [b]) => (a < b ? -1 : 1));
  }
}

function nameOf(error: unknown): string {
  if (error instanceof NetworkError) return `network: ${error.failure}`;
  if (error instanceof ApiError) return `RingCentral: ${error.kind}`;
  if (isMailboxError(error)) return error.kind;
  const [database, file] = [databaseTrouble(error), fileTrouble(error)];
  if (database) return `storage: ${database}`;
  if (file) return `file: ${file}`;
  throw error;
}
