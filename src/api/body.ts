import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { decodeText } from '../util/decodeText';
import { ResponseFormatError, TooLargeError } from './errors';

/**
 * Undoes `Content-Encoding`. Reading the result throws the stream's errors; unread, they do nothing.
 * @throws ResponseFormatError if the encoding is none that was asked for
 */
export function decompressed(body: Readable, encoding = 'identity'): Readable {
  // Without a listener an error would bring the process down.
  body.on('error', () => undefined);
  const decoder = decoderOf(encoding.trim().toLowerCase());
  if (decoder === 'none') return body;
  if (decoder) return pipeline(body, decoder, () => undefined);
  body.destroy();
  throw new ResponseFormatError(`Unknown content encoding ${encoding}`);
}

function decoderOf(encoding: string): Transform | 'none' | undefined {
  switch (encoding) {
    case 'identity':
      return 'none';
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      return undefined;
  }
}

/** Bytes that are read before anybody asks for them. */
const READ_AHEAD = 65_536;

/**
 * What `stream` gives, all of it even if the stream fails in the end: a stream drops what was not read by then, and whoever
 * goes on with a download later would miss it. To be called as soon as there is a stream, and to be iterated once.
 */
export function readAhead(stream: Readable): AsyncIterable<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let end: { readonly error?: unknown } | undefined;
  let wake = (): void => undefined;
  const finish = (reason: { readonly error?: unknown }): void => {
    end ??= reason;
    wake();
  };
  stream.on('data', (chunk: Uint8Array) => {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size >= READ_AHEAD) stream.pause();
    wake();
  });
  stream.on('end', () => finish({}));
  stream.on('error', (error) => finish({ error }));
  stream.on('close', () => finish({ error: new Error('The stream was closed before its end') }));

  async function* read(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const chunk = chunks.shift();
        if (chunk) {
          size -= chunk.byteLength;
          if (size < READ_AHEAD) stream.resume();
          yield chunk;
        } else if (end) {
          if ('error' in end) throw end.error;
          return;
        } else {
          await new Promise<void>((resolve) => (wake = resolve));
        }
      }
    } finally {
      stream.destroy();
    }
  }
  return read();
}

/**
 * Reads all of `body`.
 * @param limit bytes
 * @throws TooLargeError if there are more
 */
export async function readBytes(body: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > limit) throw new TooLargeError(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** As `readBytes`, for text; JSON is UTF-8, but for what is damaged. */
export async function readText(body: AsyncIterable<Uint8Array>, limit: number): Promise<string> {
  return decodeText(await readBytes(body, limit));
}
