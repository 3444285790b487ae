import { formatOf } from '../formats/mediaTypes';
import type { AttachmentView } from '../viewers/protocol';
import { declaredKind } from './contentKind';

export type PlayableKind = 'audio' | 'video';

/** Whether an attachment is sound or video, as far as its record tells. */
export function playableKind({ contentType, name }: AttachmentView): PlayableKind | undefined {
  const kind = declaredKind(contentType, name);
  return kind === 'audio' || kind === 'video' ? kind : undefined;
}

/** Whether it is worth downloading: it is decoded here, or the browser does not say that it cannot play it. */
export function mayBePlayed(kind: PlayableKind, { contentType, name }: AttachmentView): boolean {
  const { playerType, decoder } = formatOf(contentType, name);
  return (
    decoder !== undefined || playerType === '' || document.createElement(kind).canPlayType(playerType) !== ''
  );
}

/** Whether only pages with decoders can play it: the policy of others does not let them run what decodes it. */
export function needsWebAssembly({ contentType, name }: AttachmentView): boolean {
  return formatOf(contentType, name).decoder === 'amr';
}
