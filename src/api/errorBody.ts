import { readText } from './body';
import { ApiError, type ApiErrorDetails, isKnownErrorCode } from './errors';
import type { HttpResponse } from './httpClient';
import { parseJson } from './json';
import { recordOf, recordsOf, textOf } from './lenient';

/** Bytes; far more than any error body. */
const LARGEST_ERROR_BODY = 1024 * 1024;

/** Reads the answer's body into the error that it describes, as far as it does. */
export async function apiErrorOf(response: HttpResponse): Promise<ApiError> {
  return new ApiError({
    status: response.status,
    requestId: response.headers['rcrequestid'],
    retryAfter: retryAfter(response.headers['retry-after']),
    ...errorDetails(await errorBody(response)),
  });
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

/** `Retry-After` in seconds: a number of them, or a date (RFC 9110, 10.2.3). */
export function retryAfter(header: string | undefined, now = Date.now()): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d+\s*$/.test(header)) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}
