import type { AttachmentView } from '../viewers/protocol';
import type { ContentKind } from '../formats/mediaTypes';
import { declaredKind } from './contentKind';
import type { IconName } from './icons';

const ICONS: Readonly<Record<ContentKind, IconName>> = {
  audio: 'audio',
  video: 'video',
  image: 'image',
  pdf: 'document',
  tiff: 'document',
  vcard: 'contact',
  text: 'text',
  file: 'document',
  unknown: 'document',
};

/** An icon for what the record says the attachment is. */
export function attachmentIcon(attachment: AttachmentView): IconName {
  return ICONS[declaredKind(attachment.contentType, attachment.name)];
}
