import * as vscode from 'vscode';
import type { Message } from '../api/schema';
import { groupName, partiesText } from '../display/messageText';
import { Command } from '../ids';
import { type Group, groupMessages } from '../mailbox/grouping';
import { isConversational, otherParties } from '../mailbox/message';
import type { MailboxViews } from '../tree/mailboxViews';
import type { CommandRegistry } from './commandRegistry';
import type { CurrentMailbox } from '../mailbox/currentMailbox';
import { offerUndo, setReadStatus } from './messageCommands';
import { reportFailures, runAction } from './runAction';
import { targetsOf } from './targets';

/** Commands on a whole conversation or group. */
export function registerConversationCommands(
  commands: CommandRegistry,
  current: CurrentMailbox,
  views: MailboxViews,
  log: vscode.LogOutputChannel,
): void {
  commands.register(Command.MarkGroupRead, async (...args) => {
    const { mailbox } = current;
    if (!mailbox) return;
    const groups = targetsOf(args, views, 'messages')?.groups ?? [];
    const chosen = groups.length > 0 ? groups : await pickUnreadGroups(views);
    const messages = chosen.flatMap((group) => group.messages);
    reportFailures(await setReadStatus(mailbox, messages, 'Read'), log);
  });

  commands.registerForRows(Command.DeleteConversation, async (...args) => {
    const { mailbox } = current;
    if (!mailbox) return;
    const targets = targetsOf(args, views, 'messages');
    const conversationId = targets ? conversationOf(targets.messages) : await pickConversation(views);
    if (conversationId === undefined) {
      if (targets)
        void vscode.window.showInformationMessage(vscode.l10n.t('Choose messages of one conversation.'));
      return;
    }
    const messages = mailbox.store.conversation(conversationId);
    if (!(await confirmed(messages))) return;
    const title = vscode.l10n.t('Deleting conversation');
    const outcome = await runAction(title, messages.length, (options) =>
      mailbox.actions.deleteConversation(
        conversationId,
        messages.map(({ id }) => id),
        options,
      ),
    );
    reportFailures(outcome, log);
    offerUndo(mailbox, outcome, log);
  });
}

/** The conversation that all of `messages` belong to. */
function conversationOf(messages: readonly Message[]): string | undefined {
  const ids = new Set(
    messages.map((message) => (isConversational(message) ? message.conversationId : undefined)),
  );
  return ids.size === 1 ? [...ids][0] : undefined;
}

async function confirmed(messages: readonly Message[]): Promise<boolean> {
  const newest = messages.at(-1);
  if (!newest) return false;
  const who = partiesText(otherParties(newest));
  const confirm = vscode.l10n.t('Delete Conversation');
  const question =
    messages.length === 1
      ? vscode.l10n.t('Delete the conversation with {0} (1 message)?', who)
      : vscode.l10n.t(
          'Delete the conversation with {0} ({1} messages)?',
          who,
          messages.length.toLocaleString(),
        );
  const detail = vscode.l10n.t('Its messages can be restored from Deleted for a few days.');
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, confirm)) === confirm;
}

async function pickUnreadGroups(views: MailboxViews): Promise<readonly Group[]> {
  const groups = leafGroups(views).filter((group) => group.unread > 0);
  const items = groups.map((group) => ({
    label: groupName(group),
    description: vscode.l10n.t('{0} unread of {1}', group.unread, group.messages.length),
    group,
  }));
  const title = vscode.l10n.t('Mark Conversation or Group as Read');
  const picked = await vscode.window.showQuickPick(items, { title, canPickMany: true });
  return picked?.map(({ group }) => group) ?? [];
}

async function pickConversation(views: MailboxViews): Promise<string | undefined> {
  const items = leafGroups(views).flatMap((group) =>
    group.subject.kind === 'conversation'
      ? [
          {
            label: groupName(group),
            description: vscode.l10n.t('{0} messages', group.messages.length),
            conversationId: group.subject.conversationId,
          },
        ]
      : [],
  );
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Delete Conversation') });
  return picked?.conversationId;
}

function leafGroups(views: MailboxViews): readonly Group[] {
  return groupMessages(views.messagesIn('messages'), 'typeAndConversation', Date.now()).flatMap(
    ({ groups }) => groups,
  );
}
