import type { Message } from '../api/schema';
import { otherSideText } from '../display/messageText';
import { isInbound, otherParties, partyName } from '../mailbox/message';
import { attachmentViews } from './attachmentView';
import { badges } from './badges';
import { deliveryText, failureSentence } from './deliveryText';
import { partyDetails } from './partyDetails';
import type { BubbleView, ConversationView } from './protocol';
import { textView } from './textView';

/**
 * Everything that a page shows of a conversation.
 * @param messages at least one, oldest first
 */
export function conversationView(messages: readonly Message[]): ConversationView {
  const group = messages.some((message) => otherParties(message).length > 1);
  const newest = messages.at(-1);
  return {
    title: newest ? otherSideText(newest) : '',
    details: newest ? partyDetails(newest) : [],
    bubbles: messages.map((message) => bubbleView(message, group)),
  };
}

function bubbleView(message: Message, group: boolean): BubbleView {
  const inbound = isInbound(message);
  const sender = group && inbound && message.from ? partyName(message.from) : '';
  const state = deliveryText(message);
  const failure = failureSentence(message);
  return {
    messageId: message.id,
    side: inbound ? 'theirs' : 'ours',
    ...(sender && { sender }),
    ...(message.creationTime !== undefined && { time: message.creationTime }),
    text: textView(message),
    ...(state !== undefined && { state }),
    ...(failure !== undefined && { failure }),
    badges: badges(message),
    attachments: attachmentViews(message),
  };
}
