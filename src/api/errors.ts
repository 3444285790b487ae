import type { Markup } from '../formats/markup';
import type { ContentKind } from '../formats/mediaTypes';

/** What the server's refusal means for us (FACTS, Errors). */
export type ApiErrorKind =
  /** 401: the access token was refused, and renewing it did not help. */
  | 'unauthorized'
  /** The app lacks `ApiError.permission`. */
  | 'appPermission'
  /** The user lacks `ApiError.permission`. */
  | 'userPermission'
  /** The resource is gone: drop it locally. */
  | 'notFound'
  | 'invalidParameter'
  | 'batchTooLarge'
  /** The sync token is of no use any more: synchronize in full. */
  | 'fullSyncRequired'
  | 'rateLimited'
  /** The server has a problem that should pass; repeating was tried already where it is safe. */
  | 'temporary'
  /** A fax that is not rendered yet: show it, ask for the content later. */
  | 'rendering'
  /** The extension's type or plan does not have what was asked for. */
  | 'featureUnavailable'
  | 'other';

export type ErrorKind =
  | ApiErrorKind
  | 'network'
  | 'untrustedOrigin'
  | 'responseFormat'
  | 'signInRequired'
  | 'browserSignIn'
  | 'unsafeDelete'
  | 'notSent'
  | 'slowConnection'
  | 'outcomeUnknown'
  | 'secretStorage'
  | 'tooLarge'
  | 'wrongContent'
  | 'cancelled';

export interface MailboxErrorOptions extends ErrorOptions {
  readonly requestId?: string | undefined;
}

/** Everything that can be expected to go wrong. `message` is for the log; people are told by `kind`. */
export abstract class MailboxError extends Error {
  abstract readonly kind: ErrorKind;
  /** `RCRequestId` of the answer: what RingCentral's support asks for. */
  readonly requestId: string | undefined;

  constructor(message: string, options: MailboxErrorOptions = {}) {
    super(message, options);
    this.name = new.target.name;
    this.requestId = options.requestId;
  }
}

/** Whether `error` is one of ours and, where `kind` is given, of that kind. */
export function isMailboxError(error: unknown, kind?: ErrorKind): error is MailboxError {
  return error instanceof MailboxError && (kind === undefined || error.kind === kind);
}

export interface ApiErrorDetails extends MailboxErrorOptions {
  /** HTTP status of the answer, or of the item in a multi-status answer; 0 if the answer leaves the item out. */
  readonly status: number;
  readonly errorCode?: string | undefined;
  /** The server's own words: for the log, not for people. */
  readonly message?: string | undefined;
  readonly permission?: string | undefined;
  readonly parameter?: string | undefined;
  readonly retryAfter?: number | undefined;
  /** What the refusal means, if whoever sent the request knows better than the answer tells. */
  readonly kind?: ApiErrorKind | undefined;
}

/** The server answered, and refused; or it has trouble that should pass. */
export class ApiError extends MailboxError {
  readonly kind: ApiErrorKind;
  readonly status: number;
  /** Such as `CMN-102`. */
  readonly errorCode: string | undefined;
  /** Such as `EditMessages`: the permission that is missing, where the server names it. */
  readonly permission: string | undefined;
  /** The request parameter that the server objects to, where it names it. */
  readonly parameter: string | undefined;
  /** Seconds after which the server wants to be asked again, where it says so. */
  readonly retryAfter: number | undefined;

  constructor(details: ApiErrorDetails) {
    const { status, errorCode, message, permission, parameter, retryAfter, kind, ...options } = details;
    super(
      [status, oneLine(errorCode), oneLine(message)].filter((part) => part !== undefined).join(' '),
      options,
    );
    this.kind = kind ?? apiErrorKind(details);
    this.status = status;
    this.errorCode = oneLine(errorCode);
    this.permission = permission;
    this.parameter = parameter;
    this.retryAfter = retryAfter;
  }
}

/** Of the server's own words, for one line of the log, in which they must not pass for another. */
function oneLine(text: string | undefined): string | undefined {
  return text?.slice(0, 500).replace(/[\s\p{Cc}]+/gu, ' ');
}

