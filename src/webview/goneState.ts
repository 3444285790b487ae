import type { Strings } from '../viewers/strings';
import { element } from './element';
import { icon } from './icons';

/** What a page shows when its message or conversation is no longer in the mailbox. */
export function goneState(strings: Strings): HTMLElement {
  return element('div', {
    class: 'state',
    attributes: { role: 'status' },
    children: [
      icon('warning'),
      element('h1', { class: 'state-title', text: strings.gone }),
      element('p', { text: strings.goneHint }),
    ],
  });
}
