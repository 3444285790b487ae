import type { AttachmentView, MessageView } from '../viewers/protocol';
import { AttachmentCard } from './attachmentCard';
import { declaredKind } from './contentKind';
import { element, setChildren } from './element';
import { Gallery } from './gallery/gallery';
import { NearnessObserver } from './lazy';
import { messageHeader } from './messageHeader';
import type { Page } from './page';
import { ReplyButtons } from './replyButtons';
import { rememberScroll } from './scrollMemory';
import { UnreadBar } from './sound/unreadBar';
import { transcriptionSection } from './transcription';
import { showWholeText } from './wholeText';

/** A part of the page that is made anew only when what it shows has changed. */
interface Part {
  readonly key: string;
  readonly element: HTMLElement;
  readonly lifetime: AbortController;
}

/** An attachment, or all pictures and videos of the message. */
interface Showing {
  readonly element: HTMLElement;
  load(): void;
  /** Brings it into sight, for the eye and for the keyboard. */
  reveal(attachmentId: string): void;
  dispose(): void;
}

/**
 * A single message: who and when, its text, its pictures and videos, its other attachments one below the other, its
 * transcription.
 */
export class MessagePage {
  readonly element = element('article', { class: 'message' });
  readonly #nearness = new NearnessObserver();
  readonly #showings = new Map<string, { readonly key: string; readonly showing: Showing }>();
  readonly #parts = new Map<string, Part>();
  readonly #lifetime = new AbortController();
  readonly #reply: ReplyButtons;
  readonly #replyActions: HTMLElement;
  readonly #top = element('div', { class: 'message-top' });
  #unreadBar: UnreadBar | undefined;
  #transcriptionNote: string | undefined;

  constructor(private readonly page: Page) {
    this.#reply = new ReplyButtons(page, false);
    this.#replyActions = element('div', { class: 'actions', children: this.#reply.elements });
    rememberScroll(page.state, this.element, this.#lifetime.signal);
  }

  show(message: MessageView): void {
    const { page } = this;
    const { text, transcription } = message;
    this.element.className = `message ${message.icon} ${layoutOf(message)}`;
    const { id, icon, heading, party, details, time, facts, badges, failure } = message;
    const groups = grouped(message.attachments);
    const header = this.#part(
      'header',
      { id, icon, heading, party, details, time, facts, badges, failure },
      () => messageHeader(message, page),
    );
    this.#reply.show(message.dialable);
    setChildren(this.#top, message.dialable ? [header, this.#replyActions] : [header]);
    const parts = [
      this.#top,
      text &&
        this.#part('text', text, (signal) => {
          const block = element('p', { class: 'message-text', attributes: { dir: 'auto' } });
          void showWholeText(block, text, page, signal);
          return block;
        }),
      ...groups.map((group) => this.#showing(group).element),
      message.otherUnread === undefined ? undefined : this.#unread(message.otherUnread),
      transcription &&
        this.#part('transcription', transcription, (signal) =>
          transcriptionSection(transcription, page, signal),
        ),
    ];
    this.#drop(groups);
    setChildren(
      this.element,
      parts.filter((part) => part !== undefined),
    );
    this.#load(groups);
    this.#tellTranscription(transcription?.note);
  }

  /** Brings an attachment into sight. */
  reveal(attachmentId: string): void {
    for (const { showing } of this.#showings.values()) showing.reveal(attachmentId);
  }

  /** For somebody who was reading another message in this tab. */
  focus(): void {
    const heading = this.element.querySelector('h1');
    heading?.setAttribute('tabindex', '-1');
    heading?.focus();
  }

  /** Ends everything under way. */
  dispose(): void {
    this.#lifetime.abort();
    for (const { lifetime } of this.#parts.values()) lifetime.abort();
    this.#drop([]);
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

  #unread(others: number): HTMLElement {
    this.#unreadBar ??= new UnreadBar(this.page, this.#lifetime.signal);
    this.#unreadBar.show(others);
    return this.#unreadBar.element;
  }

  /** What becomes of a transcription is said when it changes. */
  #tellTranscription(note: string | undefined): void {
    const before = this.#transcriptionNote;
    this.#transcriptionNote = note ?? '';
    if (before !== undefined && before !== this.#transcriptionNote)
      this.page.announcer.say(note ?? this.page.strings.transcriptionDone);
  }

  #showing(group: Group): Showing {
    const name = nameOf(group);
    const key = JSON.stringify(group);
    const known = this.#showings.get(name);
    if (known?.key === key) return known.showing;
    known?.showing.dispose();
    const [only] = group;
    const showing = name === GALLERY ? new Gallery(this.page, group) : new AttachmentCard(this.page, only);
    this.#showings.set(name, { key, showing });
    return showing;
  }

  #drop(keep: readonly Group[]): void {
    const kept = new Set(keep.map(nameOf));
    for (const [name, { showing }] of this.#showings) {
      if (kept.has(name)) continue;
      showing.dispose();
      this.#showings.delete(name);
    }
  }

  /** A single attachment is what the page was opened for; of several, those that come near the window. */
  #load(groups: readonly Group[]): void {
    const [only, ...others] = groups;
    if (only && others.length === 0) this.#showing(only).load();
    else
      for (const group of groups) {
        const showing = this.#showing(group);
        this.#nearness.observe(showing.element, () => showing.load());
      }
  }
}

/** What is shown together. */
type Group = readonly [AttachmentView, ...AttachmentView[]];

const GALLERY = 'gallery';

function nameOf(group: Group): string {
  return isPictureOrVideo(group[0]) ? GALLERY : group[0].attachmentId;
}

/** Pictures and videos together, where the first of them is; each of the others by itself. */
function grouped(attachments: readonly AttachmentView[]): readonly Group[] {
  const [first, ...rest] = attachments.filter(isPictureOrVideo);
  return attachments
    .filter((attachment) => attachment === first || !isPictureOrVideo(attachment))
    .map((attachment): Group => (attachment === first ? [first, ...rest] : [attachment]));
}

function isPictureOrVideo({ contentType, name }: AttachmentView): boolean {
  const kind = declaredKind(contentType, name);
  return kind === 'image' || kind === 'video';
}

function isDocument({ contentType, name }: AttachmentView): boolean {
  const kind = declaredKind(contentType, name);
  return kind === 'pdf' || kind === 'tiff';
}

/** A document that there is nothing else beside has the window for itself; what is worth seeing large has its width. */
function layoutOf({ attachments, text }: MessageView): string {
  if (attachments.length === 1 && attachments.every(isDocument) && !text) return 'filling';
  return attachments.some((each) => isDocument(each) || isPictureOrVideo(each)) ? 'wide' : '';
}
