import type { Strings } from '../viewers/strings';
import { button } from './button';
import { element } from './element';
import { HostError } from './host';
import { icon } from './icons';

/** Milliseconds before what is still being rendered is asked for again: at first, and at most. */
const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 60_000;

/**
 * Fills `target` with what `load` brings; until then it says that it is loading, and if that fails it says why and
 * offers to try again. Nothing is done any more after `signal` is aborted.
 * What is still being rendered is asked for again, after a while that grows.
 * @param load may throw HostError, whose message is for people
 * @param round how often it was found to be still being rendered
 */
export async function loadInto(
  target: HTMLElement,
  strings: Strings,
  signal: AbortSignal,
  load: () => Promise<Node>,
  round = 0,
): Promise<void> {
  target.setAttribute('aria-busy', 'true');
  // What is said about rendering stays while it is asked for again.
  if (round === 0)
    replaceIn(
      target,
      element('p', { class: 'loading', text: strings.loading, attributes: { role: 'status' } }),
    );
  let result: Node;
  try {
    result = await load();
  } catch (error) {
    if (!signal.aborted && !(error instanceof HostError)) console.error(error);
    if (error instanceof HostError && error.rendering) {
      if (!signal.aborted) await waitForRendering(target, strings, signal, round);
      if (!signal.aborted) await loadInto(target, strings, signal, load, round + 1);
      return;
    }
    result = failure(error instanceof HostError ? error.message : strings.cannotShow, strings, () => {
      void loadInto(target, strings, signal, load);
    });
  }
  if (signal.aborted) return;
  target.removeAttribute('aria-busy');
  replaceIn(target, result);
}

/** The focus of what goes, such as Retry, stays in its place: the next Tab leads to what has come there. */
function replaceIn(target: HTMLElement, content: Node): void {
  const { activeElement } = document;
  const hadFocus = activeElement !== target && target.contains(activeElement);
  target.replaceChildren(content);
  if (!hadFocus) return;
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
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

/** Says that it is still being rendered; ends when it is time to ask again, or when somebody wants it now. */
function waitForRendering(
  target: HTMLElement,
  strings: Strings,
  signal: AbortSignal,
  round: number,
): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.min(FIRST_WAIT * 2 ** round, LONGEST_WAIT));
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
    const now = (): void => {
      clearTimeout(timer);
      resolve();
    };
    target.removeAttribute('aria-busy');
    const shown = target.querySelector<HTMLButtonElement>('.rendering button');
    if (shown) shown.onclick = now;
    else replaceIn(target, renderingNotice(strings, now));
  });
}

function renderingNotice(strings: Strings, now: () => void): HTMLElement {
  const tryNow = button({ label: strings.tryNow, onClick: () => undefined });
  // Replaced at each round, so that the button stays and keeps the focus.
  tryNow.onclick = now;
  return element('div', {
    class: 'notice rendering',
    children: [
      icon('clock'),
      element('p', { text: strings.rendering, attributes: { role: 'status' } }),
      tryNow,
    ],
  });
}
