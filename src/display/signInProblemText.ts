import { l10n } from 'vscode';
import type { SignInProblem } from '../api/signInProblem';

/** What RingCentral has against a sign-in, and what to do about it. */
export function signInProblemText(problem: SignInProblem): string {
  switch (problem) {
    case 'unknownApp':
      return l10n.t(
        'RingCentral does not know this client ID on this server, or the client secret is wrong. Sandbox apps are not known in production, and vice versa.',
      );
    case 'grantNotAllowed':
      return l10n.t(
        'This app is not allowed to sign in this way. Turn on 3-legged OAuth or JWT authentication in its settings in the developer console. If it is on already, the app may not be released yet, or may be blocked.',
      );
    case 'redirectUri':
      return l10n.t(
        'The redirect URI that is used here is not registered for the app. Register it in the app’s settings in the developer console.',
      );
    case 'appNotReleased':
      return l10n.t(
        'This app is not released for this server, or was blocked. Its page in the developer console says what is missing; until then it works only in the sandbox.',
      );
    case 'appPermission':
      return l10n.t(
        'The app lacks a permission that it asks for. Add Read Messages, Edit Messages and Read Accounts in its settings in the developer console.',
      );
    case 'accountState':
      return l10n.t(
        'Your company’s RingCentral account is suspended or not active. Ask its administrator or RingCentral support.',
      );
    case 'extensionState':
      return l10n.t(
        'Your RingCentral extension is disabled or no longer exists. An administrator of your account can enable it.',
      );
    case 'extensionType':
      return l10n.t(
        'An extension of this type cannot sign in. Sign in with a user extension, not with that of a call queue, an IVR menu or a site.',
      );
    case 'lockedOut':
      return l10n.t(
        'RingCentral has locked this sign-in after too many attempts. Wait half an hour, or reset the password at RingCentral.',
      );
    case 'singleSignOn':
      return l10n.t(
        'Your company requires single sign-on. Sign in with the browser, and choose single sign-on on RingCentral’s page.',
      );
    case 'codeExpired':
      return l10n.t(
        'The authorization code from the browser has expired or was used already. Sign in again.',
      );
  }
}
