import { formatOf, type ContentKind } from '../formats/mediaTypes';
import type { AttachmentView } from '../viewers/protocol';
import { attachmentActions } from './attachmentActions';
import { attachmentIcon } from './attachmentIcon';
import { contentKind, declaredKind, headOf } from './contentKind';
import { element } from './element';
import { icon } from './icons';
import { keepInSight } from './keepInSight';
import type { LoadedContent } from './loadedContent';
import { loadInto } from './loadInto';
import type { Page } from './page';
import { mayBePlayed, playableKind } from './playable';
import { UnshowableError, type Show } from './show';
import { fileSize } from './text';

/** Each in a bundle of its own, so that a voicemail does not load a PDF library. */
const SHOWS: Readonly<Partial<Record<ContentKind, () => Promise<{ show: Show }>>>> = {
  audio: () => import('./viewers/audio'),
  video: () => import('./viewers/video'),
  image: () => import('./viewers/image'),
  pdf: () => import('./viewers/pdf'),
  tiff: () => import('./viewers/tiff'),
  vcard: () => import('./viewers/vcard'),
  text: () => import('./viewers/text'),
};

/** One attachment of a message: its name, what can be done with it, and below, once it is looked at, itself. */
export class AttachmentCard {
  readonly element: HTMLElement;
  readonly #head: HTMLElement;
  readonly #body = element('div', { class: 'attachment-body', attributes: { tabindex: '-1' } });
  readonly #lifetime = new AbortController();
  #loading = false;

  /** @param isNamed whether it is a region of the page; in a gallery what it shows says its name */
  constructor(
    private readonly page: Page,
    private readonly attachment: AttachmentView,
    isNamed = true,
    private readonly read = (signal: AbortSignal): Promise<LoadedContent> =>
      page.host.readContent(attachment, signal),
  ) {
    const { name, size } = attachment;
    const kind = declaredKind(attachment.contentType, name);
    this.#head = element('header', {
      class: 'attachment-head',
      children: [
        icon(attachmentIcon(attachment)),
        element('span', { class: 'attachment-name', text: name, attributes: { title: name } }),
        size === undefined
          ? undefined
          : element('span', { class: 'muted', text: fileSize(size, page.strings, page.dates.locale) }),
        attachmentActions(page, attachment, true),
      ],
    });
    this.element = element('section', {
      class: `attachment ${kind}`,
      ...(isNamed && { attributes: { 'aria-label': name } }),
      children: [this.#head, this.#body],
    });
  }

  /** Begins to load, unless it has already. */
  load(): void {
    if (this.#loading) return;
    this.#loading = true;
    void loadInto(this.#body, this.page.strings, this.#lifetime.signal, () => this.#show());
  }

  /** Brings it into sight, for the eye and for the keyboard, if it is the one. */
  reveal(attachmentId: string): void {
    if (attachmentId !== this.attachment.attachmentId) return;
    this.load();
    keepInSight(this.element, this.#lifetime.signal);
    this.#body.focus({ preventScroll: true });
  }

  /** Ends what is under way and gives back what was made. */
  dispose(): void {
    this.#lifetime.abort();
  }

  async #show(): Promise<Node> {
    const { page, attachment } = this;
    const { signal } = this.#lifetime;
    const declared = declaredKind(attachment.contentType, attachment.name);
    try {
      if (declared === 'file') throw new UnshowableError(page.strings.cannotShow);
      refuseUnplayable(attachment, page);
      const content = await this.read(signal);
      const format = formatOf(content.contentType || attachment.contentType, attachment.name);
      const kind = contentKind(format, await headOf(content.blob));
      const load = SHOWS[kind];
      if (!load) throw new UnshowableError(page.strings.cannotShow);
      const { show } = await load();
      const shown = await show(content, { page, attachment, signal });
      this.element.className = `attachment ${kind}`;
      if (shown.toolbar) this.#head.insertBefore(shown.toolbar, this.#head.lastElementChild);
      return shown.element;
    } catch (error) {
      if (error instanceof UnshowableError) return this.#unshowable(error.message);
      throw error;
    }
  }

  #unshowable(message: string): HTMLElement {
    const { page, attachment } = this;
    this.element.className = 'attachment unshowable';
    // Who plays through all of them must decide what to do about this one.
    if (page.through.active) page.announcer.say(message);
    page.through.active = false;
    page.playRequest.drop();
    const { type } = formatOf(attachment.contentType);
    if (type) this.#head.insertBefore(element('span', { class: 'muted', text: type }), this.#head.lastChild);
    return element('div', {
      class: 'notice',
      children: [
        icon('document'),
        element('div', {
          children: [
            element('p', { class: 'strong', text: message }),
            element('p', { class: 'muted', text: page.strings.cannotShowHint }),
          ],
        }),
        attachmentActions(page, attachment, false),
      ],
    });
  }
}

/** What the browser says it cannot play is not worth downloading. */
function refuseUnplayable(attachment: AttachmentView, { strings }: Page): void {
  const kind = playableKind(attachment);
  if (kind && !mayBePlayed(kind, attachment))
    throw new UnshowableError(kind === 'audio' ? strings.cannotPlay : strings.cannotPlayVideo);
}
