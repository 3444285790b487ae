import * as vscode from 'vscode';
import { numberText, plural } from '../display/language';
import { conversationQuestion } from '../display/deletionText';
import { filterText } from '../display/filterText';
import { groupName, partiesText } from '../display/messageText';
import { ask, pickOne, showInformation } from '../display/window';
import { Command } from '../ids';
import { type Account, type Accounts, homeCountries } from '../mailbox/accounts';
import { conversationOf, type Group } from '../mailbox/group';
import { isConversational, otherParties } from '../mailbox/message';
import type { MailboxViews } from '../tree/mailboxViews';
import type { CommandRegistry } from './commandRegistry';
import type { Deletions } from './deletions';
import { messagesOf, setReadStatus } from './messageCommands';
import { reportOutcome } from './runAction';
import { targetsOf, tellNothingApplies, type Target } from './targets';

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
  deletions: Deletions,
  log: vscode.LogOutputChannel,
): void {
  const markRead = async (targets: readonly Target[] | undefined): Promise<void> => {
    for (const { account, ids } of targets ?? []) {
      reportOutcome(await setReadStatus(account.mailbox, ids, 'Read'), log);
    }
  };
  commands.registerForRows(Command.MarkGroupRead, (...args) => markRead(targetsOf(args, views, 'messages')));
  // Titles of views pass the row that has the focus, as menus of rows do: which of them was used cannot be told from that.
  commands.register(Command.MarkAllRead, async () => markRead(await everythingUnread(accounts, views)));

  commands.registerForRows(Command.DeleteConversation, async (...args) => {
    const targets = targetsOf(args, views, 'messages');
    const title = vscode.l10n.t('Delete Conversation');
    const chosen = targets ? conversationIn(targets) : await pickConversation(accounts, views, title);
    if (!chosen) {
      if (targets) void showInformation(vscode.l10n.t('Select messages from a single conversation.'));
      return;
    }
    const { account, conversationId } = chosen;
    const shown = views.queryOf('messages');
    const ids = account.mailbox.store.ids({ ...shown, filter: { ...shown.filter, conversationId } });
    const newest = account.mailbox.store.get(ids[0] ?? '');
    if (!newest) return;
    const target = { account, ids, groups: [] };
    const question = conversationQuestion(partiesText(otherParties(newest)), ids.length);
    if (!(await deletions.confirm([target], question))) return;
    await deletions.run([target], { row: args[0], conversationId });
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

/** What is unread of all that the view shows; undefined if the user does not agree to mark it. */
async function everythingUnread(
  accounts: Accounts,
  views: MailboxViews,
): Promise<readonly Target[] | undefined> {
  const shown = views.queryOf('messages');
  const targets = accounts.all
    .map((account) => ({
      account,
      ids: account.mailbox.store.ids({ ...shown, filter: { ...shown.filter, readStatus: 'Unread' } }),
      groups: [],
    }))
    .filter(({ ids }) => ids.length > 0);
  const count = targets.reduce((total, { ids }) => total + ids.length, 0);
  if (count === 0) {
    void showInformation(vscode.l10n.t('There are no unread messages.'));
    return undefined;
  }
  if (count === 1) return targets;
  const narrowing = filterText(shown.filter, { countries: homeCountries(accounts.all), now: Date.now() });
  const confirm = vscode.l10n.t('Mark as Read');
  const question = vscode.l10n.t('Mark {0} messages as read?', numberText(count));
  const detail =
    narrowing && vscode.l10n.t('Messages that the filter ({0}) hides stay as they are.', narrowing);
  return (await ask(question, detail, confirm)) === confirm ? targets : undefined;
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
    const description = plural(group.total, {
      one: (number) => vscode.l10n.t('{0} message', number),
      other: (number) => vscode.l10n.t('{0} messages', number),
    });
    return [{ label: groupName(group), description, conversationId }];
  });
  if (items.length === 0) {
    tellNothingApplies();
    return undefined;
  }
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
