import type { Show } from '../show';
import { UnshowableError } from '../show';
import { fill } from '../text';
import { element } from '../element';
import { preparePlayer } from './player';

/** A voicemail, or a sound that came with a message. */
export const show: Show = async (content, { page, attachment, signal }) => {
  const player = element('audio', {
    attributes: { 'aria-label': fill(page.strings.recordingOf, attachment.name) },
  });
  await preparePlayer(player, content, signal, page.strings.cannotPlay);
  // A file whose sound is in an unknown format may still have metadata.
  if (player.duration === 0) throw new UnshowableError(page.strings.cannotPlay);
  return { element: player };
};
