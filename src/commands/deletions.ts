import * as vscode from 'vscode';
import { listText, numberText, sentencesText } from '../display/language';
import { accountLabel } from '../display/accountLabel';
import type { Message } from '../api/schema';
import {
  deletedText,
  deleteQuestion,
  groupQuestion,
  purgeOneQuestion,
  purgeQuestion,
} from '../display/deletionText';
import { filterText } from '../display/filterText';
import { andOthers, otherSideText } from '../display/messageText';
import { UserError } from '../display/userError';
import { announceStatus, ask, showInformation } from '../display/window';
import { Command } from '../ids';
import { type Account, type Accounts, homeCountries } from '../mailbox/accounts';
import { conversationOf, type Group } from '../mailbox/group';
import type { ActionOutcome } from '../mailbox/mailboxActions';
import type { MailboxViews, ViewName } from '../tree/mailboxViews';
import { isNode } from '../tree/nodes';
import type { CommandRegistry } from './commandRegistry';
import { messagesOf } from './messageCommands';
import { reportOutcome, runAction } from './runAction';
import type { Target } from './targets';

/** How many messages are looked at to name who they are from or to. */
const NAMED_MESSAGES = 2_000;

/** Milliseconds for which the status bar tells of a deletion. */
const TOLD_FOR = 10_000;

export interface DeletionOptions {
  /**
   * The row that it was called for, from which the focus moves on. Then the key that undoes works there, and the status bar
   * tells of a single deletion, with the key; from a page or the palette, a notification does, with a button.
   */
  readonly row?: unknown;
  /** Of which the messages are. */
  readonly conversationId?: string;
}

/** Deletes messages: asks where more may be meant than was seen, tells what was done, and takes it back. */
export class Deletions implements vscode.Disposable {
  /** In the status bar, about the last deletion. */
  #told: vscode.Disposable | undefined;
  /** The account of the last deletion. */
  #lastAccountId: string | undefined;

  constructor(
    private readonly commands: CommandRegistry,
    private readonly accounts: Accounts,
    private readonly views: MailboxViews,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /**
   * Asks whether to delete these messages, and no others, saying what and how many they are.
   * @param question about what they are together; without, about the group or the messages that they are
   */
  async confirm(targets: readonly Target[], question?: string): Promise<boolean> {
    const confirm = vscode.l10n.t('Delete');
    const isGroup = question !== undefined || hasGroup(targets);
    const detail = [
      vscode.l10n.t('Deleted messages can be restored for a few days.'),
      isGroup ? this.#filterCaveat('messages', targets) : '',
    ];
    return (await ask(question ?? questionAbout(targets), sentencesText(detail), confirm)) === confirm;
  }

  /** Moves messages, which were chosen one by one or agreed to, to Deleted, and tells so. */
  async run(targets: readonly Target[], options: DeletionOptions): Promise<void> {
    for (const target of targets) await this.#delete(target, options);
  }

  /** Asks whether to delete these messages for good. @param areAllShown whether they are all that the view Deleted shows */
  async confirmPurge(targets: readonly Target[], { areAllShown = false } = {}): Promise<boolean> {
    const confirm = vscode.l10n.t('Delete Permanently');
    const count = countOf(targets);
    const [single] = count === 1 ? targets.flatMap(messagesOf) : [];
    const question = single ? purgeOneQuestion(single) : purgeQuestion(count, namesIn(targets));
    // Only Messages has groups.
    const view = areAllShown ? 'deleted' : hasGroup(targets) ? 'messages' : undefined;
    const detail = [vscode.l10n.t("This can't be undone."), view ? this.#filterCaveat(view, targets) : ''];
    return (await ask(question, sentencesText(detail), confirm)) === confirm;
  }

  /** Deletes messages for good, which was agreed to. @param row that it was called for, from which the focus moves on */
  async purge(targets: readonly Target[], row?: unknown): Promise<void> {
    for (const { account, ids } of targets) {
      const { actions } = account.mailbox;
      const outcome = await this.views.keepingPlace(row, ids, () =>
        runAction(vscode.l10n.t('Deleting permanently'), ids.length, (options) =>
          actions.deletePermanently(ids, options),
        ),
      );
      reportOutcome(outcome, this.log);
    }
  }

  /** Brings deleted messages back. @param row likewise */
  async restore(targets: readonly Pick<Target, 'account' | 'ids'>[], row?: unknown): Promise<void> {
    for (const { account, ids } of targets) {
      const { actions } = account.mailbox;
      const outcome = await this.views.keepingPlace(row, ids, () =>
        runAction(vscode.l10n.t('Restoring messages'), ids.length, (options) =>
          actions.restore(ids, options),
        ),
      );
      reportOutcome(outcome, this.log);
    }
  }

  /** Takes the last deletion back. */
  async undo(): Promise<void> {
    this.#told?.dispose();
    const { all, current } = this.accounts;
    const last = this.#lastAccountId === undefined ? undefined : this.accounts.get(this.#lastAccountId);
    const account = [last, current, ...all].find((each) => each?.mailbox.actions.canUndo);
    if (account) await this.restore([{ account, ids: account.mailbox.actions.undoable }]);
  }

  dispose(): void {
    this.#told?.dispose();
  }

  async #delete(target: Target, options: DeletionOptions): Promise<void> {
    const { account, ids } = target;
    const { row, conversationId = conversationIn(target) } = options;
    const { actions, store } = account.mailbox;
    const single = ids.length === 1 && ids[0] !== undefined ? store.get(ids[0]) : undefined;
    // The key does not undo that one any more.
    this.#told?.dispose();
    const lastAccountId = this.#lastAccountId;
    this.#lastAccountId = account.id;
    const running = this.views.keepingPlace(row, ids, () =>
      runAction(vscode.l10n.t('Deleting messages'), ids.length, (each) =>
        conversationId === undefined
          ? actions.delete(ids, each)
          : actions.deleteConversation(conversationId, ids, each),
      ),
    );
    // Now, as the row goes now: the answer of the server may take a while, and a refusal is told of by itself.
    const told = single && isNode(row) ? this.#tell(single) : undefined;
    const outcome = await running.catch((error: unknown) => {
      told?.dispose();
      throw error;
    });
    reportOutcome(outcome, this.log);
    const isNothing = deletedIn(outcome).length === 0;
    // What can be undone is then the deletion before it.
    if (isNothing && this.#lastAccountId === account.id) this.#lastAccountId = lastAccountId;
    if (told) {
      if (isNothing) told.dispose();
    } else this.#offerUndo(account, outcome);
  }

  #tell(message: Message): vscode.Disposable {
    const text = sentencesText([deletedText(message), vscode.l10n.t('{0} to undo', undoKey())]);
    const told = announceStatus('trash', text, TOLD_FOR, {
      command: Command.UndoDelete,
      name: vscode.l10n.t('RingCentral Mailbox: Last Deletion'),
    });
    this.#told = told;
    return told;
  }

  /** Tells what was deleted, and offers to take back just that, however much has been deleted since. */
  #offerUndo(account: Account, outcome: ActionOutcome): void {
    const deleted = deletedIn(outcome);
    const first = account.mailbox.store.get(deleted[0] ?? '');
    // What turned out to be gone cannot be taken back.
    if (deleted.length === 0 || (deleted.length === 1 && !first)) return;
    const text =
      deleted.length === 1 && first
        ? deletedText(first)
        : vscode.l10n.t('Deleted {0} messages.', numberText(deleted.length));
    const undo = vscode.l10n.t('Undo');
    const restoreAll = async (): Promise<void> => {
      // The offer may have stood there for long: the mailbox may have been closed, and opened anew.
      const open = this.accounts.get(account.id);
      if (!open) throw new UserError(vscode.l10n.t('You have signed out of {0}.', accountLabel(account)));
      await this.restore([{ account: open, ids: deleted }]);
    };
    void showInformation(text, undo).then((chosen) => {
      if (chosen === undo) void this.commands.attempt(Command.UndoDelete, restoreAll);
    });
  }

