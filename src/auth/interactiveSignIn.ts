import { commands, l10n } from 'vscode';
import { SignInRequiredError } from '../api/errors';
import { askAfterError, type ProgressStep, withCancellableProgress } from '../display/window';
import { Command, ContextKey } from '../ids';
import { Emitter, type Event } from '../util/emitter';
import type { BrowserRoundTrip, Way } from './browserRoundTrip';
import { rememberClientId } from './clientIdSetting';
import { refusalText } from './refusalText';
import type { MailboxSession, Sessions } from './sessions';
import type { BrowserSignIn, ReadySignIn, SignIn } from './signIn';
import { askForBrowserSignIn, askForJwtCredential } from './signInSteps';

/** Signs in with progress, cancel, and a way to correct what was entered. */
export class InteractiveSignIn {
  readonly #signedIn = new Emitter<MailboxSession>();

  /** Fires when somebody has signed in, for the first time or again. */
  readonly onDidSignIn: Event<MailboxSession> = this.#signedIn.event;

  constructor(
    private readonly sessions: Sessions,
    private readonly roundTrip: BrowserRoundTrip,
    private readonly log: (line: string) => void,
  ) {}

  /**
   * What the server refuses can be corrected, starting from what was entered, for typing all of it again would be a
   * nuisance.
   * @returns undefined if the user gave up correcting
   * @throws MailboxError for any other failure, and CancelledError if the user cancelled
   */
  async signIn(how: SignIn): Promise<MailboxSession | undefined> {
    for (let next: SignIn | undefined = how; next;) {
      try {
        const session = await this.#signInWithProgress(next);
        this.#signedIn.fire(session);
        return session;
      } catch (error) {
        if (!(error instanceof SignInRequiredError) || next.kind === 'sample') throw error;
        const correct = l10n.t('Review What I Entered');
        const text = refusalText(error, next);
        // Modal, because the sign-in waits for the answer: a message in the corner could be overlooked for ever.
        if ((await askAfterError(text, correct)) !== correct) return undefined;
        next = next.kind === 'jwt' ? await askForJwtCredential(next) : await askForBrowserSignIn(next);
      }
    }
    return undefined;
  }

  /** While the browser is to come back through VS Code, lets it come back by a local address instead. */
  returnByLoopback(): void {
    this.roundTrip.returnByLoopback();
  }

  async #signInWithProgress(how: SignIn): Promise<MailboxSession> {
    const title =
      how.kind === 'sample' ? l10n.t('Opening the sample mailbox') : l10n.t('Signing in to RingCentral');
    const session = await withCancellableProgress(title, async (signal, progress) => {
      const report = (step: ProgressStep): void => progress.report(step);
      const ready = how.kind === 'pkce' ? await this.#askInBrowser(how, report, signal) : how;
      return this.sessions.signIn(ready, signal);
    });
    if (how.kind === 'pkce') {
      rememberClientId(how.clientId).catch((error: unknown) =>
        this.log(`The client ID could not be kept in the settings. ${String(error)}`),
      );
    }
    return session;
  }

  async #askInBrowser(
    how: BrowserSignIn,
    report: (step: ProgressStep) => void,
    signal: AbortSignal,
  ): Promise<ReadySignIn> {
    const onWaiting = (way: Way): void => {
      setWaiting(way === 'editor');
      report(waitingStep(way));
    };
    try {
      const grant = await this.roundTrip.authorize(how, signal, onWaiting);
      report({ message: l10n.t('Opening the mailbox…') });
      return { ...how, grant };
    } finally {
      setWaiting(false);
    }
  }
}

function setWaiting(isWaiting: boolean): void {
  void commands.executeCommand('setContext', ContextKey.WaitingForBrowser, isWaiting);
}

function waitingStep(way: Way): ProgressStep {
  if (way === 'loopback') return { message: l10n.t('Continue in your browser.') };
  return {
    message: l10n.t("Continue in your browser. If it doesn't return to VS Code:"),
    link: { label: l10n.t('Finish sign-in using local address'), command: Command.ReturnByLocalAddress },
  };
}
