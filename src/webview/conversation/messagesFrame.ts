import type { Strings } from '../../viewers/strings';
import { button } from '../button';
import { element } from '../element';
import { icon } from '../icons';
import type { JumpButtons } from './jumpButtons';

/** The list of messages, what lies over it, and what is there instead while there are none. */
export class MessagesFrame {
  readonly element: HTMLElement;
  readonly #loading: HTMLElement;
  readonly #allDeleted: HTMLElement;

  constructor(
    strings: Strings,
    private readonly list: HTMLElement,
    { toUnread, toEnd }: JumpButtons,
    onShowDeleted: () => void,
  ) {
    this.#loading = element('p', {
      class: 'loading',
      text: strings.loading,
      attributes: { role: 'status' },
    });
    this.#allDeleted = element('div', {
      class: 'state',
      attributes: { role: 'status' },
      children: [
        icon('trash'),
        element('p', { class: 'state-title', text: strings.allDeleted }),
        button({ label: strings.showDeleted, onClick: onShowDeleted }),
      ],
    });
    this.#allDeleted.hidden = true;
    this.element = element('div', {
      class: 'messages-frame',
      children: [toUnread, this.#loading, list, this.#allDeleted, toEnd],
    });
  }

  /** Nothing is to be waited for any more. */
  endLoading(): void {
    this.#loading.remove();
  }

  /** @param total how many messages can be shown */
  show(total: number): void {
    this.endLoading();
    this.#allDeleted.hidden = total > 0;
    this.list.hidden = total === 0;
  }
}
