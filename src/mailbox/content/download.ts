import type { FileHandle } from 'node:fs/promises';
import { type Sleep, sleep as realSleep, throwIfCancelled } from '../../api/cancellation';
import { ApiError, isMailboxError, ResponseFormatError, TooLargeError } from '../../api/errors';
import type { MessageStoreApi } from '../../api/messageStore';
import type { AttachmentContent } from '../../api/messageStoreParams';
import type { Attachment } from '../../api/schema';

/** What the server said of the content that a download is of: by that it is known again. */
export interface ContentMark {
  /** Bytes. */
  readonly total?: number;
  readonly etag?: string;
}

/** How far a download has come: what is in its file, and of which content that is the beginning. */
export interface Begun extends ContentMark {
  /** Bytes. */
  readonly received: number;
}

export interface DownloadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told how much is there, and of how much, if that is known. Bytes. */
  readonly onProgress?: ((received: number, total: number | undefined) => void) | undefined;
  /** Told before anything is written of a content, so that another try can go on with it. */
  readonly onContent?: (mark: ContentMark) => Promise<void>;
  readonly sleep?: Sleep;
  /** Bytes that the content may have at most. */
  readonly limit?: number | undefined;
}

/** Bytes; a fax of hundreds of pages has less, and so has any voicemail. */
const HARD_LIMIT = 500_000_000;

/** Bytes that a content may have beyond twice what its record says: records are inexact, and small ones are re-encoded. */
const SLACK = 10_000_000;

/** Bytes that are fetched of an attachment at most, whatever the server sends. */
export function limitOf({ size }: Attachment): number {
  return size === undefined ? HARD_LIMIT : Math.min(2 * size + SLACK, HARD_LIMIT);
}

/** Milliseconds before going on after an interruption; each wait is twice the one before. */
const FIRST_WAIT = 500;

/** In a row, without much coming between them. */
const MAX_INTERRUPTIONS = 4;

/** How often it is begun anew because what comes is not the rest of what has come. */
const MAX_BEGINNINGS = 3;

/** Bytes after which the network counts as working again. */
const MUCH = 1_000_000;

/**
 * Brings an attachment into `file`, by and by, never more of it in memory than the network gives at once. What breaks off
 * on the way goes on from there (`Range`), as long as it is still the same content (`If-Range`, and the size); else, and
 * from a server that gives everything whatever it is asked for, it begins anew.
 * @param begun what of it is in `file` already
 * @throws MailboxError if the server refuses, cannot be reached, or the connection breaks again and again. What has come
 * by then is in `file`, and `onContent` was told of what it is
 * @throws TooLargeError if there is more of it than its record says, with generous slack, or than of any attachment
 */
export async function download(
  api: MessageStoreApi,
  attachment: Attachment,
  file: FileHandle,
  begun: Begun,
  { signal, onProgress, onContent, sleep = realSleep, limit = limitOf(attachment) }: DownloadOptions = {},
): Promise<void> {
  let state = begun;
  let interruptions = 0;
  let beginnings = 0;
  let wasAnswered = false;
  const beginAnew = (): void => {
    if (++beginnings > MAX_BEGINNINGS) throw new ResponseFormatError('The content is another one each time');
  };
  while (state.received === 0 || state.received !== state.total) {
    const { received: before, etag } = state;
    try {
      const content = await api.readMessageContent(
        attachment,
        before > 0 ? { range: { start: before }, etag } : {},
        signal,
      );
      wasAnswered = true;
      if ((content.range?.total ?? content.size ?? 0) > limit) {
        content.discard();
        throw new TooLargeError(limit);
      }
      const mark = continuation(state, content);
      if (mark) {
        state = { ...mark, received: before };
      } else {
        state = { ...markOf(content), received: 0 };
        if (content.range) {
          // A part, and not the one that is missing.
          content.discard();
          if (before === 0) throw new ResponseFormatError('A part came of what was asked for as a whole');
          beginAnew();
          continue;
        }
        await file.truncate(0);
      }
      await onContent?.(mark ?? markOf(content));
      for await (const chunk of content.stream) {
        if (state.received + chunk.byteLength > limit) throw new TooLargeError(limit);
        await writeAll(file, chunk, state.received);
        state = { ...state, received: state.received + chunk.byteLength };
        onProgress?.(state.received, state.total);
        throwIfCancelled(signal);
      }
      if (state.total !== undefined && state.received !== state.total)
        throw new ResponseFormatError(`${state.received} bytes came of ${state.total}`);
      return;
    } catch (error) {
      if (before > 0 && refusesRange(error)) {
        state = { received: 0 };
        beginAnew();
        continue;
      }
      // Where there was no network to begin with, there is nothing to wait for.
      if (!wasAnswered || !isInterruption(error)) throw error;
      if (state.received - before >= MUCH) interruptions = 0;
      if (++interruptions > MAX_INTERRUPTIONS) throw error;
      await sleep(FIRST_WAIT * 2 ** (interruptions - 1), signal);
    }
  }
}

/** What `content` is the rest of, if it continues what there is; undefined if it does not. */
function continuation(state: Begun, { range, etag }: AttachmentContent): ContentMark | undefined {
  if (!range || state.received === 0 || range.start !== state.received) return undefined;
  if (isOther(state.total, range.total) || isOther(state.etag, etag)) return undefined;
  const total = range.total ?? state.total;
  const known = etag ?? state.etag;
  return { ...(total !== undefined && { total }), ...(known !== undefined && { etag: known }) };
}

function isOther(known: number | string | undefined, now: number | string | undefined): boolean {
  return known !== undefined && now !== undefined && known !== now;
}

function markOf({ size, etag }: AttachmentContent): ContentMark {
  return { ...(size !== undefined && { total: size }), ...(etag !== undefined && { etag }) };
}

/**
 * Whether the server refuses to give a part: there is nothing behind what was received (416), for the content is another
 * one now, or it gives contents as a whole only.
 */
function refusesRange(error: unknown): boolean {
  return (
    error instanceof ApiError &&
    (error.status === 416 || error.kind === 'invalidParameter' || error.kind === 'featureUnavailable')
  );
}

function isInterruption(error: unknown): boolean {
  return isMailboxError(error, 'network') || isMailboxError(error, 'temporary');
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.byteLength) {
    const { bytesWritten } = await file.write(bytes, written, bytes.byteLength - written, position + written);
    written += bytesWritten;
  }
}
