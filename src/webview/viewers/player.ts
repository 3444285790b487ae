import { contentUrl, UnshowableError } from '../show';
import type { SoundSettings } from '../sound/soundSettings';

/**
 * Gives the content to a player and waits until it knows how long it is, so that no dead player is ever shown.
 * @throws UnshowableError with `sentence` if the player cannot decode it, or not the pictures of a video
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
  if (player instanceof HTMLVideoElement && player.videoWidth === 0) throw new UnshowableError(sentence);
  signal.addEventListener('abort', () => player.removeAttribute('src'), { once: true });
}

/** Gives a player the browser's controls. It is as loud as the user likes it, and what they make of that is remembered. */
export function addControls(player: HTMLMediaElement, sound: SoundSettings): void {
  player.controls = true;
  player.setAttribute('controlslist', 'nodownload noremoteplayback');
  const { volume, muted } = sound.current;
  player.volume = volume;
  player.muted = muted;
  player.addEventListener('volumechange', () => sound.change({ volume: player.volume, muted: player.muted }));
}

/** One thing is heard at a time. @param player what goes on; without it, all is paused */
export function pauseOthers(player?: HTMLMediaElement): void {
  for (const other of document.querySelectorAll<HTMLMediaElement>('audio, video'))
    if (other !== player) other.pause();
}
