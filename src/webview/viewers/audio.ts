import type { Show } from '../show';
import { UnshowableError } from '../show';
import { decodeSound } from '../sound/decodeSound';
import { playableSound } from '../sound/playableSound';
import { SoundPlayer } from '../sound/soundPlayer';
import { element } from '../element';
import { preparePlayer } from './player';

/** A voicemail, or a sound that came with a message. */
export const show: Show = async (content, context) => {
  const { page, signal } = context;
  const sound = await playableSound(content, page.strings, signal);
  const audio = element('audio');
  await preparePlayer(audio, sound, signal, page.strings.cannotPlay);
  // A file whose sound is in an unknown format may still have metadata.
  if (audio.duration === 0) throw new UnshowableError(page.strings.cannotPlay);
  const player = new SoundPlayer(audio, context);
  // It can be heard before its waveform is there.
  void decodeSound(sound, audio.duration).then((decoded) => {
    if (!signal.aborted) player.showDecoded(decoded);
  });
  return { element: player.element };
};
