import * as vscode from 'vscode';
import type { Message } from '../api/schema';
import { UserError } from '../display/userError';
import { withCancellableProgress } from '../display/window';
import { Command } from '../ids';
import type { Account, Accounts } from '../mailbox/accounts';
import { conversationOf } from '../mailbox/group';
import { CONVERSATIONAL_TYPES, dialableNumbers, isConversational, writtenText } from '../mailbox/message';
import type { MessageFilter } from '../mailbox/query';
import { mayBeCut, wholeTexts } from '../mailbox/wholeText';
import type { MailboxViews } from '../tree/mailboxViews';
import { isNode } from '../tree/nodes';
import type { OpenOptions, Viewers } from '../viewers/viewers';
import type { CommandRegistry } from './commandRegistry';
import { markConversationReadOnOpen, markReadOnOpen } from './markReadOnOpen';
import { messagesOf } from './messageCommands';
import {
  type ChosenMessage,
  messageOf,
  namedTargets,
  pickMessage,
  pickMessages,
  targetsOf,
  tellNothingApplies,
} from './targets';

/** Opening messages and conversations, and copying from them. */
export function registerOpenCommands(
  commands: CommandRegistry,
  accounts: Accounts,
  views: MailboxViews,
  viewers: Viewers,
  log: vscode.LogOutputChannel,
): void {
  const openConversation = async (
    { id, mailbox }: Account,
    conversationId: string,
    options: OpenOptions & { readonly messageId?: string },
  ): Promise<void> => {
    viewers.openConversation(id, conversationId, options);
    await markConversationReadOnOpen(mailbox, conversationId, log);
  };

  const open = async (args: readonly unknown[], title: string, toSide: boolean): Promise<void> => {
    const [node] = args;
    const named = namedTargets(args, accounts)?.flatMap((target) =>
      messagesOf(target).map((message) => ({ account: target.account, message })),
    );
    if (named?.length === 0) throw new UserError(vscode.l10n.t('This message is no longer in the mailbox.'));
    // From a row, the keys go on to work on the rows; from the palette, one wants to read.
    const options = { preserveFocus: isNode(node), toSide };
    if (isNode(node) && node.kind === 'group') {
      const conversationId = conversationOf(node.group);
      if (conversationId !== undefined) {
        await openConversation(node.account, conversationId, options);
        return;
      }
    }
    const chosen =
      named?.[0] ??
      messageToOpen(node, views) ??
      (isNode(node) ? undefined : await pickMessage(title, accounts, views, { view: 'messages' }));
    if (!chosen) return;
    const { account, message } = chosen;
    const { id: messageId, conversationId, availability } = message;
    if (isConversational(message) && conversationId && availability === 'Alive') {
      await openConversation(account, conversationId, { messageId, ...options });
    } else {
      // A voicemail is opened to be heard: its page takes the focus, for otherwise the space bar would not play it. What is
      // opened to the side is looked at beside something else.
      const play = message.type === 'VoiceMail' && !toSide;
      const preserveFocus = options.preserveFocus && !play;
      viewers.openMessage(account.id, messageId, { ...options, preserveFocus, play });
      await markReadOnOpen(account.mailbox, message, log);
    }
  };
  commands.registerForRows(Command.Open, (...args) => open(args, vscode.l10n.t('Open Message'), false));
  commands.registerForRows(Command.OpenToSide, (...args) =>
    open(args, vscode.l10n.t('Open Message to the Side'), true),
  );

  commands.registerForRows(Command.CopyText, async (...args) => {
    const targets =
      namedTargets(args, accounts) ??
      targetsOf(args, views, 'messages') ??
      (await pickMessages(vscode.l10n.t('Copy Text'), accounts, views, {
        view: 'messages',
        applies: hasText,
      }));
    const texts: string[] = [];
    for (const target of targets ?? []) {
      const { api } = target.account.mailbox;
      // Oldest first, as one reads.
      const chosen = messagesOf(target).reverse().filter(hasText);
      const title = vscode.l10n.t('Copying text');
      texts.push(
        ...(chosen.some(mayBeCut)
          ? await withCancellableProgress(title, (signal) => wholeTexts(api, chosen, signal))
          : chosen.map(({ subject = '' }) => subject)),
      );
    }
    if (texts.length > 0) await vscode.env.clipboard.writeText(texts.join('\n\n'));
    else if (targets) tellNothingApplies();
  });

  commands.registerForRows(Command.CopyNumber, async (...args) => {
    const targets =
      targetsOf(args, views, 'messages') ??
      (await pickMessages(vscode.l10n.t('Copy Number'), accounts, views, {
        view: 'messages',
        applies: hasNumber,
      }));
    const numbers = new Set((targets ?? []).flatMap(messagesOf).flatMap(dialableNumbers));
    if (numbers.size > 0) await vscode.env.clipboard.writeText([...numbers].join('\n'));
    else if (targets) tellNothingApplies();
  });
}

/**
 * The message that is opened for a row. Of a person with several, it is the newest that nobody has read, for that is what
 * one clicks for, and the page leads on to the next unread one. If all are read, it is the newest of the conversation with
 * that person if there is one, else the newest.
 */
function messageToOpen(row: unknown, views: MailboxViews): ChosenMessage | undefined {
  if (!isNode(row) || row.kind !== 'group') return messageOf(row, views, 'messages');
  const { account, group } = row;
  const { filter, ...query } = views.queryOf('messages');
  const newest = (narrower: MessageFilter): Message | undefined =>
    account.mailbox.store.messages(
      { ...query, group: group.key, filter: { ...filter, ...narrower } },
      { offset: 0, limit: 1 },
    )[0];
  const types = CONVERSATIONAL_TYPES.filter((type) => filter.types?.includes(type) ?? true);
  const message =
    (group.unread > 0 ? newest({ readStatus: 'Unread' }) : undefined) ??
    (group.key.kind === 'party' && types.length > 0 ? newest({ types }) : undefined);
  return { account, message: message ?? group.newest };
}

function hasText(message: Message): boolean {
  return isConversational(message) && writtenText(message) !== '';
}

function hasNumber(message: Message): boolean {
  return dialableNumbers(message).length > 0;
}
