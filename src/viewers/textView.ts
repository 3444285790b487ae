import type { Message } from '../api/schema';
import { writtenText } from '../mailbox/message';
import { mayBeCut } from '../mailbox/wholeText';
import type { TextView } from './protocol';

/** The text of a message, and where the whole of it is if the record may hold only its beginning. */
export function textView(message: Message): TextView {
  const text = writtenText(message);
  const attachment = message.attachments.find(({ type }) => type === 'Text');
  return attachment && mayBeCut(message)
    ? { text, whole: { messageId: message.id, attachmentId: attachment.id } }
    : { text };
}
