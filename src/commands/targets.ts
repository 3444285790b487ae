import * as vscode from 'vscode';
import type { Message } from '../api/schema';
import { otherSideText, previewText } from '../display/messageText';
import { relativeTime } from '../display/relativeTime';
import type { Group } from '../mailbox/grouping';
import { creationTime, isUnread } from '../mailbox/message';
import type { MailboxViews, ViewName } from '../tree/mailboxViews';
import { isNode, type Node } from '../tree/nodes';

/** A picker with more entries than this is no help; typing narrows what is there, and the view has the rest. */
const PICKER_LENGTH = 2_000;

/** What a command was called for. */
export interface Targets {
  readonly messages: readonly Message[];
  /** Groups that were chosen as a whole; their messages are among `messages`. */
  readonly groups: readonly Group[];
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
): Targets | undefined {
  const [row, selected] = args;
  if (!isNode(row)) return collect(views.selectionIn(view));
  return collect(
    Array.isArray(selected) && selected.length > 0 ? selected.filter(isNode) : around(row, views),
  );
}

/** Like `targetsOf`, for a command that takes one row, whatever else is selected. */
export function targetOf(row: unknown, views: MailboxViews, view: ViewName): Targets | undefined {
  return collect(isNode(row) ? [row] : views.selectionIn(view));
}

function around(row: Node, views: MailboxViews): readonly Node[] {
  const selections = [views.selectionIn('messages'), views.selectionIn('deleted')];
  return selections.find((selection) => selection.includes(row)) ?? [row];
}

function collect(nodes: readonly Node[]): Targets | undefined {
  const groups = nodes.filter((node) => node.kind === 'group').map(({ group }) => group);
  const single = nodes.filter((node) => node.kind === 'message').map(({ message }) => message);
  const messages = new Map(
    [...groups.flatMap((group) => group.messages), ...single].map((each) => [each.id, each]),
  );
  return messages.size > 0 ? { messages: [...messages.values()], groups } : undefined;
}

interface MessagePick extends vscode.QuickPickItem {
  readonly message: Message;
}

/** Lets the user choose among `messages`, newest first; undefined if the choice was dismissed. */
export async function pickMessages(
  title: string,
  messages: readonly Message[],
): Promise<readonly Message[] | undefined> {
  if (!hasAny(messages)) return undefined;
  const picked = await vscode.window.showQuickPick(picks(messages), {
    title,
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
    placeHolder: vscode.l10n.t('Choose messages'),
  });
  return picked && picked.length > 0 ? picked.map(({ message }) => message) : undefined;
}

/** Like `pickMessages`, for a command that takes exactly one. */
export async function pickMessage(title: string, messages: readonly Message[]): Promise<Message | undefined> {
  if (!hasAny(messages)) return undefined;
  const picked = await vscode.window.showQuickPick(picks(messages), {
    title,
    matchOnDescription: true,
    matchOnDetail: true,
    placeHolder: vscode.l10n.t('Choose a message'),
  });
  return picked?.message;
}

function hasAny(messages: readonly Message[]): boolean {
  if (messages.length > 0) return true;
  void vscode.window.showInformationMessage(vscode.l10n.t('There is no message that this applies to.'));
  return false;
}

function picks(messages: readonly Message[]): MessagePick[] {
  const now = Date.now();
  return messages.slice(0, PICKER_LENGTH).map((message) => ({
    label: otherSideText(message),
    description: [isUnread(message) ? vscode.l10n.t('unread') : '', relativeTime(creationTime(message), now)]
      .filter(Boolean)
      .join(' · '),
    detail: previewText(message),
    message,
  }));
}
