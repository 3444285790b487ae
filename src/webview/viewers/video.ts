import { element } from '../element';
import { PlayPosition } from '../playPosition';
import type { Page } from '../page';
import type { Show } from '../show';
import { hasSoundTrack } from '../soundTrack';
import { fill } from '../text';
import { addControls, preparePlayer } from './player';

export const show: Show = async (content, context) => {
  const { page, attachment, signal } = context;
  const player = element('video', { attributes: { 'aria-label': attachment.name } });
  await preparePlayer(player, content.blob, signal, page.strings.cannotPlayVideo);
  addControls(player, page.sound);
  new PlayPosition(player, context).restore();
  const shown = element('div', { children: [player] });
  const tellSilent = async (): Promise<void> => {
    if (isSilent(player) && (await hasSoundTrack(content.blob))) shown.append(silentNote(page));
  };
  player.addEventListener('canplaythrough', () => void tellSilent(), { once: true, signal });
  return { element: shown };
};

/** Whether the browser, which tells it in no other way, has found no sound that it can decode. */
function isSilent(player: HTMLVideoElement & { webkitAudioDecodedByteCount?: number }): boolean {
  return player.webkitAudioDecodedByteCount === 0;
}

function silentNote({ strings }: Page): HTMLElement {
  return element('p', {
    class: 'media-note muted',
    attributes: { role: 'status' },
    text: fill(strings.sentences, strings.cannotHearVideo, strings.cannotShowHint),
  });
}
