import { MIMEType } from 'node:util';
import { readText } from './body';
import { decodeMessage, decodeMessages } from './decode';
import { errorDetails } from './errorBody';
import { ApiError, ResponseFormatError } from './errors';
import type { HttpResponse } from './httpClient';
import { readOptionalJson } from './jsonBody';
import { parseJson } from './json';
import { idOf, isRecord, type JsonRecord, recordOf, recordsOf, textOf } from './lenient';
import { multipartBodies } from '../util/multipart';
import type { Message } from './schema';

/** What bulk requests are sent as, and what is asked for as their answer. */
export const MULTI_STATUS_TYPE = 'application/vnd.ringcentral.multipart+json';

/** Without the first, a bulk answer would come as `multipart/mixed`; with it, some may all the same. */
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

/** What a request answers with when all of it was done: 204 without anything, or the records as they are now. */
export type SuccessForm = 'noContent' | 'records';

/**
 * Reads the answer to a request that names `ids`: 207 has a status for each. Any other success counts only in its
 * documented form; what anything else means for the messages nobody knows.
 * @throws ResponseFormatError if the answer is none of that
 * @throws NetworkError if it is not RingCentral's
 */
export async function readItemResults(
  ids: readonly string[],
  response: HttpResponse,
  form: SuccessForm,
): Promise<ItemResult[]> {
  const requestId = response.headers['rcrequestid'];
  if (form === 'noContent' && response.status === 204) {
    response.discard();
    return ids.map((id) => ({ id, status: 204 }));
  }
  const mixed = /^multipart\/mixed\b/i.test(response.headers['content-type'] ?? '');
  const json = mixed ? await readMixed(response) : await readOptionalJson(response);
  const entries = Array.isArray(json) ? json.filter(isRecord) : [];
  if (entries.some((entry) => 'resourceId' in entry)) {
    const byId = entriesById(entries);
    return ids.map((id) => entryResult(id, byId.get(id), requestId));
  }
  const records = Array.isArray(json) ? json : (recordOf(json)['records'] ?? [json]);
  const messages = new Map(decodeMessages(records)?.map((message) => [message.id, message]));
  if (form === 'records' && response.status === 200 && messages.size > 0) {
    return ids.map((id) => {
      const message = messages.get(id);
      return message ? { id, status: 200, message } : entryResult(id, undefined, requestId);
    });
  }
  throw new ResponseFormatError(`HTTP ${response.status} does not say what was done`, { requestId });
}

/** Bytes; as of any JSON. */
const LARGEST_ANSWER = 64 * 1024 * 1024;

/**
 * The entries of an answer in the older form: the first part lists the statuses, each with the address of what it is of,
 * and the others are the bodies, in the same order.
 */
async function readMixed(response: HttpResponse): Promise<JsonRecord[]> {
  const text = await readText(response.body, LARGEST_ANSWER);
  const boundary = boundaryOf(response.headers['content-type']);
  const [list, ...bodies] = boundary === undefined ? [] : multipartBodies(text, boundary).map(jsonOf);
  const statuses = recordsOf(recordOf(list)['response']);
  const records = new Map(bodies.map((body) => [idOf(recordOf(body)['id']), body]));
  // If some have no body, nobody knows which refusal is of which.
  const isEach = bodies.length === statuses.length;
  return statuses.map(({ href, status }, index) => {
    const body = isEach ? bodies[index] : undefined;
    const resourceId = /\/([^/?#]+)\/?(?:[?#]|$)/.exec(textOf(href) ?? '')?.[1] ?? idOf(recordOf(body)['id']);
    return { resourceId, status, body: resourceId === undefined ? body : (records.get(resourceId) ?? body) };
  });
}

function boundaryOf(contentType = ''): string | undefined {
  try {
    return new MIMEType(contentType).params.get('boundary') ?? undefined;
  } catch {
    return undefined;
  }
}

/** A body that is missing, or damaged, says nothing. */
function jsonOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** The entry for each id; should there be several, the first that failed. */
function entriesById(entries: readonly JsonRecord[]): ReadonlyMap<string, JsonRecord> {
  const byId = new Map<string, JsonRecord>();
  for (const entry of entries) {
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
  if (typeof status === 'string' && /^\d{3}$/.test(status)) return Number(status);
  return typeof status === 'number' ? status : 0;
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
