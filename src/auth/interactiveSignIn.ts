import { l10n, window } from 'vscode';
import { SignInRequiredError } from '../api/errors';
import { withCancellableProgress } from '../display/cancellableProgress';
import type { MailboxSession, Sessions } from './sessions';
import type { SignIn } from './signIn';
import { askForJwtCredential } from './signInSteps';

/**
 * Signs in with progress and cancel. A credential that the server refuses can be corrected, starting from what was
 * entered, for typing all of it again would be a nuisance.
 * @returns undefined if the user gave up correcting
 * @throws MailboxError for any other failure, and CancelledError if the user cancelled
 */
export async function signInInteractively(
  sessions: Sessions,
  how: SignIn,
): Promise<MailboxSession | undefined> {
  for (let next: SignIn | undefined = how; next;) {
    try {
      return await signInWithProgress(sessions, next);
    } catch (error) {
      if (!(error instanceof SignInRequiredError) || next.kind !== 'jwt') throw error;
      const correct = l10n.t('Check What I Entered');
      // Modal, because the sign-in waits for the answer: a message in the corner could be overlooked for ever.
      if ((await window.showErrorMessage(refusalText(error), { modal: true }, correct)) !== correct)
        return undefined;
      next = await askForJwtCredential(next);
    }
  }
  return undefined;
}

async function signInWithProgress(sessions: Sessions, how: SignIn): Promise<MailboxSession> {
  const title =
    how.kind === 'sample' ? l10n.t('Opening the sample mailbox') : l10n.t('Signing in to RingCentral');
  return withCancellableProgress(title, (signal) => sessions.signIn(how, signal));
}

/** `reason` is OAuth's error code (RFC 6749, 5.2), the only part of the answer that is the same in every language. */
function refusalText({ reason }: SignInRequiredError): string {
  switch (reason) {
    case 'invalid_client':
      return l10n.t('RingCentral does not know this client ID, or the client secret is wrong.');
    case 'unauthorized_client':
      return l10n.t(
        'This app may not sign in with a JWT credential. Turn on JWT authentication in its settings in the developer console.',
      );
    default:
      return l10n.t(
        'RingCentral refused the JWT credential. It may have expired, been deleted, or belong to another app or server.',
      );
  }
}