const KIND_BY_CODE: Readonly<Record<string, ApiErrorKind>> = {
  'OAU-128': 'unauthorized',
  'OAU-129': 'unauthorized',
  'OAU-149': 'unauthorized',
  'CMN-401': 'appPermission',
  'CMN-402': 'userPermission',
  'CMN-408': 'userPermission',
  'CMN-102': 'notFound',
  'CMN-101': 'invalidParameter',
  'CMN-106': 'batchTooLarge',
  'MSG-333': 'fullSyncRequired',
  'MSG-411': 'fullSyncRequired',
  'CMN-301': 'rateLimited',
  'CMN-302': 'rateLimited',
  'CMN-304': 'rateLimited',
  'CMN-310': 'rateLimited',
  'CMN-201': 'temporary',
  'MSG-368': 'rendering',
  'CMN-109': 'featureUnavailable',
  'CMN-403': 'featureUnavailable',
  'MSG-314': 'featureUnavailable',
};

const KIND_BY_STATUS: Readonly<Record<number, ApiErrorKind>> = {
  401: 'unauthorized',
  404: 'notFound',
  408: 'temporary',
  429: 'rateLimited',
};

/** Whether FACTS gives `errorCode` a meaning. */
export function isKnownErrorCode(errorCode: string): boolean {
  return Object.hasOwn(KIND_BY_CODE, errorCode);
}

function apiErrorKind({ status, errorCode, parameter }: ApiErrorDetails): ApiErrorKind {
  if (errorCode === 'CMN-101' && parameter === 'syncToken') return 'fullSyncRequired';
  const byCode = errorCode !== undefined && isKnownErrorCode(errorCode) ? KIND_BY_CODE[errorCode] : undefined;
  return byCode ?? KIND_BY_STATUS[status] ?? (status >= 500 ? 'temporary' : 'other');
}

/** How a server refuses what a sync token stands for. */
const OF_TOKENS: readonly ApiErrorKind[] = [
  'invalidParameter',
  'featureUnavailable',
  'userPermission',
  'notFound',
];

/**
 * The error of an incremental synchronization: its token carries the parameters of a full one, so whichever of them the server
 * does not take any more, and in whatever words, a full synchronization is needed. That tells whether it is something else.
 */
export function incrementalSyncError(error: unknown): unknown {
  if (!(error instanceof ApiError)) return error;
  const isOfToken = OF_TOKENS.includes(error.kind) || (error.kind === 'other' && error.status === 403);
  if (!isOfToken) return error;
  const { status, errorCode, parameter, requestId } = error;
  return new ApiError({ status, errorCode, parameter, requestId, kind: 'fullSyncRequired', cause: error });
}

export type NetworkFailure =
  | 'dns'
  | 'refused'
  | 'reset'
  | 'timeout'
  | 'tls'
  /** A certificate is not valid at the time that this computer's clock tells. */
  | 'tlsDate'
  | 'proxy'
  /** Something between us and the server has answered in its place: a gateway, or the sign-in page of a network. */
  | 'foreign'
  | 'other';

export interface NetworkErrorDetails extends ErrorOptions {
  readonly host: string;
  readonly failure: NetworkFailure;
  readonly proxy?: string | undefined;
}

/** No answer, or not a whole one. */
export class NetworkError extends MailboxError {
  readonly kind = 'network';
  /** The server that was to be reached, with its port where that is not the usual one. */
  readonly host: string;
  readonly failure: NetworkFailure;
  /** Host of the proxy in between, where there is one; it may be the one that cannot be reached. */
  readonly proxy: string | undefined;

  constructor({ host, failure, proxy, cause }: NetworkErrorDetails) {
    const way = proxy === undefined ? host : `${host} by way of proxy ${proxy}`;
    super(`No answer from ${way}: ${failure}${cause instanceof Error ? ` (${cause.message})` : ''}`, {
      cause,
    });
    this.host = host;
    this.failure = failure;
    this.proxy = proxy;
  }
}

/** An address that must not be given the access token; nothing was sent to it. */
export class UntrustedOriginError extends MailboxError {
  readonly kind = 'untrustedOrigin';

  constructor(
    /** Where the address points. */
    readonly host: string,
    message = `${host} is not a host of the server that is signed in to`,
    options: MailboxErrorOptions = {},
  ) {
    super(message, options);
  }
}

