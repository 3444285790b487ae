import type { AttachmentView } from '../viewers/protocol';
import type { LoadedContent } from './loadedContent';
import type { Page } from './page';

export interface ShowContext {
  readonly page: Page;
  readonly attachment: AttachmentView;
  /** Aborted when the attachment is shown no longer; everything that was made for it is given back then. */
  readonly signal: AbortSignal;
}

export interface Shown {
  readonly element: HTMLElement;
  /** Controls that belong beside the attachment's name. */
  readonly toolbar?: HTMLElement;
}

/**
 * Makes an attachment visible or audible.
 * @throws UnshowableError if this browser cannot, whatever is tried
 */
export type Show = (content: LoadedContent, context: ShowContext) => Promise<Shown>;

/** The content is there, but it cannot be shown here; the message says so to people. */
export class UnshowableError extends Error {
  override readonly name = 'UnshowableError';
}

/** An address for a content that is good until `signal` is aborted. */
export function contentUrl(blob: Blob, signal: AbortSignal): string {
  const url = URL.createObjectURL(blob);
  signal.addEventListener('abort', () => URL.revokeObjectURL(url), { once: true });
  return url;
}
