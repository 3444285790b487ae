import * as vscode from 'vscode';
import { accountLabel } from '../display/accountLabel';
import { showWarning } from '../display/window';
import { Command } from '../ids';
import type { Accounts } from '../mailbox/accounts';

/** Milliseconds within which a command that found out that the sign-in has ended fails as well. */
const RECENT = 5_000;

/** Asks once, each time that RingCentral stops accepting the sign-in of an account, to sign in again. */
export class SignInAgainPrompt implements vscode.Disposable {
  readonly #following: vscode.Disposable;
  /** By session id: accounts that were asked for and have not been signed in to again yet. */
  readonly #asked = new Set<string>();
  #lastAsked = -Infinity;

  constructor(private readonly accounts: Accounts) {
    this.#following = accounts.onDidChange(() => this.#look());
    this.#look();
  }

  /** Whether the question has only just come up: then nothing else needs to tell the same. */
  get hasJustAsked(): boolean {
    return performance.now() - this.#lastAsked < RECENT;
  }

  dispose(): void {
    this.#following.dispose();
  }

  #look(): void {
    for (const account of this.accounts.all) {
      const { sessionId, isSignInRequired } = account;
      if (!isSignInRequired) this.#asked.delete(sessionId);
      else if (!this.#asked.has(sessionId)) {
        this.#asked.add(sessionId);
        this.#lastAsked = performance.now();
        void this.#ask(sessionId, accountLabel(account));
      }
    }
  }

  async #ask(sessionId: string, label: string): Promise<void> {
    const signIn = vscode.l10n.t('Sign In Again');
    const text = vscode.l10n.t(
      'Your sign-in to {0} is no longer valid. You can still read its messages. Changes wait until you sign in again.',
      label,
    );
    if ((await showWarning(text, signIn)) === signIn) {
      await vscode.commands.executeCommand(Command.SignInAgain, sessionId);
    }
  }
}
