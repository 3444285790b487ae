import { decodeText } from '../util/decodeText';
import type { Content } from '../viewers/protocol';

/** An attachment that is here. A large one is where the browser keeps it, which need not be in memory. */
export interface LoadedContent {
  readonly blob: Blob;
  readonly contentType: string;
  readonly fileName: string;
}

/**
 * Brings what the host has answered with here.
 * @throws Error if it cannot be loaded; the signal's reason if it is aborted
 */
export async function loadContent(content: Content, signal: AbortSignal): Promise<LoadedContent> {
  const { contentType, fileName } = content;
  const bytes = 'url' in content ? await loadFrom(content.url, signal) : content.bytes;
  return { blob: new Blob([bytes], { type: contentType }), contentType, fileName };
}

/** @param limit bytes of it that are read at most */
export async function textOf(content: LoadedContent, limit = LONGEST_TEXT): Promise<string> {
  return decodeText(await bytesOf(content, limit), content.contentType);
}

/** @param limit bytes of it that are read at most */
export async function bytesOf({ blob }: Pick<LoadedContent, 'blob'>, limit: number): Promise<Uint8Array> {
  return new Uint8Array(await blob.slice(0, limit).arrayBuffer());
}

/** Bytes: more than any text that people send. */
const LONGEST_TEXT = 2_000_000;

async function loadFrom(url: string, signal: AbortSignal): Promise<Blob> {
  // What is asked for as a whole VS Code keeps for good, in the browser's cache on the disk; but not a part of something,
  // though that be all of it.
  const response = await fetch(url, { headers: { Range: 'bytes=0-' }, signal });
  if (!response.ok) throw new Error(`An attachment could not be loaded: HTTP ${String(response.status)}`);
  return response.blob();
}
