/** Scrolls to an element, also as it grows while it is loaded, until somebody goes elsewhere. */
export function keepInSight(element: HTMLElement, signal: AbortSignal): void {
  const grown = new ResizeObserver(() => element.scrollIntoView({ block: 'start' }));
  grown.observe(element);
  const leave = (): void => grown.disconnect();
  for (const event of ['wheel', 'keydown', 'pointerdown'])
    addEventListener(event, leave, { once: true, passive: true, signal });
  signal.addEventListener('abort', leave, { once: true });
}
