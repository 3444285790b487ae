import type { Attachment, AttachmentType } from '../../api/schema';
import type { AttachmentFile, StoredMessage } from '../record';
import type { MessageIds } from './ids';
import { media, type MediaFile, type MediaName } from './media';

/** An attachment before it has an id. */
export interface Part {
  readonly attachment: Omit<Attachment, 'id'>;
  readonly file: AttachmentFile;
}

type Settled =
  | 'id'
  | 'availability'
  | 'creationTime'
  | 'lastModifiedTime'
  | 'attachments'
  | 'files'
  | 'removedAt';

/** A message before it has an id: ids rise with time, so all messages must be there first. */
export interface Draft extends Omit<StoredMessage, Settled> {
  /** Of its creation, ms since the epoch. */
  readonly time: number;
  /** Of the last change by its owner, such as reading or deleting it; ms since the epoch. */
  readonly changed: number;
  readonly deleted: boolean;
  readonly parts: readonly Part[];
}

export function textPart(text: string, type: AttachmentType = 'Text', fileName?: string): Part {
  return {
    attachment: { type, contentType: 'text/plain', ...(fileName !== undefined && { fileName }) },
    file: { kind: 'text', text },
  };
}

export function mediaPart(name: MediaName, type: AttachmentType): Part {
  const { contentType, size, seconds, width, height }: MediaFile = media[name];
  return {
    attachment: {
      type,
      contentType,
      fileName: name,
      size,
      ...(seconds !== undefined && { vmDuration: seconds }),
      ...(width !== undefined && { width }),
      ...(height !== undefined && { height }),
    },
    file: { kind: 'file', path: name },
  };
}

/** Gives the message its ids; its first attachment has the id of the message, as RingCentral does it. */
export function settle({ time, changed, deleted, parts, ...rest }: Draft, ids: MessageIds): StoredMessage {
  const id = ids.next();
  const files = new Map<string, AttachmentFile>();
  const attachments = parts.map(({ attachment, file }, index) => {
    const attachmentId = index === 0 ? id : ids.next();
    files.set(attachmentId, file);
    return { id: attachmentId, ...attachment };
  });
  return {
    ...rest,
    id,
    availability: deleted ? 'Deleted' : 'Alive',
    creationTime: new Date(time).toISOString(),
    lastModifiedTime: new Date(changed).toISOString(),
    attachments,
    files,
    ...(deleted && { removedAt: changed }),
  };
}
