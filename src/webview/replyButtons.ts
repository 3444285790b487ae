import type { DialablePartyView } from '../viewers/protocol';
import { button } from './button';
import type { Page } from './page';
import { fill } from './text';

/** Buttons that text and call the only party on the other side. They stay the same, so that the focus stays on them. */
export class ReplyButtons {
  readonly elements: readonly HTMLButtonElement[];
  readonly #reply: HTMLButtonElement;
  readonly #call: HTMLButtonElement;
  #dialable: DialablePartyView | undefined;

  constructor(
    private readonly page: Page,
    private readonly compact: boolean,
  ) {
    const { host, strings } = page;
    this.#reply = button({
      label: strings.reply,
      icon: 'reply',
      compact,
      onClick: () => this.#dialable && host.reply(this.#dialable.messageId),
    });
    this.#call = button({
      label: strings.call,
      icon: 'call',
      compact,
      onClick: () => this.#dialable && host.call(this.#dialable.messageId),
    });
    this.elements = [this.#reply, this.#call];
  }

  /** @param dialable undefined if there is nobody to be texted and called: the buttons are not to be seen then */
  show(dialable: DialablePartyView | undefined): void {
    this.#dialable = dialable;
    if (!dialable) return;
    const { replyTo, callNamed } = this.page.strings;
    this.#name(this.#reply, fill(replyTo, dialable.name));
    this.#name(this.#call, fill(callNamed, dialable.name));
  }

  /** An icon is named by its tooltip; beside a label a tooltip would be said as well. */
  #name(target: HTMLButtonElement, name: string): void {
    if (this.compact) target.title = name;
    else target.setAttribute('aria-label', name);
  }
}
