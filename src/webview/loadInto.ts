import type { Strings } from '../viewers/strings';
import { button } from './button';
import { element } from './element';
import { HostError } from './host';
import { icon } from './icons';

/**
 * Fills `target` with what `load` brings; until then it says that it is loading, and if that fails it says why and
 * offers to try again. Nothing is done any more after `signal` is aborted.
 * @param load may throw HostError, whose message is for people
 */
export async function loadInto(
  target: HTMLElement,
  strings: Strings,
  signal: AbortSignal,
  load: () => Promise<Node>,
): Promise<void> {
  target.setAttribute('aria-busy', 'true');
  target.replaceChildren(
    element('p', { class: 'loading', text: strings.loading, attributes: { role: 'status' } }),
  );
  let result: Node;
  try {
    result = await load();
  } catch (error) {
    if (!signal.aborted && !(error instanceof HostError)) console.error(error);
    result = failure(error instanceof HostError ? error.message : strings.cannotShow, strings, () => {
      void loadInto(target, strings, signal, load);
    });
  }
  if (signal.aborted) return;
  target.removeAttribute('aria-busy');
  target.replaceChildren(result);
}

function failure(message: string, strings: Strings, retry: () => void): HTMLElement {
  return element('div', {
    class: 'notice',
    attributes: { role: 'alert' },
    children: [
      icon('warning'),
      element('p', { text: message }),
      button({ label: strings.retry, onClick: retry }),
    ],
  });
}
