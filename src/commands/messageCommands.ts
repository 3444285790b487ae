import * as vscode from 'vscode';
import type { Message, ReadStatus } from '../api/schema';
import { Command, PALETTE_NAMES } from '../ids';
import type { Account, Accounts } from '../mailbox/accounts';
import type { Mailbox } from '../mailbox/mailbox';
import type { ActionOutcome } from '../mailbox/mailboxActions';
import type { MailboxViews } from '../tree/mailboxViews';
import type { CommandRegistry } from './commandRegistry';
import type { Deletions } from './deletions';
import { pickAccount } from './pickAccount';
import { reportOutcome, runAction } from './runAction';
import { namedTargets, pickMessages, targetsOf, tellNothingApplies, type Target } from './targets';

/** In a conversation, more messages than this were hardly looked at one by one. */
const SEEN_AT_ONCE = 25;

/** Marking, deleting and restoring messages. */
export function registerMessageCommands(
  commands: CommandRegistry,
  accounts: Accounts,
  views: MailboxViews,
  deletions: Deletions,
  log: vscode.LogOutputChannel,
): void {
  const mark = async (args: readonly unknown[], status: ReadStatus, title: string): Promise<void> => {
    const chosen = targetsOf(args, views, 'messages');
    const targets =
      namedTargets(args, accounts) ??
      (status === 'Unread' ? chosen?.map((target) => newestOfGroups(target, views)) : chosen) ??
      (await pickMessages(title, accounts, views, {
        view: 'messages',
        filter: status === 'Read' ? { readStatus: 'Unread' } : { readStatus: 'Read', direction: 'Inbound' },
      }));
    const wanted = (targets ?? []).map((target) => (status === 'Unread' ? withoutSent(target) : target));
    if (targets && wanted.every(({ ids }) => ids.length === 0)) tellNothingApplies();
    for (const { account, ids } of wanted) {
      if (ids.length > 0) reportOutcome(await setReadStatus(account.mailbox, ids, status), log);
    }
  };
  commands.registerForRows(Command.MarkRead, (...args) =>
    mark(args, 'Read', vscode.l10n.t('Mark Messages as Read')),
  );
  commands.registerForRows(Command.MarkUnread, (...args) =>
    mark(args, 'Unread', vscode.l10n.t('Mark Messages as Unread')),
  );

  commands.registerForRows(Command.Delete, async (...args) => {
    const named = namedTargets(args, accounts);
    const chosen = named ?? targetsOf(args, views, 'messages');
    const targets =
      chosen ?? (await pickMessages(vscode.l10n.t('Delete Messages'), accounts, views, { view: 'messages' }));
    if (!targets) return;
    // Rows that were selected one by one were seen; what a group holds may be more than its name tells.
    const isGroup = chosen?.some(({ groups }) => groups.length > 0) ?? false;
    const isMany = named?.some(({ ids }) => ids.length > SEEN_AT_ONCE) ?? false;
    if ((isGroup || isMany) && !(await deletions.confirm(targets))) return;
    await deletions.run(targets, { row: args[0] });
  });

  commands.register(Command.UndoDelete, () => deletions.undo());

  const pickDeleted = (): ReturnType<typeof pickMessages> =>
    pickMessages(vscode.l10n.t('Restore Messages'), accounts, views, { view: 'deleted' });
  commands.register(Command.Restore, async (...args) => {
    const targets =
      namedTargets(args, accounts) ?? targetsOf(args, views, 'deleted') ?? (await pickDeleted());
    if (targets) await deletions.restore(targets, args[0]);
  });
  // It is in the title of Deleted as well, and asks, whatever is selected.
  commands.register(Command.RestoreMessages, async () => {
    const targets = await pickDeleted();
    if (targets) await deletions.restore(targets);
  });

  commands.registerForRows(Command.DeletePermanently, async (...args) => {
    const title = vscode.l10n.t('Delete Messages Permanently');
    const targets =
      targetsOf(args, views, 'deleted') ?? (await pickMessages(title, accounts, views, { view: 'deleted' }));
    if (targets && (await deletions.confirmPurge(targets))) await deletions.purge(targets, args[0]);
  });

  commands.register(Command.EmptyDeleted, async () => {
    const account = await accountToEmpty(accounts, views);
    if (!account) return;
    const targets = [{ account, ids: account.mailbox.store.ids(views.queryOf('deleted')), groups: [] }];
    if (targets[0]?.ids.length === 0) return;
    if (await deletions.confirmPurge(targets, { areAllShown: true })) await deletions.purge(targets);
  });

  for (const [name, command] of PALETTE_NAMES)
    if (name !== Command.RestoreMessages)
      commands.register(name, async (...args) => {
        await vscode.commands.executeCommand(command, ...args);
      });
}

/** Marks messages, with progress when there are many. */
export function setReadStatus(
  mailbox: Mailbox,
  ids: readonly string[],
  status: ReadStatus,
): Promise<ActionOutcome> {
  const title = status === 'Read' ? vscode.l10n.t('Marking as read') : vscode.l10n.t('Marking as unread');
  return runAction(title, ids.length, (options) => mailbox.actions.setReadStatus(ids, status, options));
}

/** Of a group only the message that came last becomes unread, as in other mailboxes: the others were read long ago. */
function newestOfGroups({ account, groups, singleIds = [] }: Target, views: MailboxViews): Target {
  const query = views.queryOf('messages');
  const newest = groups.flatMap(({ key }) =>
    account.mailbox.store.messages(
      { ...query, filter: { ...query.filter, direction: 'Inbound' }, group: key },
      { offset: 0, limit: 1 },
    ),
  );
  return groups.length === 0
    ? { account, ids: singleIds, groups }
    : { account, ids: [...new Set([...newest.map(({ id }) => id), ...singleIds])], groups };
}

/** Nobody has to read what was sent from here, so it cannot become unread. */
function withoutSent({ account, ids }: Target): Pick<Target, 'account' | 'ids'> {
  return { account, ids: ids.filter((id) => account.mailbox.store.get(id)?.direction !== 'Outbound') };
}

async function accountToEmpty(accounts: Accounts, views: MailboxViews): Promise<Account | undefined> {
  const query = views.queryOf('deleted');
  const filled = accounts.all.filter(({ mailbox }) => mailbox.store.tally(query).total > 0);
  if (filled.length < 2) return filled[0];
  return pickAccount(filled, accounts.current, vscode.l10n.t('Empty Deleted'));
}

/** The messages themselves, of few enough to be looked at one by one. */
export function messagesOf({ account, ids }: Pick<Target, 'account' | 'ids'>): Message[] {
  return ids.map((id) => account.mailbox.store.get(id)).filter((message) => message !== undefined);
}
