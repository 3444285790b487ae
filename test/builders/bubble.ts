import type { BubbleView } from '../../src/viewers/conversationProtocol';

/** What a page gets of a message of the other side without a text, unless `fields` say otherwise. */
export function bubble(messageId: string, fields: Partial<BubbleView> = {}): BubbleView {
  return {
    messageId,
    side: 'theirs',
    text: { text: '' },
    unread: false,
    deleted: false,
    badges: [],
    attachments: [],
    ...fields,
  };
}
