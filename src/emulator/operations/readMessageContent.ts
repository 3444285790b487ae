import { createHash } from 'node:crypto';
import { create } from 'content-disposition';
import parseRange from 'range-parser';

import type { EmulatorContext } from '../context';
import type { EmulatorRequest, Reply } from '../http';
import { RequestError, resourceNotFound } from '../requestError';
import { findMessage } from './readMessage';

const DISPOSITIONS = ['Inline', 'Attachment'] as const;

/** `readMessageContent`: the bytes of an attachment, or the range of them that the request names. */
export async function readMessageContent(request: EmulatorRequest, context: EmulatorContext): Promise<Reply> {
  const { params, query } = request;
  const message = findMessage(params['messageId'] ?? '', context);
  const attachment = message.attachments.find(({ id }) => id === params['attachmentId']);
  const file = attachment && message.files.get(attachment.id);
  if (!file || message.availability === 'Purged') throw resourceNotFound('attachmentId');
  if (message.rendering) throw new RequestError(503, 'MSG-368', 'The fax is still being rendered.');

  const disposition = query.oneOf('contentDisposition', DISPOSITIONS) ?? 'Inline';
  const fileName = query.string('contentDispositionFilename') ?? attachment.fileName;
  const contentType = attachment.contentType ?? 'application/octet-stream';
  const bytes = await context.media.read(file);
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 16)}"`;
  const { range, 'if-range': ifRange = etag } = request.headers;
  const isRanged = context.settings.ranges && ifRange === etag;
  return ranged(bytes, isRanged ? range : undefined, {
    etag,
    'content-type': contentType === 'text/plain' ? 'text/plain;charset=utf-8' : contentType,
    'content-disposition': create(fileName, { type: disposition.toLowerCase() }),
    ...(context.settings.ranges && { 'accept-ranges': 'bytes' }),
  });
}

/** One range gives 206, an impossible one 416; several, or what is not a range, give everything. */
function ranged(bytes: Buffer, header: string | undefined, headers: Readonly<Record<string, string>>): Reply {
  const ranges = header === undefined ? -2 : parseRange(bytes.length, header, { combine: true });
  if (ranges === -1) return { status: 416, headers: { 'content-range': `bytes */${bytes.length}` } };
  const [range, ...others] = ranges === -2 || ranges.type !== 'bytes' ? [] : ranges;
  if (!range || others.length > 0) return { status: 200, headers, body: bytes };
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${range.start}-${range.end}/${bytes.length}` },
    body: bytes.subarray(range.start, range.end + 1),
  };
}