  /** That a filter hides more; empty if none is on. */
  #filterCaveat(view: ViewName, targets: readonly Target[]): string {
    const { filter } = this.views.queryOf(view);
    const countries = homeCountries(targets.map(({ account }) => account));
    const narrowing = filterText(filter, { countries, now: Date.now() });
    return narrowing && vscode.l10n.t('Messages that the filter ({0}) hides are kept.', narrowing);
  }
}

function hasGroup(targets: readonly Target[]): boolean {
  return targets.some(({ groups }) => groups.length > 0);
}

function countOf(targets: readonly Target[]): number {
  return targets.reduce((total, { ids }) => total + ids.length, 0);
}

/** Who messages are from or to; empty if they are too many to be looked at. */
function namesIn(targets: readonly Target[]): string {
  if (countOf(targets) > NAMED_MESSAGES) return '';
  const names = [...new Set(targets.flatMap(messagesOf).map(otherSideText))];
  return names.length > 3 ? andOthers(names.slice(0, 3), names.length - 3) : listText(names);
}

function questionAbout(targets: readonly Target[]): string {
  const [target, ...others] = targets;
  const group = target && others.length === 0 ? onlyGroupIn(target) : undefined;
  const count = countOf(targets);
  return group ? groupQuestion(group, count) : deleteQuestion(count, namesIn(targets));
}

/** The group that was chosen, if nothing else was: of other things its name would not tell. */
function onlyGroupIn({ groups, singleIds = [] }: Target): Group | undefined {
  return groups.length === 1 && singleIds.length === 0 ? groups[0] : undefined;
}

function conversationIn(target: Target): string | undefined {
  const group = onlyGroupIn(target);
  return group && conversationOf(group);
}

/** What is deleted, or will be. */
function deletedIn({ changed, waiting }: ActionOutcome): readonly string[] {
  return [...changed, ...waiting];
}

/**
 * The key that undoes, as it is written where the person sits. An extension host knows its own platform, which is another
 * where VS Code runs in a browser or works on another machine.
 */
function undoKey(): string {
  if (vscode.env.remoteName !== undefined || vscode.env.uiKind === vscode.UIKind.Web)
    return vscode.l10n.t('Ctrl+Z or ⌘Z');
  return process.platform === 'darwin' ? '⌘Z' : vscode.l10n.t('Ctrl+Z');
}
