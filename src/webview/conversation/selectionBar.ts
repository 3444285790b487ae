import type { Strings } from '../../viewers/strings';
import { button } from '../button';
import { element } from '../element';
import type { IconName } from '../icons';
import { fill } from '../text';

export interface SelectionEvents {
  onMarkRead(): void;
  onMarkUnread(): void;
  onCopy(): void;
  onCopyAs(): void;
  onExport(): void;
  onDelete(): void;
  onRestore(): void;
  onClear(): void;
}

/** How many messages are selected, and what can be done with them. */
export class SelectionBar {
  readonly element: HTMLElement;
  readonly #count = element('span', { class: 'selection-count', attributes: { role: 'status' } });
  readonly #restore: HTMLButtonElement;

  constructor(
    private readonly strings: Strings,
    events: SelectionEvents,
  ) {
    const act = (label: string, icon: IconName, onClick: () => void): HTMLButtonElement =>
      button({ label, icon, compact: true, onClick });
    this.#restore = act(strings.restore, 'restore', () => events.onRestore());
    this.element = element('div', {
      class: 'selection-bar',
      children: [
        this.#count,
        element('div', {
          class: 'controls',
          attributes: { role: 'toolbar', 'aria-label': strings.selectedMessages },
          children: [
            act(strings.markRead, 'read', () => events.onMarkRead()),
            act(strings.markUnread, 'unread', () => events.onMarkUnread()),
            act(strings.copy, 'copy', () => events.onCopy()),
            act(strings.copyAs, 'text', () => events.onCopyAs()),
            act(strings.export, 'save', () => events.onExport()),
            this.#restore,
            act(strings.delete, 'trash', () => events.onDelete()),
            act(strings.clearSelection, 'close', () => events.onClear()),
          ],
        }),
      ],
    });
    this.element.hidden = true;
  }

  show(count: number, showsDeleted: boolean): void {
    this.element.hidden = count === 0;
    this.#restore.hidden = !showsDeleted;
    const { selectedOne, selectedMany } = this.strings;
    this.#count.textContent = count === 1 ? selectedOne : fill(selectedMany, count.toLocaleString());
  }
}
