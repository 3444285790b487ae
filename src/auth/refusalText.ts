import { l10n } from 'vscode';
import { sentencesText, textLanguage } from '../display/language';
import type { SignInRequiredError } from '../api/errors';
import { signInProblem } from '../api/signInProblem';
import { encodeLabel } from '../display/encode';
import { dayOf } from '../display/relativeTime';
import { signInProblemText } from '../display/signInProblemText';
import { jwtClaims } from './jwtClaims';
import { PRODUCTION, SANDBOX } from './serverAddress';
import type { BrowserSignIn, JwtSignIn } from './signIn';

const MINUTE = 60_000;

/** Milliseconds by which a clock can be off without anything coming of it. */
const TOLERANCE = 5 * MINUTE;

/**
 * Why the token endpoint refused a sign-in, and what to do about it: what its codes say, what a JWT says of itself, and what the
 * clocks say. The server's own words are left to the log.
 */
export function refusalText(
  error: SignInRequiredError,
  how: JwtSignIn | BrowserSignIn,
  now: number = Date.now(),
): string {
  const reason =
    (how.kind === 'jwt' ? otherEnvironmentText(how) : undefined) ??
    problemText(error, how) ??
    (how.kind === 'jwt' ? expiredText(how, now - (error.clockOffset ?? 0)) : undefined) ??
    (how.kind === 'jwt'
      ? l10n.t(
          'RingCentral refused the JWT credential. It may have been deleted, or it may belong to another app: a credential can be limited to certain client IDs.',
        )
      : l10n.t(
          'RingCentral refused to complete the sign-in. The app may need its client secret or another redirect URI.',
        ));
  return sentencesText([reason, clockText(error.clockOffset ?? 0)]);
}

function problemText(error: SignInRequiredError, { kind }: JwtSignIn | BrowserSignIn): string | undefined {
  const problem = signInProblem(error);
  if (problem !== 'grantNotAllowed') return problem && signInProblemText(problem);
  return kind === 'jwt'
    ? l10n.t(
        "This app isn't allowed to sign in with a JWT credential. Turn on JWT authentication in its settings in the developer console. If it's already on, the app may not be released yet, or may be blocked.",
      )
    : l10n.t(
        "This app isn't allowed to sign in with the browser. Turn on 3-legged OAuth in its settings in the developer console. If it's already on, the app may not be released yet, or may be blocked.",
      );
}

/** Milliseconds: twenty years. */
const LONGEST = 20 * 365 * 24 * 60 * MINUTE;

function lengthText(milliseconds: number): string {
  const minutes = Math.round(milliseconds / MINUTE);
  if (minutes < 120) return unitText(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  return hours < 48 ? unitText(hours, 'hour') : unitText(Math.round(hours / 24), 'day');
}

/** Such as “3 hours”, with the plural of the language. */
function unitText(count: number, unit: 'minute' | 'hour' | 'day'): string {
  return new Intl.NumberFormat(textLanguage(), { style: 'unit', unit, unitDisplay: 'long' }).format(count);
}

/** The commonest mistake: the sandbox and production each have credentials of their own. */
function otherEnvironmentText({ jwt, server }: JwtSignIn): string | undefined {
  const [chosen, meant] = [new URL(server.rest).host, jwtClaims(jwt).host];
  const known = [PRODUCTION, SANDBOX].map(({ rest }) => new URL(rest).host);
  if (meant === undefined || meant === chosen || !known.includes(meant) || !known.includes(chosen))
    return undefined;
  return l10n.t(
    'This JWT credential was created for {0}, but you tried to sign in to {1}. Choose the other server, or create a credential for this one.',
    meant,
    chosen,
  );
}

/** @param now the server's time, in milliseconds since the epoch */
function expiredText({ jwt }: JwtSignIn, now: number): string | undefined {
  const { expiresAt } = jwtClaims(jwt);
  if (expiresAt === undefined || expiresAt > now) return undefined;
  return l10n.t(
    'This JWT credential expired on {0}. Create another one in the developer console.',
    encodeLabel(dayOf(expiresAt)),
  );
}

function clockText(offset: number): string {
  // A server whose own clock is years off says nothing of ours.
  if (Math.abs(offset) < TOLERANCE || Math.abs(offset) > LONGEST) return '';
  const length = lengthText(Math.abs(offset));
  return offset > 0
    ? l10n.t("This computer's clock is {0} ahead of RingCentral's. Set it to the correct time.", length)
    : l10n.t("This computer's clock is {0} behind RingCentral's. Set it to the correct time.", length);
}
