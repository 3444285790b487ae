import type { Attachment, Message } from '../api/schema';
import { encodeLabel } from '../display/encode';
import { attachmentName } from '../display/messageText';
import { pickOne } from '../display/window';
import type { Account, Accounts } from '../mailbox/accounts';
import { openableAttachments } from '../mailbox/message';
import type { MailboxViews } from '../tree/mailboxViews';
import { messageOf, pickMessage, type ChosenMessage } from './targets';

export interface ChosenAttachment extends ChosenMessage {
  readonly attachment: Attachment;
}

/** Names an attachment where there is no row for it. */
export interface AttachmentName {
  readonly accountId: string;
  readonly messageId: string;
  readonly attachmentId: string;
}

/** What a command acts on that was called by a row, by a viewer with the attachment's name, or from the palette. */
export async function chooseAttachment(
  [target]: readonly unknown[],
  title: string,
  accounts: Accounts,
  views: MailboxViews,
): Promise<ChosenAttachment | undefined> {
  if (isAttachmentName(target)) return named(target, accounts);
  const chosen =
    messageOf(target, views, 'messages') ??
    (await pickMessage(title, accounts, views, { view: 'messages', filter: { hasAttachment: true } }));
  const attachment = chosen && (await pickAttachment(title, chosen.message));
  return attachment && { ...chosen, attachment };
}

export function nameOf(account: Account, message: Message, attachment: Attachment): AttachmentName {
  return { accountId: account.id, messageId: message.id, attachmentId: attachment.id };
}

function named(
  { accountId, messageId, attachmentId }: AttachmentName,
  accounts: Accounts,
): ChosenAttachment | undefined {
  const account = accounts.get(accountId);
  const message = account?.mailbox.store.get(messageId);
  const attachment = message?.attachments.find(({ id }) => id === attachmentId);
  return account && message && attachment && { account, message, attachment };
}

function isAttachmentName(value: unknown): value is AttachmentName {
  const { accountId, messageId, attachmentId } = (value ?? {}) as Partial<
    Record<keyof AttachmentName, unknown>
  >;
  return [accountId, messageId, attachmentId].every((id) => typeof id === 'string');
}

async function pickAttachment(title: string, message: Message): Promise<Attachment | undefined> {
  const attachments = openableAttachments(message);
  if (attachments.length <= 1) return attachments[0];
  const items = attachments.map((attachment) => ({
    label: attachmentName(attachment),
    description: encodeLabel(attachment.contentType),
    attachment,
  }));
  return (await pickOne(items, { title }))?.attachment;
}
