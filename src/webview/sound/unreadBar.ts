import { button } from '../button';
import { element } from '../element';
import type { Page } from '../page';
import { counted } from '../text';

/** Leads from a voicemail to the other unread ones, or plays through them all. */
export class UnreadBar {
  readonly element: HTMLElement;
  readonly #count = element('p', { class: 'muted', attributes: { role: 'status' } });
  readonly #previous: HTMLButtonElement;
  readonly #next: HTMLButtonElement;
  readonly #through: HTMLButtonElement;
  #others = 0;

  constructor(
    private readonly page: Page,
    signal: AbortSignal,
  ) {
    const { strings } = page;
    this.#previous = button({
      label: strings.previousUnread,
      icon: 'previous',
      onClick: () => this.#go('previous'),
    });
    this.#next = button({ label: strings.nextUnread, icon: 'next', onClick: () => this.#go('next') });
    this.#through = button({ label: strings.playThrough, icon: 'play', onClick: () => this.#playThrough() });
    this.#through.classList.add('toggle');
    this.#through.title = strings.playThroughHint;
    this.element = element('section', {
      class: 'unread-bar',
      attributes: { 'aria-label': strings.unreadVoicemails },
      children: [
        element('div', { class: 'actions', children: [this.#previous, this.#next, this.#through] }),
        this.#count,
      ],
    });
    const following = page.through.onDidChange(() => this.#show());
    signal.addEventListener('abort', () => following.dispose(), { once: true });
    addEventListener('keydown', (event) => this.#keyDown(event), { signal });
    this.#show();
  }

  /** @param others how many other voicemails are unread */
  show(others: number): void {
    this.#others = others;
    this.#show();
  }

  #show(): void {
    const { strings, through, dates } = this.page;
    const none = this.#others === 0;
    // Not `disabled`, which would take the focus from somebody who uses the keyboard.
    for (const each of [this.#previous, this.#next]) each.setAttribute('aria-disabled', String(none));
    this.#through.setAttribute('aria-disabled', String(none && !through.active));
    this.#through.setAttribute('aria-pressed', String(through.active));
    const text = none
      ? strings.noOtherUnread
      : counted(this.#others, strings.oneOtherUnread, strings.otherUnread, dates);
    if (this.#count.textContent !== text) this.#count.textContent = text;
  }

  #go(direction: 'next' | 'previous'): void {
    if (this.#others > 0) this.page.host.openVoicemail(direction, false);
  }

  #playThrough(): void {
    const { through, host } = this.page;
    if (through.active || this.#others > 0) through.active = !through.active;
    // One that cannot be played is passed over.
    if (through.active && !document.querySelector('.sound')) host.openVoicemail('next', true);
  }

  #keyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.target instanceof Element && event.target.matches('input, select, textarea')) return;
    if (event.key === 'n') this.#go('next');
    else if (event.key === 'p') this.#go('previous');
    else return;
    event.preventDefault();
  }
}
