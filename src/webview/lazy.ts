/** How far outside the window something begins to load. */
const AHEAD = '300px';

/** Calls back once for each observed element, when it comes near the visible part of the page. */
export class NearnessObserver {
  readonly #callbacks = new WeakMap<Element, () => void>();
  readonly #observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        this.#observer.unobserve(target);
        this.#callbacks.get(target)?.();
      }
    },
    { rootMargin: AHEAD, scrollMargin: AHEAD },
  );

  observe(target: Element, onNear: () => void): void {
    this.#callbacks.set(target, onNear);
    this.#observer.observe(target);
  }

  unobserve(target: Element): void {
    this.#observer.unobserve(target);
  }
}