/** The server answered something that cannot be understood; `message` says what is wrong with it. */
export class ResponseFormatError extends MailboxError {
  readonly kind = 'responseFormat';
}

/** An answer is larger than anything that was to be expected; what is beyond was not read. */
export class TooLargeError extends MailboxError {
  readonly kind = 'tooLarge';

  constructor(
    /** Bytes. */
    readonly limit: number,
    options?: MailboxErrorOptions,
  ) {
    super(`The answer is larger than ${limit} bytes`, options);
  }
}

/** In place of a file came something that cannot be one of its type. */
export class WrongContentError extends MailboxError {
  readonly kind = 'wrongContent';

  constructor(
    readonly expected: ContentKind,
    readonly found: Markup,
    options?: MailboxErrorOptions,
  ) {
    super(`In place of a file (${expected}) came a text in a language for machines (${found})`, options);
  }
}

/** The token endpoint refused what we have (FACTS: 400 and 401 are not repeated): the user must sign in again. */
export class SignInRequiredError extends MailboxError {
  readonly kind = 'signInRequired';
  /** OAuth's code, such as `invalid_grant` or `invalid_client`. */
  readonly reason: string | undefined;
  /** RingCentral's code, such as `OAU-213`. */
  readonly errorCode: string | undefined;
  /** Milliseconds that this computer's clock is ahead of the server's, if the server tells its time. */
  readonly clockOffset: number | undefined;

  constructor(
    message: string,
    {
      reason,
      errorCode,
      clockOffset,
      ...options
    }: MailboxErrorOptions & {
      readonly reason?: string | undefined;
      readonly errorCode?: string | undefined;
      readonly clockOffset?: number | undefined;
    } = {},
  ) {
    super(message, options);
    this.reason = reason;
    this.errorCode = errorCode;
    this.clockOffset = clockOffset;
  }
}

export type BrowserSignInProblem =
  /** The user, or an administrator, said no. */
  | 'denied'
  /** The server refused for a reason of its own. */
  | 'refused'
  /** Nothing came back in time. */
  | 'timeout'
  /** The browser was not opened. */
  | 'notOpened'
  /** The port that the browser was to be sent back to belongs to another program. */
  | 'portTaken';

/** The sign-in in the browser led to nothing. */
export class BrowserSignInError extends MailboxError {
  readonly kind = 'browserSignIn';

  constructor(
    readonly problem: BrowserSignInProblem,
    /** OAuth's code, the port, or the redirect URI that nothing came back to. */
    readonly detail?: string,
    options?: ErrorOptions,
  ) {
    super(`Sign-in in the browser: ${problem}${detail === undefined ? '' : ` (${detail})`}`, options);
  }
}

/** A request that would delete more than the named messages. It is a bug of ours, stopped before anything was sent. */
export class UnsafeDeleteError extends MailboxError {
  readonly kind = 'unsafeDelete';
}

/**
 * The server has done nothing, for a reason that is over: the access token is a new one by now, or whoever sends the request
 * has to look anew whether it is still meant.
 */
export class NotSentError extends MailboxError {
  readonly kind = 'notSent';
}

/**
 * A deletion was not sent: what the server said of the messages is too old by the time that it could be, and what was
 * deleted elsewhere meanwhile would be purged.
 */
export class SlowConnectionError extends MailboxError {
  readonly kind = 'slowConnection';

  constructor(options?: ErrorOptions) {
    super('What the server said of the messages is too old to delete them by', options);
  }
}

/** Of a deletion no answer came, or none that says what was done, and the server still has to show what became of it. */
export class OutcomeUnknownError extends MailboxError {
  readonly kind = 'outcomeUnknown';

  constructor(options?: ErrorOptions) {
    super('It is not known yet whether a deletion was carried out', options);
  }
}

/** What a request needs to be let in could not be read from secret storage, or not be kept there: nothing was sent. */
export class SecretStorageError extends MailboxError {
  readonly kind = 'secretStorage';
}

/** The caller's signal was aborted. */
export class CancelledError extends MailboxError {
  readonly kind = 'cancelled';

  constructor(options?: ErrorOptions) {
    super('Cancelled', options);
  }
}
