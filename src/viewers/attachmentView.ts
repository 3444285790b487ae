import type { Attachment, Message } from '../api/schema';
import { attachmentName } from '../display/messageText';
import { openableAttachments } from '../mailbox/message';
import type { AttachmentView } from './protocol';

/** The attachments of a message that are shown on their own, in the record's order. */
export function attachmentViews(message: Message): readonly AttachmentView[] {
  return openableAttachments(message).map((attachment) => attachmentView(message.id, attachment));
}

function attachmentView(messageId: string, attachment: Attachment): AttachmentView {
  const { id: attachmentId, contentType, size } = attachment;
  return {
    messageId,
    attachmentId,
    name: attachmentName(attachment),
    ...(contentType !== undefined && { contentType }),
    ...(size !== undefined && { size }),
  };
}
