import { element } from '../element';
import { PlayPosition } from '../playPosition';
import { UnshowableError, type Show } from '../show';
import { preparePlayer } from './player';

export const show: Show = async (content, context) => {
  const { page, attachment, signal } = context;
  const player = element('video', { attributes: { 'aria-label': attachment.name } });
  player.controls = true;
  player.setAttribute('controlslist', 'nodownload noremoteplayback');
  await preparePlayer(player, content, signal, page.strings.cannotPlayVideo);
  // Sound alone: the pictures are in a format that the browser does not know.
  if (player.videoWidth === 0) throw new UnshowableError(page.strings.cannotPlayVideo);
  const { volume, muted } = page.sound.current;
  player.volume = volume;
  player.muted = muted;
  player.addEventListener('volumechange', () =>
    page.sound.change({ volume: player.volume, muted: player.muted }),
  );
  new PlayPosition(player, context).restore();
  return { element: player };
};
