/** Why RingCentral does not let somebody in, as far as its codes tell. */
export type SignInProblem =
  /** The client id is not known to this server, or the client secret is wrong. */
  | 'unknownApp'
  /** The app may not sign in in this way. */
  | 'grantNotAllowed'
  /** The address that the browser is to come back to is not registered for the app. */
  | 'redirectUri'
  /** The app is not released for this server, or was blocked. */
  | 'appNotReleased'
  /** The app asks for a permission that it does not have. */
  | 'appPermission'
  /** The company's account is suspended, or not active yet. */
  | 'accountState'
  /** The extension is disabled, or not there. */
  | 'extensionState'
  /** Extensions of this type do not sign in. */
  | 'extensionType'
  /** Too many attempts with a wrong password. */
  | 'lockedOut'
  /** The company wants its people to sign in by single sign-on. */
  | 'singleSignOn'
  /** What the browser brought back is too old, or was used already. */
  | 'codeExpired';

/** RingCentral's own codes, as its developer guide lists them under "API Error Codes". */
const PROBLEM_BY_CODE: ReadonlyMap<string, SignInProblem> = new Map([
  ['OAU-105', 'extensionType'],
  ['OAU-106', 'codeExpired'],
  ['OAU-108', 'codeExpired'],
  ['OAU-109', 'redirectUri'],
  ['OAU-110', 'codeExpired'],
  ['OAU-112', 'grantNotAllowed'],
  ['OAU-113', 'redirectUri'],
  ['OAU-117', 'appPermission'],
  ['OAU-119', 'extensionType'],
  ['OAU-120', 'unknownApp'],
  ['OAU-121', 'unknownApp'],
  ['OAU-123', 'unknownApp'],
  ['OAU-125', 'grantNotAllowed'],
  ['OAU-127', 'appNotReleased'],
  ['OAU-134', 'unknownApp'],
  ['OAU-136', 'extensionState'],
  ['OAU-141', 'extensionState'],
  ['OAU-142', 'accountState'],
  ['OAU-146', 'unknownApp'],
  ['OAU-147', 'lockedOut'],
  ['OAU-148', 'singleSignOn'],
  ['OAU-153', 'unknownApp'],
  ['OAU-168', 'singleSignOn'],
  ['OAU-251', 'grantNotAllowed'],
]);

/** OAuth's codes (RFC 6749, 4.1.2.1 and 5.2; OpenID Connect Core, 3.1.2.6). */
const PROBLEM_BY_REASON: ReadonlyMap<string, SignInProblem> = new Map([
  ['invalid_client', 'unknownApp'],
  ['unauthorized_client', 'grantNotAllowed'],
  ['unsupported_response_type', 'grantNotAllowed'],
  ['unsupported_grant_type', 'grantNotAllowed'],
  ['invalid_scope', 'appPermission'],
  ['login_required', 'singleSignOn'],
  ['interaction_required', 'singleSignOn'],
]);

/** Undefined if neither code says anything. RingCentral's own says more than OAuth's. */
export function signInProblem(codes: {
  readonly reason?: string | undefined;
  readonly errorCode?: string | undefined;
}): SignInProblem | undefined {
  return PROBLEM_BY_CODE.get(codes.errorCode ?? '') ?? PROBLEM_BY_REASON.get(codes.reason ?? '');
}
