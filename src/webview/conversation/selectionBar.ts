import type { Strings } from '../../viewers/strings';
import { button } from '../button';
import { element } from '../element';
import type { IconName } from '../icons';
import { fill } from '../text';
import type { MessageActions } from './messageActions';
import type { Selection } from './selection';

/** How many messages are selected, and what can be done with them. */
export class SelectionBar {
  readonly element: HTMLElement;
  readonly #count = element('span', { class: 'selection-count', attributes: { role: 'status' } });
  readonly #restore: HTMLButtonElement;

  constructor(
    private readonly strings: Strings,
    private readonly selection: Selection,
    actions: MessageActions,
    onClear: () => void,
  ) {
    const act = (label: string, icon: IconName, onClick: () => void): HTMLButtonElement =>
      button({ label, icon, compact: true, onClick });
    this.#restore = act(strings.restore, 'restore', () => void actions.change('restore', selection.ids));
    this.element = element('div', {
      class: 'selection-bar',
      children: [
        this.#count,
        element('div', {
          class: 'controls',
          attributes: { role: 'toolbar', 'aria-label': strings.selectedMessages },
          children: [
            act(strings.markRead, 'read', () => void actions.change('markRead', selection.ids)),
            act(strings.markUnread, 'unread', () => void actions.change('markUnread', selection.ids)),
            act(strings.copy, 'copy', () => void actions.copyText(selection.ids)),
            act(strings.copyAs, 'text', () => void actions.takeOut('copyAs', selection.ids)),
            act(strings.export, 'save', () => void actions.takeOut('export', selection.ids)),
            this.#restore,
            act(strings.delete, 'trash', () => void actions.change('delete', selection.ids)),
            act(strings.clearSelection, 'close', onClear),
          ],
        }),
      ],
    });
    this.element.hidden = true;
  }

  show(showsDeleted: boolean): void {
    const count = this.selection.size;
    this.element.hidden = count === 0;
    this.#restore.hidden = !showsDeleted;
    const { selectedOne, selectedMany } = this.strings;
    this.#count.textContent = count === 1 ? selectedOne : fill(selectedMany, count.toLocaleString());
  }
}
