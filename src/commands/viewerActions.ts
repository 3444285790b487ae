import * as vscode from 'vscode';
import { Command } from '../ids';
import type { Accounts } from '../mailbox/accounts';
import type { Change } from '../viewers/conversationProtocol';
import type { ViewerActions } from '../viewers/viewerSource';
import { markReadAtEnd, markReadOnOpen, markReadOnPlay } from './markReadOnOpen';

/** What a page of messages can do to them. */
const CHANGES: Readonly<Record<Change, Command>> = {
  markRead: Command.MarkRead,
  markUnread: Command.MarkUnread,
  delete: Command.Delete,
  restore: Command.Restore,
};

/** Does what the viewers' pages want, in the mailbox of the account that they are about. */
export function viewerActions(accounts: Accounts, log: vscode.LogOutputChannel): ViewerActions {
  const execute = async (command: Command, argument: unknown): Promise<void> => {
    await vscode.commands.executeCommand(command, argument);
  };
  const mark = async (how: typeof markReadOnOpen, accountId: string, messageId: string): Promise<void> => {
    const mailbox = accounts.get(accountId)?.mailbox;
    const message = mailbox?.store.get(messageId);
    if (mailbox && message) await how(mailbox, message, log);
  };
  return {
    change: (accountId, change, messageIds) => execute(CHANGES[change], { accountId, messageIds }),
    copyText: (accountId, messageIds) => execute(Command.CopyText, { accountId, messageIds }),
    copyConversation: (excerpt) => execute(Command.CopyConversation, excerpt),
    exportConversation: (excerpt) => execute(Command.ExportConversation, excerpt),
    save: (accountId, messageId, attachmentId) =>
      execute(Command.SaveAttachment, { accountId, messageId, attachmentId }),
    openExternally: (accountId, messageId, attachmentId) =>
      execute(Command.OpenAttachmentExternally, { accountId, messageId, attachmentId }),
    reply: (accountId, messageId) => execute(Command.Reply, { accountId, messageIds: [messageId] }),
    call: (accountId, messageId) => execute(Command.Call, { accountId, messageIds: [messageId] }),
    shown: (accountId, messageId) => mark(markReadOnOpen, accountId, messageId),
    played: (accountId, messageId) => mark(markReadOnPlay, accountId, messageId),
    heard: (accountId, messageId) => mark(markReadAtEnd, accountId, messageId),
  };
}
