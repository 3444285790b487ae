/** A document that is drawn page by page; pages are counted from 1. */
export interface PagedDocument {
  readonly pageCount: number;
  /** @throws Error if the page is damaged */
  page(number: number, signal: AbortSignal): Promise<DocumentPage>;
}

export interface DocumentPage {
  /** CSS pixels at the page's own size. */
  readonly width: number;
  readonly height: number;
  /**
   * Draws the whole page over the whole canvas, whose size has been set.
   * @throws Error if the page is damaged, or the signal was aborted
   */
  draw(canvas: HTMLCanvasElement, signal: AbortSignal): Promise<void>;
}
