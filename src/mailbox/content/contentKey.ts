import type { Attachment } from '../../api/schema';
import { privateName } from '../../storage/privateName';

/**
 * The name under which a content is kept: by the ids of message and attachment, and by what the record says of the
 * content. RingCentral does not change a content under the same id, but may render a fax anew or take a recording up
 * again: that shows in its type or size. Not by the time of modification, which moves with every reading and deleting, nor by
 * the address, which names the same content in several ways.
 */
export function contentKey(messageId: string, { id, contentType, size }: Attachment): string {
  return `${messageId}-${privateName(JSON.stringify([messageId, id, contentType, size]))}`;
}

/** The message that a name of `contentKey` is of. */
export function messageIdOf(key: string): string {
  return key.slice(0, key.indexOf('-'));
}
