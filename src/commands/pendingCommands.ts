import * as vscode from 'vscode';
import { accountLabel } from '../display/accountLabel';
import { describeError } from '../display/describeError';
import { numberText } from '../display/language';
import { otherSideText, previewText } from '../display/messageText';
import { ask, pickOne, showInformation } from '../display/window';
import { Command } from '../ids';
import type { Account, Accounts } from '../mailbox/accounts';
import { isOpen, type Operation, type OperationItem, type OperationKind } from '../mailbox/outbox/operation';
import { restoredError } from '../mailbox/outbox/storedError';
import type { CommandRegistry } from './commandRegistry';

interface PendingItem extends vscode.QuickPickItem {
  readonly account: Account;
  readonly operationId: string;
  readonly count: number;
}

/** Lists the changes that RingCentral has not confirmed yet, with why, and lets each of them be sent again or discarded. */
export function registerPendingCommands(commands: CommandRegistry, accounts: Accounts): void {
  commands.register(Command.PendingChanges, async () => {
    const pending = pendingItems(accounts);
    if (pending.length === 0) {
      void showInformation(vscode.l10n.t('No changes are pending. RingCentral has confirmed all of them.'));
      return;
    }
    const all = { label: vscode.l10n.t('Send All Now'), iconPath: new vscode.ThemeIcon('sync') };
    const picked = await pickOne<PendingItem | typeof all>([...pending, all], {
      title: vscode.l10n.t('Pending Changes'),
      placeHolder: vscode.l10n.t('Select a change to send it now or discard it'),
    });
    if (picked && 'operationId' in picked) await offer(picked);
    else if (picked) await sendNow(accounts);
  });
}

async function offer({ account, operationId, count, label }: PendingItem): Promise<void> {
  const send = vscode.l10n.t('Send Now');
  const discard = vscode.l10n.t('Discard');
  const detail =
    count === 1
      ? vscode.l10n.t('If you discard this change, the message reverts to its state on RingCentral.')
      : vscode.l10n.t('If you discard this change, the messages revert to their state on RingCentral.');
  const answer = await ask(label, detail, send, discard);
  if (answer === discard) account.mailbox.actions.discard(operationId);
  // After discarding, too: what comes after it need not wait any more.
  if (answer) await account.mailbox.refresh();
}

async function sendNow({ all }: Accounts): Promise<void> {
  await Promise.all(
    all.filter(({ mailbox }) => mailbox.waitingCount > 0).map(({ mailbox }) => mailbox.refresh()),
  );
}

function pendingItems({ all }: Accounts): PendingItem[] {
  return all.flatMap((account) =>
    account.mailbox.store.operations().flatMap((operation) => {
      const open = operation.items.filter(isOpen);
      return open.length > 0 ? pendingItem(account, operation, open, all.length > 1) : [];
    }),
  );
}

function pendingItem(
  account: Account,
  { id, kind, delay }: Operation,
  open: readonly OperationItem[],
  severalAccounts: boolean,
): PendingItem {
  const first = account.mailbox.store.get(open[0]?.messageId ?? '');
  return {
    label: kindText(kind, open.length),
    description: [first && otherSideText(first), severalAccounts ? accountLabel(account) : '']
      .filter(Boolean)
      .join(' · '),
    detail: delay ? describeError(restoredError(delay)) : waitingText(first && previewText(first)),
    account,
    operationId: id,
    count: open.length,
  };
}

function waitingText(preview: string | undefined): string {
  return preview ? vscode.l10n.t('Waiting to be sent: {0}', preview) : vscode.l10n.t('Waiting to be sent');
}

function kindText(kind: OperationKind, count: number): string {
  const number = numberText(count);
  switch (kind) {
    case 'markRead':
      return vscode.l10n.t('Mark as read ({0})', number);
    case 'markUnread':
      return vscode.l10n.t('Mark as unread ({0})', number);
    case 'restore':
      return vscode.l10n.t('Restore ({0})', number);
    case 'delete':
      return vscode.l10n.t('Delete ({0})', number);
    case 'deleteConversation':
      return vscode.l10n.t('Delete conversation ({0})', number);
    case 'deletePermanently':
      return vscode.l10n.t('Delete permanently ({0})', number);
  }
}
