import { decodeMessage } from './decode';
import { errorDetails } from './errorBody';
import { ApiError, ResponseFormatError } from './errors';
import type { HttpResponse } from './httpClient';
import { readOptionalJson } from './jsonBody';
import { idOf, isRecord, type JsonRecord } from './lenient';
import type { Message } from './schema';

/** What bulk requests are sent as, and what is asked for as their answer. */
export const MULTI_STATUS_TYPE = 'application/vnd.ringcentral.multipart+json';

/** Without the first, a bulk answer would come as `multipart/mixed`. */
export const MULTI_STATUS = `${MULTI_STATUS_TYPE}, application/json`;

/** What became of one message of a request that names one or several. */
export interface ItemResult {
  readonly id: string;
  /** HTTP status; 0 if the answer says nothing of this message. */
  readonly status: number;
  /** The record as it is now, where the answer has it. */
  readonly message?: Message;
  /** Present exactly if the status is not a 2xx. */
  readonly error?: ApiError;
}

/**
 * Reads the answer to a request that names `ids`: 207 has a status for each, any other 2xx is true of all.
 * @throws ResponseFormatError if the answer is neither
 */
export async function readItemResults(ids: readonly string[], response: HttpResponse): Promise<ItemResult[]> {
  const requestId = response.headers['rcrequestid'];
  const json = await readOptionalJson(response);
  if (Array.isArray(json)) {
    const entries = entriesById(json);
    return ids.map((id) => entryResult(id, entries.get(id), requestId));
  }
  if (response.status === 207) throw new ResponseFormatError('Not a list of statuses', { requestId });
  const message = decodeMessage(json);
  return ids.map((id) => ({ id, status: response.status, ...(message?.id === id && { message }) }));
}

/** The entry for each id; should there be several, the first that failed. */
function entriesById(entries: readonly unknown[]): ReadonlyMap<string, JsonRecord> {
  const byId = new Map<string, JsonRecord>();
  for (const entry of entries.filter(isRecord)) {
    const id = idOf(entry['resourceId']);
    if (id === undefined) continue;
    const known = byId.get(id);
    if (!known || (isSuccess(statusOf(known)) && !isSuccess(statusOf(entry)))) byId.set(id, entry);
  }
  return byId;
}

function entryResult(id: string, entry: JsonRecord | undefined, requestId: string | undefined): ItemResult {
  const status = statusOf(entry);
  if (isSuccess(status)) {
    const message = decodeMessage(entry?.['body']);
    return { id, status, ...(message?.id === id && { message }) };
  }
  return { id, status, error: new ApiError({ status, requestId, ...errorDetails(entry?.['body']) }) };
}

function statusOf(entry: JsonRecord | undefined): number {
  const status = entry?.['status'];
  return typeof status === 'number' ? status : 0;
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
