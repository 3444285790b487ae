import * as vscode from 'vscode';
import type { Message, ReadStatus } from '../api/schema';
import { accountLabel } from '../display/accountLabel';
import { filterText } from '../display/filterText';
import { messageNoun, otherSideText } from '../display/messageText';
import { UserError } from '../display/userError';
import { ask, showInformation } from '../display/window';
import { Command } from '../ids';
import { type Account, type Accounts, homeCountries } from '../mailbox/accounts';
import type { Mailbox } from '../mailbox/mailbox';
import type { ActionOutcome } from '../mailbox/mailboxActions';
import type { MailboxViews } from '../tree/mailboxViews';
import type { CommandRegistry } from './commandRegistry';
import { pickAccount } from './pickAccount';
import { reportOutcome, runAction } from './runAction';
import { namedTargets, pickMessages, targetsOf, type Target } from './targets';

/** How many messages are looked at to name who they are from or to. */
const NAMED_MESSAGES = 2_000;

/** In a conversation, more messages than this were hardly looked at one by one. */
const SEEN_AT_ONCE = 25;

/** Marking, deleting and restoring messages. */
export function registerMessageCommands(
  commands: CommandRegistry,
  accounts: Accounts,
  views: MailboxViews,
  log: vscode.LogOutputChannel,
): void {
  const mark = async (args: readonly unknown[], status: ReadStatus, title: string): Promise<void> => {
    const targets =
      namedTargets(args, accounts) ??
      targetsOf(args, views, 'messages') ??
      (await pickMessages(title, accounts, views, {
        view: 'messages',
        filter: { readStatus: status === 'Read' ? 'Unread' : 'Read' },
      }));
    for (const { account, ids } of targets ?? []) {
      reportOutcome(await setReadStatus(account.mailbox, ids, status), log);
    }
  };
  commands.registerForRows(Command.MarkRead, (...args) => mark(args, 'Read', vscode.l10n.t('Mark as Read')));
  commands.registerForRows(Command.MarkUnread, (...args) =>
    mark(args, 'Unread', vscode.l10n.t('Mark as Unread')),
  );

  commands.registerForRows(Command.Delete, async (...args) => {
    const named = namedTargets(args, accounts);
    const chosen = named ?? targetsOf(args, views, 'messages');
    const targets =
      chosen ?? (await pickMessages(vscode.l10n.t('Delete'), accounts, views, { view: 'messages' }));
    if (!targets) return;
    // Rows that were selected one by one were seen; what a group holds may be more than its name tells.
    const isGroup = chosen?.some(({ groups }) => groups.length > 0) ?? false;
    const isMany = named?.some(({ ids }) => ids.length > SEEN_AT_ONCE) ?? false;
    if ((isGroup || isMany) && !(await confirmMany(targets))) return;
    for (const { account, ids } of targets) {
      const { actions } = account.mailbox;
      const outcome = await views.keepingPlace(args[0], ids, () =>
        runAction(vscode.l10n.t('Deleting messages'), ids.length, (options) => actions.delete(ids, options)),
      );
      reportOutcome(outcome, log);
      offerUndo(commands, accounts, account, outcome, log);
    }
  });

  commands.register(Command.UndoDelete, async () => {
    // The deletion of the account in which it happened last is not known; the current one's is what is seen.
    const account = [accounts.current, ...accounts.all].find((each) => each?.mailbox.actions.canUndo);
    if (account) reportOutcome(await restore(account.mailbox, account.mailbox.actions.undoable), log);
  });

  commands.register(Command.Restore, async (...args) => {
    const targets =
      namedTargets(args, accounts) ??
      targetsOf(args, views, 'deleted') ??
      (await pickMessages(vscode.l10n.t('Restore'), accounts, views, { view: 'deleted' }));
    for (const { account, ids } of targets ?? []) {
      reportOutcome(await views.keepingPlace(args[0], ids, () => restore(account.mailbox, ids)), log);
    }
  });

  commands.registerForRows(Command.DeletePermanently, async (...args) => {
    const targets =
      targetsOf(args, views, 'deleted') ??
      (await pickMessages(vscode.l10n.t('Delete Permanently'), accounts, views, { view: 'deleted' }));
    if (!targets || !(await confirmPurge(targets))) return;
    for (const { account, ids } of targets) {
      reportOutcome(await views.keepingPlace(args[0], ids, () => purge(account.mailbox, ids)), log);
    }
  });

  commands.register(Command.EmptyDeleted, async () => {
    const account = await accountToEmpty(accounts, views);
    if (!account) return;
    const shown = views.queryOf('deleted');
    const ids = account.mailbox.store.ids(shown);
    const narrowing = filterText(shown.filter, { countries: homeCountries([account]), now: Date.now() });
    const caveat =
      narrowing && vscode.l10n.t('The filter of Deleted is on ({0}): what it hides stays.', narrowing);
    if (ids.length === 0 || !(await confirmPurge([{ account, ids, groups: [] }], caveat))) return;
    reportOutcome(await purge(account.mailbox, ids), log);
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

/** Tells what was deleted, and offers to take back just that, however much has been deleted since. */
export function offerUndo(
  commands: CommandRegistry,
  accounts: Accounts,
  account: Account,
  { changed, waiting }: ActionOutcome,
  log: vscode.LogOutputChannel,
): void {
  const deleted = [...changed, ...waiting];
  const first = account.mailbox.store.get(deleted[0] ?? '');
  // What turned out to be gone cannot be taken back.
  if (deleted.length === 0 || (deleted.length === 1 && !first)) return;
  const text =
    deleted.length === 1 && first
      ? vscode.l10n.t('Deleted the {0} ({1}).', messageNoun(first), otherSideText(first))
      : vscode.l10n.t('Deleted {0} messages.', deleted.length.toLocaleString());
  const undo = vscode.l10n.t('Undo');
  const restoreAll = async (): Promise<void> => {
    // The offer may have stood there for long: the mailbox may have been closed, and opened anew.
    const mailbox = accounts.get(account.id)?.mailbox;
    if (!mailbox)
      throw new UserError(vscode.l10n.t('{0} was signed out of meanwhile.', accountLabel(account)));
    reportOutcome(await restore(mailbox, deleted), log);
  };
  void showInformation(text, undo).then((chosen) => {
    if (chosen === undo) void commands.attempt(Command.UndoDelete, restoreAll);
  });
}

function restore(mailbox: Mailbox, ids: readonly string[]): Promise<ActionOutcome> {
  return runAction(vscode.l10n.t('Restoring messages'), ids.length, (options) =>
    mailbox.actions.restore(ids, options),
  );
}

function purge(mailbox: Mailbox, ids: readonly string[]): Promise<ActionOutcome> {
  return runAction(vscode.l10n.t('Deleting permanently'), ids.length, (options) =>
    mailbox.actions.deletePermanently(ids, options),
  );
}

async function accountToEmpty(accounts: Accounts, views: MailboxViews): Promise<Account | undefined> {
  const query = views.queryOf('deleted');
  const filled = accounts.all.filter(({ mailbox }) => mailbox.store.tally(query).total > 0);
  if (filled.length < 2) return filled[0];
  return pickAccount(filled, accounts.current, vscode.l10n.t('Empty Deleted'));
}

async function confirmMany(targets: readonly Target[]): Promise<boolean> {
  const confirm = vscode.l10n.t('Delete');
  const question = vscode.l10n.t('Delete {0}?', whatText(targets));
  const detail = vscode.l10n.t('They can be restored from Deleted for a few days.');
  return (await ask(question, detail, confirm)) === confirm;
}

async function confirmPurge(targets: readonly Target[], caveat = ''): Promise<boolean> {
  const confirm = vscode.l10n.t('Delete Permanently');
  const question = vscode.l10n.t('Delete {0} permanently?', whatText(targets));
  const detail = [vscode.l10n.t('This cannot be undone.'), caveat].filter(Boolean).join(' ');
  return (await ask(question, detail, confirm)) === confirm;
}

/** What and how many: "3 messages (Ada Park, Ben Ito)". */
function whatText(targets: readonly Target[]): string {
  const count = targets.reduce((total, { ids }) => total + ids.length, 0);
  if (count > NAMED_MESSAGES) return vscode.l10n.t('{0} messages', count.toLocaleString());
  const messages = targets.flatMap(messagesOf);
  const [first] = messages;
  const names = [...new Set(messages.map(otherSideText))];
  const who =
    names.length > 3
      ? vscode.l10n.t('{0} and {1} others', names.slice(0, 3).join(', '), names.length - 3)
      : names.join(', ');
  return first && count === 1
    ? vscode.l10n.t('the {0} ({1})', messageNoun(first), who)
    : vscode.l10n.t('{0} messages ({1})', count.toLocaleString(), who);
}

/** The messages themselves, of few enough to be looked at one by one. */
export function messagesOf({ account, ids }: Pick<Target, 'account' | 'ids'>): Message[] {
  return ids.map((id) => account.mailbox.store.get(id)).filter((message) => message !== undefined);
}
