import type { TextView } from '../viewers/protocol';
import { element } from './element';
import { HostError } from './host';
import { setLinkedText } from './linkedText';
import { textOf } from './loadedContent';
import { button } from './button';
import type { Page } from './page';

/** Shows a text; where it may have been cut, what there is of it at once and the whole as soon as it is there. */
export async function showWholeText(
  target: HTMLElement,
  view: TextView,
  page: Page,
  signal: AbortSignal,
): Promise<void> {
  setLinkedText(target, view.text, page.host);
  if (!view.whole) return;
  try {
    const content = await page.host.readContent(view.whole, signal);
    setLinkedText(target, await textOf(content), page.host);
  } catch (error) {
    if (signal.aborted) return;
    const retry = (): void => {
      // What is pressed goes, and with it the focus.
      target.tabIndex = -1;
      target.focus({ preventScroll: true });
      void showWholeText(target, view, page, signal);
    };
    target.append(failure(error, page, retry));
  }
}

function failure(error: unknown, page: Page, retry: () => void): HTMLElement {
  const { strings } = page;
  return element('span', {
    class: 'text-failure',
    attributes: { role: 'alert' },
    children: [
      element('span', { text: error instanceof HostError ? error.message : strings.wholeTextFailed }),
      button({ label: strings.retry, onClick: retry }),
    ],
  });
}
