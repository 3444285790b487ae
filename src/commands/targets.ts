import * as vscode from 'vscode';
import type { Message } from '../api/schema';
import { otherSideText, previewText } from '../display/messageText';
import { relativeTime } from '../display/relativeTime';
import { pickOne, pickSeveral, showInformation } from '../display/window';
import type { Account, Accounts } from '../mailbox/accounts';
import type { Group } from '../mailbox/group';
import { creationTime, isUnread } from '../mailbox/message';
import type { MessageFilter, MessageQuery } from '../mailbox/query';
import type { MailboxViews, ViewName } from '../tree/mailboxViews';
import { isNode, type Node } from '../tree/nodes';

/** A picker with more entries than this is no help; typing narrows what is there, and the view has the rest. */
const PICKER_LENGTH = 2_000;

/** What a command acts on in one account. */
export interface Target {
  readonly account: Account;
  /** Newest first. Whatever the groups hold is among them. Never empty. */
  readonly ids: readonly string[];
  /** Groups that were chosen as a whole. */
  readonly groups: readonly Group[];
  /** Of messages that were chosen one by one. */
  readonly singleIds?: readonly string[];
}

/**
 * What a command acts on: the row it was called for, or all selected rows if that one is among them; else the selection
 * of its view. Undefined if there is neither.
 *
 * A menu passes the row and what is selected. A key passes the row that has the focus, which the arrow keys take away from
 * the selection: `args` of the key binding name it in VS Code's own terms (`$treeViewId`, `$focusedTreeItem`).
 */
export function targetsOf(
  args: readonly unknown[],
  views: MailboxViews,
  view: ViewName,
): readonly Target[] | undefined {
  const [row, selected] = args;
  if (!isNode(row)) return collect(views.selectionIn(view), views);
  return collect(
    Array.isArray(selected) && selected.length > 0 ? selected.filter(isNode) : around(row, views),
    views,
  );
}

/** Names messages where there are no rows for them. */
export interface NamedMessages {
  readonly accountId: string;
  readonly messageIds: readonly string[];
}

/**
 * The messages that a command was called for by their names; undefined if it was not. Empty if the account is signed out
 * of: whatever is selected elsewhere is not meant then.
 */
export function namedTargets([named]: readonly unknown[], accounts: Accounts): readonly Target[] | undefined {
  if (!isNamedMessages(named)) return undefined;
  const account = accounts.get(named.accountId);
  const ids = [...new Set(named.messageIds)]
    .map((id) => account?.mailbox.store.get(id))
    .filter((message) => message !== undefined)
    .sort((a, b) => creationTime(b) - creationTime(a))
    .map(({ id }) => id);
  return account && ids.length > 0 ? [{ account, ids, groups: [], singleIds: ids }] : [];
}

function isNamedMessages(value: unknown): value is NamedMessages {
  const { accountId, messageIds } = (value ?? {}) as Partial<Record<keyof NamedMessages, unknown>>;
  return (
    typeof accountId === 'string' &&
    Array.isArray(messageIds) &&
    messageIds.every((id) => typeof id === 'string')
  );
}

/** Like `targetsOf`, for a command that takes one message, whatever else is selected: the newest of a group. */
export function messageOf(row: unknown, views: MailboxViews, view: ViewName): ChosenMessage | undefined {
  const [node] = isNode(row) ? [row] : views.selectionIn(view);
  switch (node?.kind) {
    case 'message':
      return { account: node.account, message: node.message };
    case 'group':
      return { account: node.account, message: node.group.newest };
    default:
      return undefined;
  }
}

export interface ChosenMessage {
  readonly account: Account;
  readonly message: Message;
}

function around(row: Node, views: MailboxViews): readonly Node[] {
  const selections = [views.selectionIn('messages'), views.selectionIn('deleted')];
  return selections.find((selection) => selection.includes(row)) ?? [row];
}

