import type { Strings } from '../../viewers/strings';
import { button } from '../button';
import { element } from '../element';
import { HostError } from '../host';
import { icon } from '../icons';

/** Tells what has failed, until something succeeds or somebody has read it. */
export class Trouble {
  readonly element = element('div', { class: 'notice trouble', attributes: { role: 'alert' } });

  /** @param signal once aborted, nothing is told any more */
  constructor(
    private readonly strings: Strings,
    private readonly signal: AbortSignal,
  ) {
    this.element.hidden = true;
  }

  /**
   * Does something that may fail, and says so if it does.
   * @returns undefined if it failed
   */
  async attempt<T>(work: () => Promise<T>, retry?: () => void): Promise<T | undefined> {
    try {
      const result = await work();
      this.element.hidden = true;
      return result;
    } catch (error) {
      this.tell(error, retry);
      return undefined;
    }
  }

  tell(error: unknown, retry?: () => void): void {
    if (this.signal.aborted) return;
    if (!(error instanceof HostError)) console.error(error);
    const { strings } = this;
    this.element.hidden = false;
    this.element.replaceChildren(
      icon('warning'),
      element('p', { text: error instanceof HostError ? error.message : strings.messagesFailed }),
      ...(retry ? [button({ label: strings.retry, onClick: retry })] : []),
      button({
        label: strings.dismiss,
        icon: 'close',
        compact: true,
        onClick: () => (this.element.hidden = true),
      }),
    );
  }
}
