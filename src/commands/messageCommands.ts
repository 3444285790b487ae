import * as vscode from 'vscode';
import type { Message, ReadStatus } from '../api/schema';
import { messageNoun, otherSideText } from '../display/messageText';
import { Command } from '../ids';
import type { Mailbox } from '../mailbox/mailbox';
import type { ActionOutcome } from '../mailbox/mailboxActions';
import { isUnread } from '../mailbox/message';
import type { MailboxViews } from '../tree/mailboxViews';
import type { CommandRegistry } from './commandRegistry';
import type { CurrentMailbox } from '../mailbox/currentMailbox';
import { reportFailures, runAction } from './runAction';
import { pickMessages, targetsOf } from './targets';

/** Marking, deleting and restoring messages. */
export function registerMessageCommands(
  commands: CommandRegistry,
  current: CurrentMailbox,
  views: MailboxViews,
  log: vscode.LogOutputChannel,
): void {
  const done = (outcome: ActionOutcome): void => reportFailures(outcome, log);

  const mark = async (args: readonly unknown[], status: ReadStatus, title: string): Promise<void> => {
    const { mailbox } = current;
    if (!mailbox) return;
    const applies = (message: Message): boolean => isUnread(message) === (status === 'Read');
    const chosen =
      targetsOf(args, views, 'messages')?.messages ??
      (await pickMessages(title, views.messagesIn('messages').filter(applies)));
    if (chosen) await setReadStatus(mailbox, chosen, status).then(done);
  };
  commands.registerForRows(Command.MarkRead, (...args) => mark(args, 'Read', vscode.l10n.t('Mark as Read')));
  commands.registerForRows(Command.MarkUnread, (...args) =>
    mark(args, 'Unread', vscode.l10n.t('Mark as Unread')),
  );

  commands.registerForRows(Command.Delete, async (...args) => {
    const { mailbox } = current;
    if (!mailbox) return;
    const targets = targetsOf(args, views, 'messages');
    const messages =
      targets?.messages ?? (await pickMessages(vscode.l10n.t('Delete'), views.messagesIn('messages')));
    if (!messages) return;
    // Rows that were selected one by one were seen; what a group holds may be more than its name tells.
    if (targets && targets.groups.length > 0 && !(await confirmGroup(messages))) return;
    const ids = idsOf(messages);
    const outcome = await views.keepingPlace(args[0], ids, () =>
      runAction(vscode.l10n.t('Deleting messages'), ids.length, (options) =>
        mailbox.actions.delete(ids, options),
      ),
    );
    done(outcome);
    offerUndo(mailbox, outcome, log);
  });

  commands.register(Command.UndoDelete, async () => {
    const { mailbox } = current;
    if (!mailbox) return;
    done(await restore(mailbox, mailbox.actions.undoable));
  });

  commands.register(Command.Restore, async (...args) => {
    const { mailbox } = current;
    if (!mailbox) return;
    const messages =
      targetsOf(args, views, 'deleted')?.messages ??
      (await pickMessages(vscode.l10n.t('Restore'), views.messagesIn('deleted')));
    if (!messages) return;
    const ids = idsOf(messages);
    done(await views.keepingPlace(args[0], ids, () => restore(mailbox, ids)));
  });

  commands.registerForRows(Command.DeletePermanently, async (...args) => {
    const { mailbox } = current;
    if (!mailbox) return;
    const messages =
      targetsOf(args, views, 'deleted')?.messages ??
      (await pickMessages(vscode.l10n.t('Delete Permanently'), views.messagesIn('deleted')));
    if (!messages || !(await confirmPurge(messages))) return;
    done(await views.keepingPlace(args[0], idsOf(messages), () => purge(mailbox, messages)));
  });

  commands.register(Command.EmptyDeleted, async () => {
    const { mailbox } = current;
    if (!mailbox) return;
    const messages = views.messagesIn('deleted');
    if (messages.length > 0 && (await confirmPurge(messages))) done(await purge(mailbox, messages));
  });
}

/** Marks messages, with progress when there are many. */
export function setReadStatus(
  mailbox: Mailbox,
  messages: readonly Message[],
  status: ReadStatus,
): Promise<ActionOutcome> {
  const title = status === 'Read' ? vscode.l10n.t('Marking as read') : vscode.l10n.t('Marking as unread');
  return runAction(title, messages.length, (options) =>
    mailbox.actions.setReadStatus(idsOf(messages), status, options),
  );
}

/** Tells what was deleted, and offers to take back just that, however much has been deleted since. */
export function offerUndo(mailbox: Mailbox, { changed }: ActionOutcome, log: vscode.LogOutputChannel): void {
  const [first] = changed;
  if (!first) return;
  const text =
    changed.length === 1
      ? vscode.l10n.t('Deleted the {0} ({1}).', messageNoun(first), otherSideText(first))
      : vscode.l10n.t('Deleted {0} messages.', changed.length.toLocaleString());
  const undo = vscode.l10n.t('Undo');
  void vscode.window.showInformationMessage(text, undo).then(async (chosen) => {
    if (chosen === undo) reportFailures(await restore(mailbox, idsOf(changed)), log);
  });
}

function restore(mailbox: Mailbox, ids: readonly string[]): Promise<ActionOutcome> {
  return runAction(vscode.l10n.t('Restoring messages'), ids.length, (options) =>
    mailbox.actions.restore(ids, options),
  );
}

function purge(mailbox: Mailbox, messages: readonly Message[]): Promise<ActionOutcome> {
  return runAction(vscode.l10n.t('Deleting permanently'), messages.length, (options) =>
    mailbox.actions.deletePermanently(idsOf(messages), options),
  );
}

async function confirmGroup(messages: readonly Message[]): Promise<boolean> {
  const confirm = vscode.l10n.t('Delete');
  const question = vscode.l10n.t('Delete {0}?', whatText(messages));
  const detail = vscode.l10n.t('They can be restored from Deleted for a few days.');
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, confirm)) === confirm;
}

async function confirmPurge(messages: readonly Message[]): Promise<boolean> {
  const confirm = vscode.l10n.t('Delete Permanently');
  const question = vscode.l10n.t('Delete {0} permanently?', whatText(messages));
  const detail = vscode.l10n.t('This cannot be undone.');
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, confirm)) === confirm;
}

/** What and how many: "3 messages (Ada Park, Ben Ito)". */
function whatText(messages: readonly Message[]): string {
  const [first] = messages;
  const names = [...new Set(messages.map(otherSideText))];
  const who =
    names.length > 3
      ? vscode.l10n.t('{0} and {1} others', names.slice(0, 3).join(', '), names.length - 3)
      : names.join(', ');
  return first && messages.length === 1
    ? vscode.l10n.t('the {0} ({1})', messageNoun(first), who)
    : vscode.l10n.t('{0} messages ({1})', messages.length.toLocaleString(), who);
}

function idsOf(messages: readonly Message[]): string[] {
  return messages.map(({ id }) => id);
}
