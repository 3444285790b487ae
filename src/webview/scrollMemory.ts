import type { PageState } from './pageState';
import { atRest } from './rest';

const NAME = 'scroll';

/** Keeps how far the page is scrolled, and scrolls there again as soon as the page has become that long. */
export function rememberScroll(state: PageState, content: Element, signal: AbortSignal): void {
  const kept = state.get(NAME);
  let wanted = typeof kept === 'number' ? kept : 0;
  const goThere = (): void => {
    if (wanted <= 0 || document.documentElement.scrollHeight - innerHeight < wanted) return;
    scrollTo({ top: wanted });
    wanted = 0;
  };
  const grown = new ResizeObserver(goThere);
  grown.observe(content);
  // Who goes somewhere wants to be there.
  for (const event of ['wheel', 'keydown', 'pointerdown'])
    addEventListener(event, () => (wanted = 0), { signal, passive: true });
  const keep = atRest(() => state.set(NAME, scrollY), signal);
  addEventListener('scroll', keep, { signal, passive: true });
  signal.addEventListener('abort', () => grown.disconnect());
}
