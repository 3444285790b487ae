import type { Strings } from '../../viewers/strings';
import { button } from '../button';
import { element } from '../element';
import { icon } from '../icons';
import type { JumpButtons } from './jumpButtons';
import { setHidden } from './setHidden';

/** The list of messages, what lies over it, and what is there instead while there are none. */
export class MessagesFrame {
  readonly element: HTMLElement;
  readonly #loading: HTMLElement;
  readonly #allDeleted: HTMLElement;
  readonly #showDeleted: HTMLButtonElement;

  constructor(
    strings: Strings,
    private readonly list: HTMLElement,
    { toUnread, toEnd }: JumpButtons,
    onShowDeleted: () => void,
    private readonly focusList: () => void,
  ) {
    this.#showDeleted = button({ label: strings.showDeleted, onClick: onShowDeleted });
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
        this.#showDeleted,
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
    if (total > 0) {
      this.list.hidden = false;
      setHidden(this.#allDeleted, true, this.focusList);
    } else {
      this.#allDeleted.hidden = false;
      setHidden(this.list, true, () => this.#showDeleted.focus());
    }
  }
}
