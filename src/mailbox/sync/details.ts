import { throwIfCancelled } from '../../api/cancellation';
import { isMailboxError } from '../../api/errors';
import { MAX_READ_IDS_PER_REQUEST, type MessageStoreApi } from '../../api/messageStore';
import type { Message } from '../../api/schema';
import { readTranscription } from '../content/transcription';
import { audioTranscription } from '../message';
import { isOutage } from '../outbox/verdict';
import type { Detail, Mark, MessageStore } from '../store/messageStore';
import { inOneStore } from '../store/storeReplaced';

/** How often a detail is asked for that the server has trouble with. */
const MAX_TRIES = 3;

/** Fetches what lists leave out and searches need: whole texts and transcriptions. */
export class Details {
  readonly #api: MessageStoreApi;
  /** By message id. */
  readonly #failures = new Map<string, number>();

  constructor(
    api: MessageStoreApi,
    private readonly store: MessageStore,
  ) {
    this.#api = api.inBackground();
  }

  /**
   * Fetches some of what is missing. What the server has not, or does not give, is not asked for again.
   * @returns whether anything was missing
   * @throws MailboxError if the server cannot be reached
   */
  fetchSome(signal: AbortSignal): Promise<boolean> {
    return inOneStore(() => this.#fetchSome(signal));
  }

  async #fetchSome(signal: AbortSignal): Promise<boolean> {
    throwIfCancelled(signal);
    const since = this.store.mark();
    const missing = this.store.missingDetails(MAX_READ_IDS_PER_REQUEST);
    const texts = missing.filter((each) => each.missing === 'text').map(({ message }) => message);
    if (texts.length > 0) this.#keep(await this.#texts(texts, signal), since, signal);
    for (const { message } of missing.filter((each) => each.missing === 'transcription')) {
      this.#keep([await this.#transcription(message, signal)], since, signal);
    }
    return missing.length > 0;
  }

  #keep(details: readonly Detail[], since: Mark, signal: AbortSignal): void {
    throwIfCancelled(signal);
    this.store.putDetails(details, since);
  }

  async #texts(messages: readonly Message[], signal: AbortSignal): Promise<readonly Detail[]> {
    const ids = messages.map(({ id }) => id);
    try {
      const results = await this.#api.readMessage(ids, signal);
      return results.map(({ id, message }) => ({
        id,
        ...(message?.subject !== undefined && { text: message.subject }),
      }));
    } catch (error) {
      this.#giveUpOrThrow(ids.join(), error);
      return ids.map((id) => ({ id }));
    }
  }

  async #transcription(message: Message, signal: AbortSignal): Promise<Detail> {
    const { id } = message;
    const attachment = audioTranscription(message);
    if (!attachment) return { id };
    try {
      return { id, transcription: await readTranscription(this.#api, attachment, signal) };
    } catch (error) {
      this.#giveUpOrThrow(id, error);
      return { id };
    }
  }

  /** Trouble of the server may pass, or may be with this one for ever. */
  #giveUpOrThrow(key: string, error: unknown): void {
    if (!isOutage(error) || isMailboxError(error, 'tooLarge')) return;
    const failures = (this.#failures.get(key) ?? 0) + 1;
    this.#failures.set(key, failures);
    const isOfThisOne = isMailboxError(error, 'temporary') || isMailboxError(error, 'responseFormat');
    if (!isOfThisOne || failures < MAX_TRIES) throw error;
    this.#failures.delete(key);
  }
}
