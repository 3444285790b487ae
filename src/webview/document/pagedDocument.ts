import type { Rotation } from '../../viewers/protocol';
import type { PageText } from './pageText';
import type { Size } from './zoom';

export interface DrawOptions {
  /** By how much the page is turned from how it is stored. */
  readonly rotation: Rotation;
  /** Whether somebody is looking at it, as opposed to what is drawn ahead. */
  readonly urgent: boolean;
  readonly signal: AbortSignal;
}

/** Whether all of a page is there: a part of it may not be in the file, or be in it and unreadable. */
export type PageCondition = 'whole' | 'incomplete' | 'damaged';

/** A document that is drawn page by page; pages are counted from 1. */
export interface PagedDocument {
  readonly pageCount: number;
  /** CSS pixels at the page's own size, not turned; an assumption where `measure` would find out. */
  size(number: number): Size;
  /** @throws Error if the page is damaged */
  measure(number: number): Promise<Size>;
  /**
   * Draws the whole page over the whole canvas, whose size has been set.
   * @returns how much of it could be drawn
   * @throws Error if all of it is damaged, or the signal was aborted
   * @throws TooLargeError if it takes more memory or time than any page that people send
   */
  draw(number: number, canvas: HTMLCanvasElement, options: DrawOptions): Promise<PageCondition>;
  /** The page is out of sight; what is kept for it may be given up. */
  release(number: number): void;
  /** Absent where pages are pictures. */
  readonly text?: DocumentText;
}

/** The text of a document. */
export interface DocumentText {
  /** @throws Error if the page is damaged */
  read(number: number): Promise<PageText>;
  /**
   * Lays the text invisibly over the page, to be selected and read aloud.
   * @param container has the size of the page
   * @returns the nodes that hold the pieces of the page's text, in its order
   */
  lay(number: number, container: HTMLElement, rotation: Rotation): Promise<readonly Node[]>;
}
