import type { Strings } from '../../viewers/strings';
import { button } from '../button';
import { element } from '../element';
import { HostError } from '../host';
import { icon } from '../icons';
import { setHidden } from './setHidden';

/** Tells what has failed, until that is over or somebody has read it. */
export class TroubleNotice {
  readonly element = element('div', { class: 'notice trouble', attributes: { role: 'alert' } });

  /** @param focusElse gives the focus to something else if it is in what goes */
  constructor(
    private readonly strings: Strings,
    private readonly focusElse: () => void,
  ) {
    this.element.hidden = true;
  }

  show(error: unknown, retry?: () => void): void {
    if (!(error instanceof HostError)) console.error(error);
    const { strings } = this;
    const again = retry && button({ label: strings.retry, onClick: retry });
    const dismiss = button({
      label: strings.dismiss,
      icon: 'close',
      compact: true,
      onClick: () => this.hide(),
    });
    const hadFocus = this.element.contains(document.activeElement);
    this.element.hidden = false;
    this.element.replaceChildren(
      icon('warning'),
      element('p', { text: error instanceof HostError ? error.message : strings.messagesFailed }),
      ...(again ? [again] : []),
      dismiss,
    );
    if (hadFocus) (again ?? dismiss).focus();
  }

  hide(): void {
    setHidden(this.element, true, this.focusElse);
  }
}
