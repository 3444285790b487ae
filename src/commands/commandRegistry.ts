import * as vscode from 'vscode';
import { isMailboxError } from '../api/errors';
import { describeError } from '../display/describeError';
import { announceStatus, showError } from '../display/window';
import { Command, TITLE_COMMANDS } from '../ids';
import { isNode } from '../tree/nodes';

/** How long the status bar says that nothing was done, in milliseconds. */
const NOTICE_DURATION = 5_000;

type Handler = (...args: readonly unknown[]) => Promise<void> | void;

/**
 * Registers commands so that they all fail in the same way: a cancellation is silent, anything else becomes a sentence
 * that says what to do, and the log has the rest.
 */
export class CommandRegistry implements vscode.Disposable {
  readonly #registered: vscode.Disposable[] = [];
  /** What the status bar says at this moment. */
  #notice: vscode.Disposable | undefined;

  /** @param isAskedToSignIn whether the user is being asked to sign in again at this moment */
  constructor(
    private readonly log: vscode.LogOutputChannel,
    private readonly isAskedToSignIn: () => boolean = () => false,
  ) {}

  /** A command in the title of a view gets no rows: see `TITLE_COMMANDS`. */
  register(command: Command, handler: Handler): void {
    const isInTitle = TITLE_COMMANDS.has(command);
    this.#registered.push(
      vscode.commands.registerCommand(command, (...args: unknown[]) => {
        const given = isInTitle && isNode(args[0]) ? [] : args;
        return this.attempt(command, () => handler(...given));
      }),
    );
  }

  /** Does what a button offers that `command` shows: it fails as the command would. */
  async attempt(command: Command, handler: () => Promise<void> | void): Promise<void> {
    try {
      await handler();
    } catch (error) {
      this.#report(command, error);
    }
  }

  /**
   * Like `register`, for a command that is in the palette, on rows and on keys, but in no view's title. Called for a row
   * that VS Code does not have at this moment, because the rows are being read again, it does nothing and says so: the
   * selection, which it would take otherwise, may be other rows, and so may the row that has the focus a moment later.
   */
  registerForRows(command: Command, handler: Handler): void {
    this.register(command, (...args) => {
      const [, selected] = args;
      const rows = [...args.slice(0, 1), ...(Array.isArray(selected) ? (selected as unknown[]) : [])];
      if (rows.every((row) => row !== undefined && row !== null)) return handler(...args);
      this.#tellRefused();
    });
  }

  /** Tells the user what went wrong in `command`, and the log everything. */
  #report(command: Command, error: unknown): void {
    if (isMailboxError(error, 'cancelled') || error instanceof vscode.CancellationError) return;
    this.log.error(`${command}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    const isSignInRequired = isMailboxError(error, 'signInRequired');
    if (isSignInRequired && this.isAskedToSignIn()) return;
    const action = isSignInRequired
      ? { title: vscode.l10n.t('Sign In Again'), command: Command.SignInAgain }
      : { title: vscode.l10n.t('Show Log'), command: Command.ShowLog };
    // Not waited for: the command is over, however long the message stays.
    void showError(describeError(error), action.title).then((chosen) => {
      if (chosen === action.title) void vscode.commands.executeCommand(action.command);
    });
  }

  /** Not in a notification: whoever presses keys quickly meets this often, and only has to press once more. */
  #tellRefused(): void {
    this.#notice?.dispose();
    const text = vscode.l10n.t('Nothing was done because the list was being updated. Try again.');
    this.#notice = announceStatus('info', text, NOTICE_DURATION, {
      name: vscode.l10n.t('RingCentral Mailbox: List Being Updated'),
    });
  }

  dispose(): void {
    this.#notice?.dispose();
    for (const disposable of this.#registered.splice(0)) disposable.dispose();
  }
}
