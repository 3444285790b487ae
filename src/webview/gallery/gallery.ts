import type { AttachmentView } from '../../viewers/protocol';
import { AttachmentCard } from '../attachmentCard';
import { attachmentIcon } from '../attachmentIcon';
import { button } from '../button';
import { declaredKind } from '../contentKind';
import { element } from '../element';
import { icon } from '../icons';
import type { LoadedContent } from '../loadedContent';
import type { Page } from '../page';
import { fill } from '../text';
import { smallPicture } from './smallPicture';

/** Under which the picture in front is kept. */
const STATE = 'gallery';

const STEPS: Readonly<Record<string, number | undefined>> = {
  ArrowLeft: -1,
  PageUp: -1,
  ArrowRight: 1,
  PageDown: 1,
};

interface Item {
  readonly attachment: AttachmentView;
  readonly card: AttachmentCard;
  readonly thumbnail: HTMLButtonElement;
}

/** The pictures and videos of a message, one in front, the others as thumbnails below. */
export class Gallery {
  readonly element: HTMLElement;
  readonly #items: readonly Item[];
  readonly #lifetime = new AbortController();
  readonly #previous: HTMLButtonElement;
  readonly #next: HTMLButtonElement;
  readonly #contents = new Map<string, Promise<LoadedContent>>();
  #current = 0;
  #loading = false;

  /** @param attachments at least one */
  constructor(
    private readonly page: Page,
    attachments: readonly AttachmentView[],
  ) {
    const { strings } = page;
    this.#items = attachments.map((attachment, index) => ({
      attachment,
      card: new AttachmentCard(page, attachment, false, () => this.#read(attachment)),
      thumbnail: this.#thumbnail(attachment, index, attachments.length),
    }));
    this.#previous = button({
      label: strings.previousPicture,
      icon: 'previous',
      compact: true,
      onClick: () => this.#go(-1),
    });
    this.#next = button({
      label: strings.nextPicture,
      icon: 'next',
      compact: true,
      onClick: () => this.#go(1),
    });
    this.element = element('section', {
      class: 'gallery',
      attributes: { 'aria-label': strings.picturesAndVideos },
      children: [...this.#items.map(({ card }) => card.element), this.#strip()],
    });
    const kept = page.state.get(STATE);
    this.#show(
      Math.max(
        0,
        attachments.findIndex(({ attachmentId }) => attachmentId === kept),
      ),
    );
    addEventListener('keydown', (event) => this.#keyDown(event), { signal: this.#lifetime.signal });
  }

  load(): void {
    this.#loading = true;
    this.#items[this.#current]?.card.load();
    if (this.#items.length === 1) return;
    for (const item of this.#items) void this.#loadThumbnail(item);
  }

  /** Brings one of its pictures into sight. */
  reveal(attachmentId: string): void {
    const index = this.#items.findIndex(({ attachment }) => attachment.attachmentId === attachmentId);
    if (index < 0) return;
    this.load();
    this.#show(index);
    this.#items[index]?.card.reveal(attachmentId);
  }

  dispose(): void {
    this.#lifetime.abort();
    for (const { card } of this.#items) card.dispose();
  }

  #strip(): HTMLElement | undefined {
    if (this.#items.length === 1) return undefined;
    return element('div', {
      class: 'strip',
      children: [
        this.#previous,
        element('ol', {
          class: 'strip-pictures',
          children: this.#items.map(({ thumbnail }) => element('li', { children: [thumbnail] })),
        }),
        this.#next,
      ],
    });
  }

  #thumbnail(attachment: AttachmentView, index: number, count: number): HTMLButtonElement {
    const label = fill(this.page.strings.pictureOf, attachment.name, index + 1, count);
    const made = element('button', {
      class: 'strip-picture',
      attributes: { type: 'button', title: label },
      children: [icon(attachmentIcon(attachment))],
    });
    made.addEventListener('click', () => this.#show(index));
    return made;
  }

  async #loadThumbnail({ attachment, thumbnail }: Item): Promise<void> {
    // A video is not worth downloading for a picture of it.
    if (declaredKind(attachment.contentType, attachment.name) !== 'image') return;
    if (thumbnail.querySelector('canvas')) return;
    const { signal } = this.#lifetime;
    try {
      thumbnail.replaceChildren(await smallPicture((await this.#read(attachment)).blob));
    } catch (error) {
      // The icon stays; in front, it says what is wrong.
      if (!signal.aborted) console.error(error);
    }
  }

  /** The same content for the picture in front and for its thumbnail; asked for again after a failure. */
  #read(attachment: AttachmentView): Promise<LoadedContent> {
    const { attachmentId } = attachment;
    const known = this.#contents.get(attachmentId);
    if (known) return known;
    const reading = this.page.host.readContent(attachment, this.#lifetime.signal);
    this.#contents.set(attachmentId, reading);
    reading.catch(() => this.#contents.delete(attachmentId));
    return reading;
  }

  #show(index: number): void {
    const shown = this.#items[index];
    if (!shown) return;
    this.#current = index;
    for (const { card, thumbnail } of this.#items) {
      const isShown = card === shown.card;
      card.element.hidden = !isShown;
      thumbnail.setAttribute('aria-current', String(isShown));
      if (!isShown) for (const video of card.element.querySelectorAll('video')) video.pause();
    }
    this.#previous.setAttribute('aria-disabled', String(index === 0));
    this.#next.setAttribute('aria-disabled', String(index === this.#items.length - 1));
    shown.thumbnail.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (!this.#loading) return;
    shown.card.load();
    this.page.state.set(STATE, shown.attachment.attachmentId);
  }

  #go(step: number): void {
    const { activeElement } = document;
    const hadFocus = this.#items[this.#current]?.card.element.contains(activeElement);
    const before = this.#current;
    this.#show(this.#current + step);
    const shown = this.#items[this.#current];
    if (!shown || before === this.#current) return;
    // What was focused is hidden now; keys go on to work. What gets the focus is said by that.
    if (hadFocus) (shown.card.element.querySelector<HTMLElement>('.stage') ?? shown.thumbnail).focus();
    else
      this.page.announcer.say(
        fill(this.page.strings.pictureOf, shown.attachment.name, this.#current + 1, this.#items.length),
      );
  }

  #keyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const step = STEPS[event.key];
    if (this.#items.length === 1 || step === undefined || !this.#hearsKeys(event)) return;
    this.#go(step);
    event.preventDefault();
  }

  /** Keys pressed in the gallery, arrows also nowhere in particular; a video has its own. */
  #hearsKeys({ target, key }: KeyboardEvent): boolean {
    if (target === document.body)
      return key.startsWith('Arrow') && !document.querySelector('.sound, .document');
    return target instanceof Element && this.element.contains(target) && !target.matches('video');
  }
}
