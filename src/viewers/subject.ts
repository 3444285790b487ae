import { l10n } from 'vscode';
import type { Message } from '../api/schema';
import { otherSideText } from '../display/messageText';
import { conversationView } from './conversationView';
import { messageIcon, messageView } from './messageView';
import type { MessageIcon, SubjectRef, View } from './protocol';
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
  /** Whether the page may ask for attachments of `message`. */
  includes(message: Message): boolean;
}

export function messageSubject(source: ViewerSource, accountId: string, id: string): Subject {
  const message = (): Message | undefined => source.message(accountId, id);
  return {
    accountId,
    key: `message:${accountId}:${id}`,
    ref: { kind: 'message', accountId, messageId: id },
    page: 'viewer',
    icon: () => messageIcon(message()),
    title: () => titleOf(message()),
    view: () => {
      const current = message();
      return current && current.availability !== 'Purged'
        ? {
            kind: 'message',
            message: messageView(current, otherUnreadVoicemails(source, accountId, current)),
          }
        : { kind: 'gone' };
    },
    includes: (other) => other.id === id,
  };
}

export function conversationSubject(
  source: ViewerSource,
  accountId: string,
  conversationId: string,
): Subject {
  const messages = (): readonly Message[] => source.conversation(accountId, conversationId);
  return {
    accountId,
    key: `conversation:${accountId}:${conversationId}`,
    ref: { kind: 'conversation', accountId, conversationId },
    page: 'conversation',
    icon: () => 'conversation',
    title: () => titleOf(messages().at(-1)),
    view: () => {
      const current = messages();
      return current.length > 0
        ? { kind: 'conversation', conversation: conversationView(current) }
        : { kind: 'gone' };
    },
    includes: (message) => message.conversationId === conversationId,
  };
}

function titleOf(message: Message | undefined): string {
  return message ? otherSideText(message) : l10n.t('Message');
}
