import * as vscode from 'vscode';
import { groupName, partiesText } from '../display/messageText';
import { ask, pickOne, pickSeveral, showInformation } from '../display/window';
import { Command } from '../ids';
import type { Account, Accounts } from '../mailbox/accounts';
import { conversationOf, type Group } from '../mailbox/group';
import { isConversational, otherParties } from '../mailbox/message';
import type { MailboxViews } from '../tree/mailboxViews';
import type { CommandRegistry } from './commandRegistry';
import { messagesOf, offerUndo, setReadStatus } from './messageCommands';
import { reportOutcome, runAction } from './runAction';
import { targetsOf, type Target } from './targets';

/** A picker with more entries than this is no help. */
const PICKER_LENGTH = 2_000;

export interface Conversation {
  readonly account: Account;
  readonly conversationId: string;
}

/** Commands on a whole conversation or group. */
export function registerConversationCommands(
  commands: CommandRegistry,
  accounts: Accounts,
  views: MailboxViews,
  log: vscode.LogOutputChannel,
): void {
  commands.register(Command.MarkGroupRead, async (...args) => {
    const chosen = targetsOf(args, views, 'messages')?.filter(({ groups }) => groups.length > 0) ?? [];
    const targets = chosen.length > 0 ? chosen : await pickUnreadGroups(accounts, views);
    for (const { account, ids } of targets) {
      reportOutcome(await setReadStatus(account.mailbox, ids, 'Read'), log);
    }
  });

  commands.registerForRows(Command.DeleteConversation, async (...args) => {
    const targets = targetsOf(args, views, 'messages');
    const title = vscode.l10n.t('Delete Conversation');
    const chosen = targets ? conversationIn(targets) : await pickConversation(accounts, views, title);
    if (!chosen) {
      if (targets) void showInformation(vscode.l10n.t('Select messages from a single conversation.'));
      return;
    }
    const { account, conversationId } = chosen;
    const { actions, store } = account.mailbox;
    const ids = store.ids({ availability: 'Alive', filter: { conversationId } });
    if (!(await confirmed(account, ids))) return;
    const outcome = await runAction(vscode.l10n.t('Deleting conversation'), ids.length, (options) =>
      actions.deleteConversation(conversationId, ids, options),
    );
    reportOutcome(outcome, log);
    offerUndo(commands, accounts, account, outcome, log);
  });
}

/** The conversation that all of the messages belong to. */
export function conversationIn(targets: readonly Target[]): Conversation | undefined {
  const [target] = targets;
  if (!target || targets.length > 1) return undefined;
  const ids = new Set(
    messagesOf(target).map((message) => (isConversational(message) ? message.conversationId : undefined)),
  );
  const [conversationId] = ids;
  return ids.size === 1 && conversationId !== undefined
    ? { account: target.account, conversationId }
    : undefined;
}

async function confirmed({ mailbox }: Account, ids: readonly string[]): Promise<boolean> {
  const newest = ids[0] === undefined ? undefined : mailbox.store.get(ids[0]);
  if (!newest) return false;
  const who = partiesText(otherParties(newest));
  const confirm = vscode.l10n.t('Delete Conversation');
  const question =
    ids.length === 1
      ? vscode.l10n.t('Delete the conversation with {0} (1 message)?', who)
      : vscode.l10n.t('Delete the conversation with {0} ({1} messages)?', who, ids.length.toLocaleString());
  const detail = vscode.l10n.t('Its messages can be restored from Deleted for a few days.');
  return (await ask(question, detail, confirm)) === confirm;
}

async function pickUnreadGroups(accounts: Accounts, views: MailboxViews): Promise<readonly Target[]> {
  const account = accounts.current;
  if (!account) return [];
  const query = views.queryOf('messages');
  const items = groupsOf(account, views)
    .filter((group) => group.unread > 0)
    .map((group) => ({
      label: groupName(group),
      description: vscode.l10n.t('{0} unread of {1}', group.unread, group.total),
      group,
    }));
  const title = vscode.l10n.t('Mark Conversation or Group as Read');
  const picked = (await pickSeveral(items, { title })) ?? [];
  const groups = picked.map(({ group }) => group);
  const ids = groups.flatMap(({ key }) => account.mailbox.store.ids({ ...query, group: key }));
  return ids.length > 0 ? [{ account, ids, groups }] : [];
}

/** Lets the user choose among the conversations that are shown of the current account. */
export async function pickConversation(
  accounts: Accounts,
  views: MailboxViews,
  title: string,
): Promise<Conversation | undefined> {
  const account = accounts.current;
  if (!account) return undefined;
  const items = groupsOf(account, views).flatMap((group) => {
    const conversationId = conversationOf(group);
    if (conversationId === undefined) return [];
    const description = vscode.l10n.t('{0} messages', group.total);
    return [{ label: groupName(group), description, conversationId }];
  });
  const picked = await pickOne(items, { title });
  return picked && { account, conversationId: picked.conversationId };
}

/** The conversations and callers that the view shows of an account. */
function groupsOf({ mailbox }: Account, views: MailboxViews): readonly Group[] {
  const page = { offset: 0, limit: PICKER_LENGTH };
  const query = views.queryOf('messages');
  return mailbox.store
    .groups(query, 'type', page)
    .flatMap(({ key }) => mailbox.store.groups({ ...query, group: key }, 'thread', page));
}
