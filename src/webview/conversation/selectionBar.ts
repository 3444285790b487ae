import { button } from '../button';
import { element } from '../element';
import type { IconName } from '../icons';
import type { Page } from '../page';
import { counted } from '../text';
import type { MessageActions } from './messageActions';
import type { Selection } from './selection';
import { setHidden } from './setHidden';

/** How many messages are selected, and what can be done with them. Nothing is seen of it while none is. */
export class SelectionBar {
  readonly element: HTMLElement;
  readonly #count = element('span', { class: 'selection-count', attributes: { role: 'status' } });
  readonly #controls: HTMLElement;
  readonly #restore: HTMLButtonElement;

  /** @param focusElse gives the focus to something else if it is in what goes */
  constructor(
    private readonly page: Pick<Page, 'strings' | 'dates'>,
    private readonly selection: Selection,
    actions: MessageActions,
    private readonly focusElse: () => void,
  ) {
    const { strings } = page;
    const act = (label: string, icon: IconName, onClick: () => void): HTMLButtonElement =>
      button({ label, icon, compact: true, onClick });
    this.#restore = act(strings.restore, 'restore', () => void actions.change('restore', selection.ids));
    this.#controls = element('div', {
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
        act(strings.clearSelection, 'close', () => selection.clear()),
      ],
    });
    this.element = element('div', { class: 'selection-bar', children: [this.#count, this.#controls] });
    this.show(false);
  }

  show(showsDeleted: boolean): void {
    const count = this.selection.size;
    this.element.classList.toggle('empty', count === 0);
    setHidden(this.#controls, count === 0, this.focusElse);
    this.#restore.hidden = !showsDeleted;
    const { strings, dates } = this.page;
    this.#count.textContent =
      count === 0 ? '' : counted(count, strings.selectedOne, strings.selectedMany, dates);
  }
}
