import { l10n } from 'vscode';
import type { SignInProblem } from '../api/signInProblem';

/** What RingCentral has against a sign-in, and what to do about it. */
export function signInProblemText(problem: SignInProblem): string {
  switch (problem) {
    case 'unknownApp':
      return l10n.t(
        "RingCentral doesn't recognize this client ID on this server, or the client secret is wrong. Sandbox apps don't work in production, and vice versa.",
      );
    case 'grantNotAllowed':
      return l10n.t(
        "This app isn't allowed to sign in this way. Turn on 3-legged OAuth or JWT authentication in its settings in the developer console. If it's already on, the app may not be released yet, or may be blocked.",
      );
    case 'redirectUri':
      return l10n.t(
        "The redirect URI used here isn't registered for the app. Register it in the app's settings in the developer console.",
      );
    case 'appNotReleased':
      return l10n.t(
        "This app isn't released for this server, or it was blocked. Its page in the developer console says what is missing. Until then, it works only in the sandbox.",
      );
    case 'appPermission':
      return l10n.t(
        'The app lacks a permission that it requests. Add Read Messages, Edit Messages, and Read Accounts in its settings in the developer console.',
      );
    case 'accountState':
      return l10n.t(
        "Your company's RingCentral account is suspended or inactive. Contact its administrator or RingCentral support.",
      );
    case 'extensionState':
      return l10n.t(
        'Your RingCentral extension is disabled or no longer exists. An administrator of your account can enable it.',
      );
    case 'extensionType':
      return l10n.t(
        "This type of extension can't sign in. Sign in with a user extension instead of a call queue, an IVR menu, or a site.",
      );
    case 'lockedOut':
      return l10n.t(
        'RingCentral locked this sign-in after too many attempts. Wait half an hour, or reset the password on RingCentral.',
      );
    case 'singleSignOn':
      return l10n.t(
        "Your company requires single sign-on. Sign in with the browser, and choose single sign-on on RingCentral's page.",
      );
    case 'codeExpired':
      return l10n.t(
        'The authorization code from the browser has expired or was already used. Sign in again.',
      );
  }
}
