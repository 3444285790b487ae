import * as vscode from 'vscode';
import { accountLabel } from '../display/accountLabel';
import { AUTHENTICATION_PROVIDER_ID } from '../ids';
import { DisposableStore } from '../util/disposable';
import type { InteractiveSignIn } from './interactiveSignIn';
import type { MailboxSession, Sessions } from './sessions';
import { askHowToSignIn } from './signInSteps';

/** Listing accounts must not wait long for a server that does not answer. */
const TOKEN_TIMEOUT_MS = 5_000;

/**
 * Shows the signed-in accounts in VS Code's Accounts menu, where one can sign out of them, and gives their tokens to an
 * extension that the user lets have them. Scopes are not asked for: what a token may do is decided by the app's
 * permissions at RingCentral.
 */
export class RingCentralAuthenticationProvider implements vscode.AuthenticationProvider, vscode.Disposable {
  readonly #disposables = new DisposableStore();
  readonly #changed = this.#disposables.add(
    new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>(),
  );
  readonly onDidChangeSessions = this.#changed.event;
  /** What the Accounts menu shows, by the id of the session. */
  #shown: ReadonlyMap<string, vscode.AuthenticationSession>;

  /** Registers itself. */
  constructor(
    private readonly sessions: Sessions,
    private readonly interactive: InteractiveSignIn,
  ) {
    this.#shown = this.#toShow();
    this.#disposables.add(sessions.onDidChange(() => this.#follow()));
    this.#disposables.add(
      vscode.authentication.registerAuthenticationProvider(AUTHENTICATION_PROVIDER_ID, 'RingCentral', this, {
        supportsMultipleAccounts: true,
      }),
    );
  }

  async getSessions(
    _scopes: readonly string[] | undefined,
    { account }: vscode.AuthenticationProviderSessionOptions,
  ): Promise<vscode.AuthenticationSession[]> {
    await this.sessions.restore();
    const wanted = this.sessions.all().filter(({ accountId }) => !account || account.id === accountId);
    return Promise.all(wanted.map(withToken));
  }

  async createSession(): Promise<vscode.AuthenticationSession> {
    const how = await askHowToSignIn();
    const session = how && (await this.interactive.signIn(how));
    if (!session) throw new vscode.CancellationError();
    return withToken(session);
  }

  async removeSession(sessionId: string): Promise<void> {
    // VS Code has asked about signing out, and knows nothing of messages.
    await this.sessions.signOut(sessionId, 'ask');
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #follow(): void {
    const before = this.#shown;
    const now = this.#toShow();
    this.#shown = now;
    const added = [...now.values()].filter(({ id }) => !before.has(id));
    const removed = [...before.values()].filter(({ id }) => !now.has(id));
    const changed = [...now.values()].filter((session) => {
      const earlier = before.get(session.id);
      return earlier && earlier.account.label !== session.account.label;
    });
    if (added.length + removed.length + changed.length > 0) this.#changed.fire({ added, removed, changed });
  }

  #toShow(): ReadonlyMap<string, vscode.AuthenticationSession> {
    return new Map(this.sessions.all().map((session) => [session.id, describe(session, '')]));
  }
}

/** An account whose token cannot be renewed right now is still an account: it must stay there to be signed out of. */
async function withToken(session: MailboxSession): Promise<vscode.AuthenticationSession> {
  const token = await session.tokens.accessToken(AbortSignal.timeout(TOKEN_TIMEOUT_MS)).catch(() => '');
  return describe(session, token);
}

/** In an event without a token: it says only which account has come or gone. */
function describe(session: MailboxSession, token: string): vscode.AuthenticationSession {
  const { id, accountId } = session;
  const account = { id: accountId, label: accountLabel(session) };
  return { id, accessToken: token, account, scopes: [] };
}
