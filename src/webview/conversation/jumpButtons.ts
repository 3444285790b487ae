import type { Strings } from '../../viewers/strings';
import { button } from '../button';

/** How things are where the reader is. */
export interface Whereabouts {
  /** What is said of the unread messages, if there are any to go to, and whether the oldest of them is in sight. */
  readonly unread: { readonly text: string; readonly isInSight: boolean } | undefined;
  readonly atEnd: boolean;
  /** There are messages below that are not loaded. */
  readonly isFar: boolean;
}

/** Over the messages: the ways to where the unread ones begin, and to the newest. */
export class JumpButtons {
  readonly toUnread: HTMLButtonElement;
  readonly toEnd: HTMLButtonElement;
  /** The reader has been where the unread messages begin. */
  #unreadSeen = false;
  /** There are messages below that the reader has not been told of otherwise. */
  #hasNews = false;

  constructor(
    private readonly strings: Strings,
    events: { onToUnread(): void; onToEnd(): void },
  ) {
    this.toUnread = floating('up', '', () => {
      this.#unreadSeen = true;
      events.onToUnread();
    });
    this.toEnd = floating('down', strings.newMessages, () => events.onToEnd());
  }

  /** Others are unread now. */
  expectUnread(): void {
    this.#unreadSeen = false;
  }

  /** Something new has come that the reader does not see. */
  tellNews(): void {
    this.#hasNews = true;
  }

  show({ unread, atEnd, isFar }: Whereabouts): void {
    const { strings } = this;
    if (unread?.isInSight) this.#unreadSeen = true;
    this.toUnread.hidden = !unread || this.#unreadSeen;
    if (unread) setLabel(this.toUnread, unread.text);
    if (atEnd) this.#hasNews = false;
    this.toEnd.hidden = !this.#hasNews && !isFar;
    setLabel(this.toEnd, this.#hasNews ? strings.newMessages : strings.toNewest);
  }
}

function floating(name: 'up' | 'down', label: string, onClick: () => void): HTMLButtonElement {
  const made = button({ label, icon: name, primary: true, onClick });
  made.classList.add('floating', name);
  made.hidden = true;
  return made;
}

function setLabel(target: HTMLButtonElement, text: string): void {
  const label = target.querySelector('span');
  if (label && label.textContent !== text) label.textContent = text;
}
