import type { AttachmentView, MessageView } from '../viewers/protocol';
import { AttachmentCard } from './attachmentCard';
import { declaredKind } from './contentKind';
import { element, setChildren } from './element';
import { NearnessObserver } from './lazy';
import { messageHeader } from './messageHeader';
import type { Page } from './page';
import { transcriptionSection } from './transcription';
import { showWholeText } from './wholeText';

/** A part of the page that is made anew only when what it shows has changed. */
interface Part {
  readonly key: string;
  readonly element: HTMLElement;
  readonly lifetime: AbortController;
}

/** A single message: who and when, its text, its attachments one below the other, its transcription. */
export class MessagePage {
  readonly element = element('article', { class: 'message' });
  readonly #nearness = new NearnessObserver();
  readonly #cards = new Map<string, { readonly key: string; readonly card: AttachmentCard }>();
  readonly #parts = new Map<string, Part>();

  constructor(private readonly page: Page) {}

  show(message: MessageView): void {
    const { page } = this;
    const { text, transcription } = message;
    this.element.className = `message ${message.icon}${isOneDocument(message) ? ' filling' : ''}`;
    const { id, icon, heading, party, details, time, facts, badges, failure } = message;
    const parts = [
      this.#part('header', { id, icon, heading, party, details, time, facts, badges, failure }, () =>
        messageHeader(message, page),
      ),
      text &&
        this.#part('text', text, (signal) => {
          const block = element('p', { class: 'message-text', attributes: { dir: 'auto' } });
          void showWholeText(block, text, page, signal);
          return block;
        }),
      ...message.attachments.map((attachment) => this.#card(attachment).element),
      transcription &&
        this.#part('transcription', transcription, (signal) =>
          transcriptionSection(transcription, page, signal),
        ),
    ];
    this.#dropCards(message.attachments);
    setChildren(
      this.element,
      parts.filter((part) => part !== undefined),
    );
    this.#load(message.attachments);
  }

  /** Brings an attachment into sight. */
  reveal(attachmentId: string): void {
    this.#cards.get(attachmentId)?.card.reveal();
  }

  /** Ends everything under way. */
  dispose(): void {
    for (const { lifetime } of this.#parts.values()) lifetime.abort();
    this.#dropCards([]);
  }

  #part(name: string, data: unknown, make: (signal: AbortSignal) => HTMLElement): HTMLElement {
    const key = JSON.stringify(data);
    const known = this.#parts.get(name);
    if (known?.key === key) return known.element;
    known?.lifetime.abort();
    const lifetime = new AbortController();
    const made = make(lifetime.signal);
    this.#parts.set(name, { key, element: made, lifetime });
    return made;
  }

  #card(attachment: AttachmentView): AttachmentCard {
    const key = JSON.stringify(attachment);
    const known = this.#cards.get(attachment.attachmentId);
    if (known?.key === key) return known.card;
    known?.card.dispose();
    const card = new AttachmentCard(this.page, attachment);
    this.#cards.set(attachment.attachmentId, { key, card });
    return card;
  }

  #dropCards(keep: readonly AttachmentView[]): void {
    const kept = new Set(keep.map(({ attachmentId }) => attachmentId));
    for (const [id, { card }] of this.#cards) {
      if (kept.has(id)) continue;
      card.dispose();
      this.#cards.delete(id);
    }
  }

  /** A single attachment is what the page was opened for; of several, those that come near the window. */
  #load(attachments: readonly AttachmentView[]): void {
    const [only, ...others] = attachments;
    if (only && others.length === 0) this.#card(only).load();
    else
      for (const attachment of attachments) {
        const card = this.#card(attachment);
        this.#nearness.observe(card.element, () => card.load());
      }
  }
}

/** Whether there is nothing but a document to look at, which then has the window for itself. */
function isOneDocument({ attachments, text }: MessageView): boolean {
  const [only, ...others] = attachments;
  if (!only || others.length > 0 || text) return false;
  const kind = declaredKind(only.contentType, only.name);
  return kind === 'pdf' || kind === 'tiff';
}
