import type { ConversationRequest } from '../viewers/conversationProtocol';
import {
  isHostMessage,
  type Answer,
  type AttachmentRef,
  type HostMessage,
  type MemoryChange,
  type PageMessage,
  type PageRequest,
  type View,
  type VoicemailDirection,
  waitingNumber,
} from '../viewers/protocol';
import { loadContent, type LoadedContent } from './loadedContent';

/** What the host answered with instead of a result; the message is for people. */
export class HostError extends Error {
  override readonly name = 'HostError';

  /** @param rendering whether the content is still being made, and to be asked for again */
  constructor(
    message: string,
    readonly rendering = false,
  ) {
    super(message);
  }
}

/** The two directions of a webview's messages, as VS Code offers them to a page. */
export interface HostPort {
  post(message: PageMessage): void;
  listen(listener: (message: unknown) => void): void;
}

export interface HostEvents {
  start(message: Extract<HostMessage, { kind: 'start' }>): void;
  update(view: View): void;
  reveal(target: string): void;
  /** The tab is not to be used for another message. */
  kept(): void;
  /** There is no voicemail to go to. */
  noVoicemail?(): void;
  /** Somebody has opened the voicemail that is shown, to hear it. */
  play?(): void;
  /** A voicemail is played in another tab: nothing is to be heard here. */
  pause(): void;
}

interface Pending {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** The page's side of the talk with the extension host. */
export class Host {
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;
  #disposed = false;

  constructor(
    private readonly port: HostPort,
    private readonly events: HostEvents,
  ) {
    port.listen((message) => {
      if (this.#disposed) return;
      if (isHostMessage(message)) this.#receive(message);
      else this.#refuse(waitingNumber(message));
    });
    port.post({ kind: 'ready' });
  }

  /**
   * An attachment, as a whole.
   * @throws HostError with a sentence for people; the signal's reason if it was cancelled
   */
  async readContent(attachment: AttachmentRef, signal: AbortSignal): Promise<LoadedContent> {
    const { content } = await this.#request({ kind: 'readContent', ...reference(attachment) }, signal);
    if (!content) throw new TypeError('The host answered without content.');
    return loadContent(content, signal);
  }

  /** @throws HostError with a sentence for people */
  async save(attachment: AttachmentRef): Promise<void> {
    await this.#request({ kind: 'save', ...reference(attachment) });
  }

  /** @throws HostError with a sentence for people */
  async openExternally(attachment: AttachmentRef): Promise<void> {
    await this.#request({ kind: 'openExternally', ...reference(attachment) });
  }

  /** @throws HostError with a sentence for people */
  async print(attachment: AttachmentRef): Promise<void> {
    await this.#request({ kind: 'print', ...reference(attachment) });
  }

  remember(change: MemoryChange): void {
    this.port.post({ kind: 'remember', change });
  }

  /** The recording of the message begins to play, for the first time since it was shown. */
  played(messageId: string): void {
    this.port.post({ kind: 'played', messageId });
  }

  /** The voicemail was heard to its end while all unread ones are played. */
  heard(messageId: string): void {
    this.port.post({ kind: 'heard', messageId });
  }

  /** These have come while somebody was reading the end of their conversation. */
  seen(messageIds: readonly string[]): void {
    this.port.post({ kind: 'seen', messageIds });
  }

  /** @param through whether all unread voicemails are being played, each once */
  openVoicemail(direction: VoicemailDirection, through: boolean): void {
    this.port.post({ kind: 'openVoicemail', direction, through });
  }

  openAttachment(attachment: AttachmentRef): void {
    this.port.post({ kind: 'openAttachment', ...reference(attachment) });
  }

  openLink(href: string): void {
    this.port.post({ kind: 'openLink', href });
  }

  /** Rejects what is still unanswered; nothing is heard or asked any more. */
  dispose(): void {
    this.#disposed = true;
    this.#rejectAll();
  }

  /** Texts the other side of a message. */
  reply(messageId: string): void {
    this.port.post({ kind: 'reply', messageId });
  }

  /** Calls the other side of a message. */
  call(messageId: string): void {
    this.port.post({ kind: 'call', messageId });
  }

  /**
   * Something about the messages that the page is about.
   * @throws HostError with a sentence for people
   */
  ask(request: ConversationRequest): Promise<Answer> {
    return this.#request(request);
  }

  #request(request: PageRequest, signal?: AbortSignal): Promise<Answer> {
    if (this.#disposed) return Promise.reject(closed());
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    const id = this.#nextId++;
    return new Promise<Answer>((resolve, reject) => {
      const cancel = (): void => {
        if (!this.#pending.delete(id)) return;
        this.port.post({ kind: 'cancel', id });
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', cancel, { once: true });
      const settled = (): void => signal?.removeEventListener('abort', cancel);
      this.#pending.set(id, {
        resolve: (answer) => {
          settled();
          resolve(answer);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      });
      this.port.post({ kind: 'request', id, request });
    });
  }

  #receive(message: HostMessage): void {
    switch (message.kind) {
      case 'start':
        // The host answers nothing any more that was asked before.
        this.#rejectAll();
        this.events.start(message);
        break;
      case 'update':
        this.events.update(message.view);
        break;
      case 'reveal':
        this.events.reveal(message.target);
        break;
      case 'kept':
        this.events.kept();
        break;
      case 'noVoicemail':
        this.events.noVoicemail?.();
        break;
      case 'play':
        this.events.play?.();
        break;
      case 'pause':
        this.events.pause();
        break;
      case 'answer':
        this.#take(message.id)?.resolve(message);
        break;
      case 'failure':
        this.#take(message.id)?.reject(new HostError(message.message, message.rendering));
        break;
    }
  }

  #rejectAll(): void {
    for (const { reject } of this.#pending.values()) reject(closed());
    this.#pending.clear();
  }

  /** An answer that makes no sense is no answer, but none other will come. */
  #refuse(id: number | undefined): void {
    if (id !== undefined) this.#take(id)?.reject(new TypeError('The host answered what it may not say.'));
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }
}

/** Views carry more than the host needs to be told. */
function reference({ messageId, attachmentId }: AttachmentRef): AttachmentRef {
  return { messageId, attachmentId };
}

function closed(): DOMException {
  return new DOMException('The page is closed.', 'AbortError');
}
