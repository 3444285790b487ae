import { l10n } from 'vscode';
import type { Message } from '../api/schema';
import { encodeInterpreted } from '../display/encode';
import { otherSideText } from '../display/messageText';
import type { Unread } from './conversationProtocol';
import { ConversationReader } from './conversationReader';
import { messageIcon, messageView } from './messageView';
import type { DialablePartyView, MessageIcon, SubjectRef, View } from './protocol';
import { otherUnreadVoicemails } from './unreadVoicemails';
import type { ViewerSource } from './viewerSource';

/** What a panel is about. All of it is asked again whenever the mailbox changes. */
export interface Subject {
  readonly accountId: string;
  /** One panel per key. */
  readonly key: string;
  readonly ref: SubjectRef;
  /** Name of the script and style in `dist/webview`. */
  readonly page: 'viewer' | 'conversation';
  /** Name of the icon in `media/viewers`, without the theme. */
  icon(): MessageIcon | 'conversation';
  title(): string;
  view(): View;
  /** The message that the page shows, of a conversation the newest; undefined if it is gone. */
  message(): Message | undefined;
  /** Whether the page may ask for attachments of `message`. */
  includes(message: Message): boolean;
  /** What a page may read besides the view; undefined if that is all. */
  conversation(): ConversationReader | undefined;
}

export function messageSubject(source: ViewerSource, accountId: string, id: string): Subject {
  const message = (): Message | undefined => source.message(accountId, id);
  return {
    accountId,
    key: `message:${accountId}:${id}`,
    ref: { kind: 'message', accountId, messageId: id },
    page: 'viewer',
    icon: () => messageIcon(message()),
    title: () => encodeInterpreted(titleOf(message())),
    message,
    view: () => {
      const current = message();
      return current && current.availability !== 'Purged'
        ? {
            kind: 'message',
            message: {
              ...messageView(current, otherUnreadVoicemails(source, accountId, current)),
              ...dialable(source, accountId, current),
            },
          }
        : { kind: 'gone' };
    },
    includes: (other) => other.id === id,
    conversation: () => undefined,
  };
}

export function conversationSubject(
  source: ViewerSource,
  accountId: string,
  conversationId: string,
): Subject {
  const conversation = (): ConversationReader | undefined => {
    const messages = source.messages(accountId);
    return messages && new ConversationReader(messages, conversationId);
  };
  let opened: { readonly unread: Unread | undefined } | undefined;
  /** As it was before it was marked as read because it was opened; after a restart, when its account is back. */
  const unreadWhenOpened = (): Unread | undefined => {
    const messages = opened ? undefined : conversation();
    if (messages?.title() !== undefined) opened = { unread: messages.unread() };
    return opened?.unread;
  };
  unreadWhenOpened();
  return {
    accountId,
    key: `conversation:${accountId}:${conversationId}`,
    ref: { kind: 'conversation', accountId, conversationId },
    page: 'conversation',
    icon: () => 'conversation',
    title: () => encodeInterpreted(conversation()?.title() ?? l10n.t('Message')),
    message: () => conversation()?.latest(),
    view: () => {
      const messages = conversation();
      const view = messages?.view();
      const unread = unreadWhenOpened();
      return view
        ? {
            kind: 'conversation',
            conversation: {
              ...view,
              ...(unread && { unread }),
              ...dialable(source, accountId, messages?.latest()),
              revision: source.revision,
            },
          }
        : { kind: 'gone' };
    },
    includes: (message) => message.conversationId === conversationId,
    conversation,
  };
}

function titleOf(message: Message | undefined): string {
  return message ? otherSideText(message) : l10n.t('Message');
}

function dialable(
  source: ViewerSource,
  accountId: string,
  message: Message | undefined,
): { readonly dialable?: DialablePartyView } {
  return message && source.isDialable(accountId, message)
    ? { dialable: { messageId: message.id, name: otherSideText(message) } }
    : {};
}
