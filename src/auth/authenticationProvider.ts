import * as vscode from 'vscode';
import { AUTHENTICATION_PROVIDER_ID } from '../ids';
import { DisposableStore } from '../util/disposable';
import { signInInteractively } from './interactiveSignIn';
import type { MailboxSession, Sessions } from './sessions';
import { askHowToSignIn } from './signInSteps';

/** Listing accounts must not wait long for a server that does not answer. */
const TOKEN_TIMEOUT_MS = 5_000;

/**
 * Shows the signed-in account in VS Code's Accounts menu, where one can sign out of it, and gives its token to an
 * extension that the user lets have it. Scopes are not asked for: what a token may do is decided by the app's
 * permissions at RingCentral.
 */
export class RingCentralAuthenticationProvider implements vscode.AuthenticationProvider, vscode.Disposable {
  readonly #disposables = new DisposableStore();
  readonly #changed = this.#disposables.add(
    new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>(),
  );
  readonly onDidChangeSessions = this.#changed.event;
  #shown: MailboxSession | undefined;

  /** Registers itself. */
  constructor(private readonly sessions: Sessions) {
    this.#shown = sessions.current();
    this.#disposables.add(sessions.onDidChange(() => this.#follow()));
    this.#disposables.add(
      vscode.authentication.registerAuthenticationProvider(AUTHENTICATION_PROVIDER_ID, 'RingCentral', this, {
        supportsMultipleAccounts: false,
      }),
    );
  }

  async getSessions(): Promise<vscode.AuthenticationSession[]> {
    await this.sessions.restore();
    const session = this.sessions.current();
    return session ? [await withToken(session)] : [];
  }

  async createSession(): Promise<vscode.AuthenticationSession> {
    const how = await askHowToSignIn();
    const session = how && (await signInInteractively(this.sessions, how));
    if (!session) throw new vscode.CancellationError();
    return withToken(session);
  }

  async removeSession(sessionId: string): Promise<void> {
    await this.sessions.signOut(sessionId);
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #follow(): void {
    const before = this.#shown;
    const now = this.sessions.current();
    if (before?.id === now?.id) return;
    this.#shown = now;
    this.#changed.fire({
      added: now ? [describe(now, '')] : [],
      removed: before ? [describe(before, '')] : [],
      changed: [],
    });
  }
}

/** An account whose token cannot be renewed right now is still an account: it must stay there to be signed out of. */
async function withToken(session: MailboxSession): Promise<vscode.AuthenticationSession> {
  const token = await session.tokens.accessToken(AbortSignal.timeout(TOKEN_TIMEOUT_MS)).catch(() => '');
  return describe(session, token);
}

/** In an event without a token: it says only which account has come or gone. */
function describe(
  { id, accountId, label, sample }: MailboxSession,
  token: string,
): vscode.AuthenticationSession {
  const account = {
    id: accountId,
    label: sample ? vscode.l10n.t('{0} (sample mailbox)', label) : label,
  };
  return { id, accessToken: token, account, scopes: [] };
}
