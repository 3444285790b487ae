import * as vscode from 'vscode';
import type { Message } from '../api/schema';
import { withCancellableProgress } from '../display/cancellableProgress';
import { Command } from '../ids';
import { dialableNumbers, isConversational } from '../mailbox/message';
import { mayBeCut, wholeTexts } from '../mailbox/wholeText';
import type { MailboxViews } from '../tree/mailboxViews';
import { isNode } from '../tree/nodes';
import type { Viewers } from '../viewers/viewers';
import type { CommandRegistry } from './commandRegistry';
import type { CurrentMailbox } from '../mailbox/currentMailbox';
import { markReadOnOpen } from './markReadOnOpen';
import { pickMessage, pickMessages, targetOf, targetsOf } from './targets';

/** Opening messages and conversations, and copying from them. */
export function registerOpenCommands(
  commands: CommandRegistry,
  current: CurrentMailbox,
  views: MailboxViews,
  viewers: Viewers,
  log: vscode.LogOutputChannel,
): void {
  commands.registerForRows(Command.Open, async (...args) => {
    const { mailbox } = current;
    if (!mailbox) return;
    const [node] = args;
    // From a row, the keys go on to work on the rows; from the palette, one wants to read.
    const preserveFocus = isNode(node);
    if (isNode(node) && node.kind === 'group') {
      if (node.group.subject.kind !== 'conversation') return;
      const { conversationId } = node.group.subject;
      viewers.openConversation(conversationId, { preserveFocus });
      await markReadOnOpen(mailbox, mailbox.store.conversation(conversationId), log);
      return;
    }
    const message =
      targetOf(node, views, 'messages')?.messages[0] ??
      (await pickMessage(vscode.l10n.t('Open'), views.messagesIn('messages')));
    if (!message) return;
    if (isConversational(message) && message.conversationId && message.availability === 'Alive') {
      viewers.openConversation(message.conversationId, { messageId: message.id, preserveFocus });
      await markReadOnOpen(mailbox, mailbox.store.conversation(message.conversationId), log);
    } else {
      viewers.openMessage(message.id, { preserveFocus });
      await markReadOnOpen(mailbox, [message], log);
    }
  });

  commands.registerForRows(Command.CopyText, async (...args) => {
    const messages =
      targetsOf(args, views, 'messages')?.messages ??
      (await pickMessages(vscode.l10n.t('Copy Text'), views.messagesIn('messages').filter(hasText)));
    const { mailbox } = current;
    if (!mailbox || !messages) return;
    // Oldest first, as one reads.
    const chosen = [...messages].reverse().filter(hasText);
    const title = vscode.l10n.t('Copying text');
    const texts = chosen.some(mayBeCut)
      ? await withCancellableProgress(title, (signal) => wholeTexts(mailbox.api, chosen, signal))
      : chosen.map(({ subject }) => subject);
    if (texts.length > 0) await vscode.env.clipboard.writeText(texts.join('\n\n'));
  });

  commands.registerForRows(Command.CopyNumber, async (...args) => {
    const messages =
      targetsOf(args, views, 'messages')?.messages ??
      (await pickMessages(vscode.l10n.t('Copy Number'), views.messagesIn('messages').filter(hasNumber)));
    const numbers = new Set((messages ?? []).flatMap(dialableNumbers));
    if (numbers.size > 0) await vscode.env.clipboard.writeText([...numbers].join('\n'));
  });
}

function hasText(message: Message): boolean {
  return isConversational(message) && Boolean(message.subject);
}

function hasNumber(message: Message): boolean {
  return dialableNumbers(message).length > 0;
}
