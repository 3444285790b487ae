import { l10n } from 'vscode';
import type { Message } from '../api/schema';
import { failureText } from '../display/failureText';
import { partyText } from '../display/messageText';
import { isInbound, isUnread } from '../mailbox/message';
import { attachmentViews } from './attachmentView';
import { badges } from './badges';
import type { BubbleView } from './conversationProtocol';
import { deliveryText } from './deliveryText';
import { textView } from './textView';

/** @param group whether there are several people on the other side, so that each message is to say whose it is */
export function bubbleView(message: Message, group: boolean): BubbleView {
  const inbound = isInbound(message);
  const sender = group && inbound ? senderName(message) : undefined;
  const state = deliveryText(message);
  const failure = failureText(message);
  return {
    messageId: message.id,
    side: inbound ? 'theirs' : 'ours',
    ...(sender !== undefined && { sender }),
    ...(message.creationTime !== undefined && { time: message.creationTime }),
    text: textView(message),
    ...(state !== undefined && { state }),
    ...(failure !== undefined && { failure }),
    unread: isUnread(message),
    deleted: message.availability === 'Deleted',
    badges: badges(message),
    attachments: attachmentViews(message),
  };
}

function senderName({ from }: Message): string {
  return (from && partyText(from)) || l10n.t('Unknown');
}
