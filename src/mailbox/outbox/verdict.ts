import { ApiError, isMailboxError, MailboxError, NetworkError } from '../../api/errors';

/** What an error says about a request that changes something. */
export type Verdict =
  /** The server did nothing: try again later. */
  | 'unsent'
  /** Nobody knows whether the server carried it out. */
  | 'unknown'
  /** The server did nothing, and would not another time. */
  | 'refused'
  /** The server has no such message. */
  | 'gone';

/** An identical request is being processed. */
const DUPLICATE = 'CMN-304';

/**
 * @param isRepeatable whether to do it twice is the same as to do it once; then what is unknown does not matter
 */
export function verdictOn(error: unknown, isRepeatable: boolean): Verdict {
  if (!(error instanceof MailboxError)) return 'refused';
  switch (error.kind) {
    case 'notFound':
      return 'gone';
    case 'unauthorized':
    case 'signInRequired':
    case 'notSent':
    case 'slowConnection':
    case 'outcomeUnknown':
    case 'secretStorage':
      return 'unsent';
    case 'network':
    case 'rateLimited':
    case 'temporary':
    case 'cancelled':
      return isRepeatable || didNothing(error) ? 'unsent' : 'unknown';
    case 'responseFormat':
    case 'tooLarge':
      return 'unknown';
    case 'other':
      return isLeftOut(error) ? 'unknown' : 'refused';
    default:
      return 'refused';
  }
}

/** Whether the server could not be reached, or could not answer so that it is understood: another time it may. */
export function isOutage(error: unknown): boolean {
  return ['unsent', 'unknown'].includes(verdictOn(error, true));
}

/** Whether everything would fare the same, as opposed to just what was asked for. */
export function isOutageOfAll(error: unknown): boolean {
  return (
    isMailboxError(error, 'network') ||
    isMailboxError(error, 'rateLimited') ||
    isMailboxError(error, 'signInRequired') ||
    isMailboxError(error, 'secretStorage') ||
    isMailboxError(error, 'unauthorized')
  );
}

/** Whether it is certain that nothing was carried out. */
function didNothing(error: MailboxError): boolean {
  if (error instanceof NetworkError) return error.failure === 'dns' || error.failure === 'refused';
  if (!(error instanceof ApiError)) return false;
  if (error.kind === 'rateLimited') return error.errorCode !== DUPLICATE;
  return error.status === 503 && error.errorCode === 'CMN-201';
}

/** The answer to a request for several messages says nothing of this one. */
function isLeftOut(error: MailboxError): boolean {
  return error instanceof ApiError && error.status === 0;
}
