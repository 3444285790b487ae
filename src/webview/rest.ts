/** Milliseconds in which nothing more happens. */
const REST = 200;

/** @returns to be called whenever something happens; `action` is done once that has come to rest */
export function atRest(action: () => void, signal: AbortSignal): () => void {
  let resting: ReturnType<typeof setTimeout> | undefined;
  signal.addEventListener('abort', () => clearTimeout(resting));
  return () => {
    clearTimeout(resting);
    if (!signal.aborted) resting = setTimeout(action, REST);
  };
}
