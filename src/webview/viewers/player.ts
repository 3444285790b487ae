import { contentUrl, UnshowableError } from '../show';

/**
 * Gives the content to a player and waits until it knows how long it is, so that no dead player is ever shown.
 * @throws UnshowableError with `sentence` if the player cannot decode it
 */
export async function preparePlayer(
  player: HTMLMediaElement,
  content: Blob,
  signal: AbortSignal,
  sentence: string,
): Promise<void> {
  // All of it is here already; a video shows its first picture.
  player.preload = 'auto';
  const ready = new Promise<void>((resolve, reject) => {
    player.addEventListener('loadedmetadata', () => resolve(), { once: true });
    player.addEventListener('error', () => reject(new UnshowableError(sentence)), { once: true });
  });
  player.addEventListener('play', () => pauseOthers(player), { signal });
  player.src = contentUrl(content, signal);
  await ready;
  signal.addEventListener('abort', () => player.removeAttribute('src'), { once: true });
}

/** One thing is heard at a time. */
function pauseOthers(player: HTMLMediaElement): void {
  for (const other of document.querySelectorAll<HTMLMediaElement>('audio, video'))
    if (other !== player) other.pause();
}
