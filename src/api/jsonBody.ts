import { readText } from './body';
import { type NetworkError, ResponseFormatError } from './errors';
import { foreignAnswer } from './foreignAnswer';
import type { HttpResponse } from './httpClient';
import { parseJson } from './json';

/** Bytes; a page of 1000 records is about one megabyte. */
const LARGEST_JSON = 64 * 1024 * 1024;

/**
 * The answer's JSON; undefined if the answer is empty.
 * @throws ResponseFormatError if it is damaged
 * @throws NetworkError if it is anything else, which is not RingCentral's
 * @throws TooLargeError if there is more of it than of any answer
 */
export async function readOptionalJson(response: HttpResponse): Promise<unknown> {
  const text = await readText(response.body, LARGEST_JSON);
  if (text === '') return undefined;
  try {
    return parseJson(text);
  } catch (cause) {
    throw notJson(response, { cause });
  }
}

/**
 * The answer's JSON.
 * @throws ResponseFormatError if it is none, or damaged
 * @throws NetworkError if it is anything else, which is not RingCentral's
 */
export async function readJson(response: HttpResponse): Promise<unknown> {
  const json = await readOptionalJson(response);
  if (json === undefined) throw notJson(response);
  return json;
}

/** Damaged JSON may be RingCentral's; anything else is not. */
function notJson(response: HttpResponse, options?: ErrorOptions): ResponseFormatError | NetworkError {
  const { headers } = response;
  const type = headers['content-type'] ?? 'content without type';
  if (!/\bjson\b/i.test(type)) return foreignAnswer(response, `Not JSON but ${type}`);
  return new ResponseFormatError(`Not JSON but ${type}`, { ...options, requestId: headers['rcrequestid'] });
}
