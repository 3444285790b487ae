import { readText } from './body';
import { ApiError, type ApiErrorDetails, isKnownErrorCode, type NetworkError } from './errors';
import { foreignAnswer, isRedirection } from './foreignAnswer';
import type { HttpResponse } from './httpClient';
import { parseJson } from './json';
import { recordOf, recordsOf, textOf } from './lenient';

/** Bytes; far more than any error body. */
const LARGEST_ERROR_BODY = 1024 * 1024;

/** The codes that RingCentral's own answers have, such as CMN-102. */
const ERROR_CODE = /^[A-Z]{2,6}(?:-[A-Z]{2,6})*-\d{1,5}$/;

/** A network that wants somebody to sign in (RFC 6585, 6): never said by a server itself. */
const NETWORK_AUTHENTICATION_REQUIRED = 511;

/**
 * Whether a status means the same whoever gives it: not now, or that there is no such part of a content (416), which the
 * servers of attachments say without a code.
 */
function saysEnough(status: number): boolean {
  if (status === NETWORK_AUTHENTICATION_REQUIRED) return false;
  return status === 408 || status === 416 || status === 429 || status >= 500;
}

/**
 * Reads an answer that is no success into the error that it stands for. Only one with a code of RingCentral's own can refuse
 * anything (FACTS, Errors); of gateways, proxies and networks that want somebody to sign in nothing is to be learned but
 * that RingCentral was not reached.
 */
export async function errorOf(response: HttpResponse): Promise<ApiError | NetworkError> {
  const { status, headers } = response;
  if (isRedirection(response)) return foreignAnswer(response, `HTTP ${status}, to another address`);
  const body = await errorBody(response);
  if (!isOfRingCentral(body) && !saysEnough(status))
    return foreignAnswer(response, `HTTP ${status} without a code`);
  return new ApiError({
    status,
    requestId: headers['rcrequestid'],
    retryAfter: retryAfter(headers),
    ...errorDetails(body),
  });
}

/** Whether an error body is one of RingCentral's. */
export function isOfRingCentral(body: unknown): boolean {
  return ERROR_CODE.test(errorDetails(body).errorCode ?? '');
}

/** The JSON of a refusal, or undefined if there is none (a gateway answers HTML, a broken connection half of it). */
export async function errorBody(response: HttpResponse): Promise<unknown> {
  try {
    return parseJson(await readText(response.body, LARGEST_ERROR_BODY));
  } catch {
    return undefined;
  }
}

/** What an error body says: `{"errors":[{"errorCode","message",…}],"errorCode","message"}`, all of it optional. */
export function errorDetails(body: unknown): Omit<ApiErrorDetails, 'status'> {
  const whole = recordOf(body);
  const entries = [...recordsOf(whole['errors']), whole];
  // The outer code can be an older name for the one in the list, so a code that we know comes first.
  const entry =
    entries.find(({ errorCode }) => typeof errorCode === 'string' && isKnownErrorCode(errorCode)) ??
    entries.find(({ errorCode }) => textOf(errorCode) !== undefined) ??
    whole;
  return {
    errorCode: textOf(entry['errorCode']),
    message: textOf(entry['message']) ?? textOf(whole['message']),
    permission: textOf(entry['permissionName']) ?? textOf(whole['permissionName']),
    parameter: textOf(entry['parameterName']) ?? textOf(whole['parameterName']),
  };
}

/** Seconds: nobody is kept waiting for longer by one answer, whatever it says. */
export const LONGEST_WAIT = 3_600;

/**
 * `Retry-After` in seconds: a number of them, or a date (RFC 9110, 10.2.3), which is taken by the server's own clock, as the
 * answer tells it. Of several numbers the largest counts. Undefined for anything else.
 */
export function retryAfter({ 'retry-after': header, date }: HttpResponse['headers']): number | undefined {
  if (header === undefined) return undefined;
  const numbers = header.split(',').map((part) => (/^\s*\d{1,9}\s*$/.test(part) ? Number(part) : NaN));
  if (numbers.some((number) => !Number.isNaN(number))) {
    return Math.min(Math.max(...numbers.filter((number) => !Number.isNaN(number))), LONGEST_WAIT);
  }
  const [then, now] = [timeOf(header), timeOf(date) ?? Date.now()];
  return then === undefined ? undefined : Math.min(Math.max(0, Math.ceil((then - now) / 1000)), LONGEST_WAIT);
}

/** A date as HTTP writes it; other texts that JavaScript takes for dates are none. */
function timeOf(header = ''): number | undefined {
  const time = /^[A-Z][a-z]{2,8},? /.test(header) ? Date.parse(header) : NaN;
  return Number.isNaN(time) ? undefined : time;
}
