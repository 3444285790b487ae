import { formatOf, HTML, JSON_TEXT } from '../formats/mediaTypes';
import { ResponseFormatError } from './errors';
import { foreignAnswer } from './foreignAnswer';
import type { HttpResponse } from './httpClient';
import { defined } from './lenient';
import type { AttachmentContent } from './messageStoreParams';
import type { Attachment } from './schema';

/** Content is asked for uncompressed: its sizes and ranges are the file's own then, and it is compressed in itself. */
export const CONTENT_HEADERS = { accept: '*/*', 'accept-encoding': 'identity' } as const;

/**
 * @throws NetworkError if the answer is a page of something in between
 * @throws ResponseFormatError if it is no content at all, but an answer as other operations have it
 */
export function attachmentContent(response: HttpResponse, { contentType }: Attachment): AttachmentContent {
  const { headers, status } = response;
  const sent = formatOf(headers['content-type']);
  const expected = formatOf(contentType);
  if (sent === HTML && expected !== HTML) throw foreignAnswer(response, 'A page in place of a file');
  const isContent = status === 200 || status === 206;
  if (!isContent || (sent === JSON_TEXT && expected !== JSON_TEXT && expected.type !== '')) {
    response.discard();
    throw new ResponseFormatError(`HTTP ${status} with ${sent.type || 'no type'} is no content`, {
      requestId: headers['rcrequestid'],
    });
  }
  const isEncoded = (headers['content-encoding'] ?? 'identity') !== 'identity';
  return {
    stream: response.body,
    contentType: sent.type,
    discard: () => response.discard(),
    ...defined({
      etag: strongTag(headers['etag']),
      size: isEncoded ? undefined : number(headers['content-length']),
      range: response.status === 206 ? contentRange(headers['content-range']) : undefined,
    }),
  };
}

/** A weak one may stay the same while bytes change (RFC 9110, 8.8.1). */
function strongTag(tag: string | undefined): string | undefined {
  return tag !== undefined && /^"[^"]*"$/.test(tag) ? tag : undefined;
}

/** RFC 9110, 14.4. */
function contentRange(header = ''): AttachmentContent['range'] {
  const [, start, end, total] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(header) ?? [];
  if (start === undefined || end === undefined) return undefined;
  return { start: Number(start), end: Number(end), ...defined({ total: number(total) }) };
}

function number(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