function collect(nodes: readonly Node[], views: MailboxViews): readonly Target[] | undefined {
  const accounts = [...new Set(nodes.map(({ account }) => account))];
  const targets = accounts
    .map((account) =>
      collectOf(
        account,
        nodes.filter((node) => node.account === account),
        views,
      ),
    )
    .filter(({ ids }) => ids.length > 0);
  return targets.length > 0 ? targets : undefined;
}

function collectOf(account: Account, nodes: readonly Node[], views: MailboxViews): Target {
  const groups = nodes.filter((node) => node.kind === 'group').map(({ group }) => group);
  const single = nodes.filter((node) => node.kind === 'message').map(({ message }) => message.id);
  // What the view shows of the group, and nothing that its filter hides.
  const inGroups = groups.flatMap((group) =>
    idsIn(account, { ...views.queryOf('messages'), group: group.key }),
  );
  return {
    account,
    ids: [...new Set([...inGroups, ...single])],
    groups,
    singleIds: single,
  };
}

function idsIn(account: Account, query: MessageQuery): readonly string[] {
  return account.mailbox.store.ids(query);
}

interface MessagePick extends vscode.QuickPickItem {
  readonly message: Message;
}

/** What may be picked: messages that a view shows of one account, narrowed further. */
export interface Offer {
  readonly view: ViewName;
  /** The current account, unless another is given. */
  readonly account?: Account;
  /** Laid over the filter of the view. */
  readonly filter?: MessageFilter;
  readonly applies?: (message: Message) => boolean;
}

/** Lets the user choose among messages, newest first; undefined if the choice was dismissed. */
export async function pickMessages(
  title: string,
  accounts: Accounts,
  views: MailboxViews,
  offer: Offer,
): Promise<readonly Target[] | undefined> {
  const { account = accounts.current } = offer;
  const messages = account ? offered(account, views, offer) : [];
  if (!account || !hasAny(messages)) return undefined;
  const picked = await pickSeveral(picks(messages), {
    title,
    matchOnDescription: true,
    matchOnDetail: true,
    placeHolder: vscode.l10n.t('Select messages'),
  });
  if (!picked || picked.length === 0) return undefined;
  const ids = picked.map(({ message }) => message.id);
  return [{ account, ids, groups: [], singleIds: ids }];
}

/** Like `pickMessages`, for a command that takes exactly one. */
export async function pickMessage(
  title: string,
  accounts: Accounts,
  views: MailboxViews,
  offer: Offer,
): Promise<ChosenMessage | undefined> {
  const { account = accounts.current } = offer;
  const messages = account ? offered(account, views, offer) : [];
  if (!account || !hasAny(messages)) return undefined;
  const picked = await pickOne(picks(messages), {
    title,
    matchOnDescription: true,
    matchOnDetail: true,
    placeHolder: vscode.l10n.t('Select a message'),
  });
  return picked && { account, message: picked.message };
}

function offered(account: Account, views: MailboxViews, { view, filter, applies }: Offer): Message[] {
  const query = views.queryOf(view);
  const messages = account.mailbox.store.messages(
    { ...query, filter: { ...query.filter, ...filter } },
    { offset: 0, limit: PICKER_LENGTH },
  );
  return applies ? messages.filter(applies) : messages;
}

function hasAny(messages: readonly Message[]): boolean {
  if (messages.length === 0) tellNothingApplies();
  return messages.length > 0;
}

/** Says that there is nothing to act on. */
export function tellNothingApplies(): void {
  void showInformation(vscode.l10n.t('There are no messages that this command applies to.'));
}

function picks(messages: readonly Message[]): MessagePick[] {
  const now = Date.now();
  return messages.map((message) => ({
    label: otherSideText(message),
    description: [isUnread(message) ? vscode.l10n.t('unread') : '', relativeTime(creationTime(message), now)]
      .filter(Boolean)
      .join(' · '),
    detail: previewText(message),
    message,
  }));
}
