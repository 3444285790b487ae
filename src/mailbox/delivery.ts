import type { Message, MessageStatus, Party } from '../api/schema';

/**
 * How far a fax of ours has come: not begun, on its way to some of its recipients, sent to at least one, or to none; or
 * none of these, if the record does not say or says what is not known here.
 */
export function faxProgress(message: Message): 'queued' | 'sending' | 'sent' | 'failed' | 'unknown' {
  const { messageStatus, to } = message;
  const statuses = to.flatMap((party) => party.messageStatus ?? []);
  const isFinal = isSent(messageStatus) || isFailing(messageStatus);
  if (isInProgress(messageStatus) || (!isFinal && statuses.some(isInProgress))) {
    const isBegun = messageStatus === 'Sending' || statuses.some((status) => status !== 'Queued');
    return isBegun ? 'sending' : 'queued';
  }
  if (isSentToNobody(message)) return 'failed';
  const isSentToSome = to.some(
    (party) => isSent(party.messageStatus) || faxErrorOf(party) === SENT_PARTIALLY,
  );
  return isSent(messageStatus) || isSentToSome ? 'sent' : 'unknown';
}

function isSentToNobody(message: Message): boolean {
  const failure = failureOf(message);
  if (!failure || failure.code === SENT_PARTIALLY) return false;
  return failure.recipients.length === 0 || failure.recipients.length === message.to.length;
}

/** Why a message failed for whom. */
export interface Failure {
  /** Why, for the first of those for whom it did: the code that the server gave. */
  readonly code: string;
  /** Those of several recipients for whom it failed; none if it is the message as a whole that failed. */
  readonly recipients: readonly { readonly party: Party; readonly code: string }[];
}

/**
 * How a message failed; undefined if it did not. Each recipient has a status, and of a fax a code (`to[].faxErrorCode`);
 * texts carry one code per message (`deliveryErrorCode`).
 */
export function failureOf(message: Message): Failure | undefined {
  const { to, messageStatus, deliveryErrorCode } = message;
  const failed = to.flatMap((party) => {
    const code = recipientFailure(party, deliveryErrorCode);
    return code === undefined ? [] : [{ party, code }];
  });
  if (failed[0]) return { code: failed[0].code, recipients: to.length > 1 ? failed : [] };
  if (!isFailing(messageStatus)) return undefined;
  const faxErrorCode = to.map(faxErrorOf).find((code) => code !== undefined);
  return { code: faxErrorCode ?? deliveryErrorCode ?? messageStatus, recipients: [] };
}

/** As the code that the server gave; undefined if the message did not fail for anybody. */
export function failureCode(message: Message): string | undefined {
  return failureOf(message)?.code;
}

/** Why a message did not get to one of its recipients; undefined if it did, or may still. */
export function recipientFailure(party: Party, deliveryErrorCode?: string): string | undefined {
  const { messageStatus } = party;
  const error = faxErrorOf(party);
  if (isFailing(messageStatus)) return error ?? deliveryErrorCode ?? messageStatus;
  if (messageStatus === undefined || error === SENT_PARTIALLY) return error;
  // What went wrong before it went right, or before it is tried again.
  return undefined;
}

/** What went wrong with a fax to one of its recipients; undefined if the record has no code, or one that says nothing. */
function faxErrorOf({ faxErrorCode }: Party): string | undefined {
  return faxErrorCode !== undefined && NO_ERROR_CODES.has(faxErrorCode.toLowerCase())
    ? undefined
    : faxErrorCode;
}

/** Codes by which the server says that there is none, in lower case. */
const NO_ERROR_CODES = new Set(['', 'undefined', 'noerror', 'none', 'unknown', 'null', 'ok', 'success']);

/** The only code that says of a fax that was sent that something went wrong. */
const SENT_PARTIALLY = 'SentPartially';

function isFailing(status: MessageStatus | undefined): status is 'DeliveryFailed' | 'SendingFailed' {
  return status === 'DeliveryFailed' || status === 'SendingFailed';
}

function isSent(status: MessageStatus | undefined): boolean {
  return status === 'Sent' || status === 'Delivered';
}

function isInProgress(status: MessageStatus | undefined): boolean {
  return status === 'Queued' || status === 'Sending';
}
