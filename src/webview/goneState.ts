import type { Strings } from '../viewers/strings';
import { element } from './element';
import { icon } from './icons';

/**
 * Shows in `root` that the message or conversation is no longer in the mailbox. Whoever worked in the page has the focus there,
 * which says it; others are told.
 */
export function showGone(root: HTMLElement, strings: Strings): void {
  const hadFocus = root.contains(document.activeElement);
  const state = element('div', {
    class: 'state',
    attributes: hadFocus ? { tabindex: '-1', role: 'group', 'aria-labelledby': 'gone' } : { role: 'status' },
    children: [
      icon('warning'),
      element('h1', { class: 'state-title', text: strings.gone, attributes: { id: 'gone' } }),
      element('p', { text: strings.goneHint }),
    ],
  });
  root.replaceChildren(state);
  if (hadFocus) state.focus();
}
