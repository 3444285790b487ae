import type { Page } from './tiffParts';

/** What the matrix consists of, as it is written into `cases.json`. */

/** A page as libtiff reads it, or as it was sent. */
export interface Seen {
  readonly width: number;
  readonly height: number;
  /** Beginning of the hash of its pixels, four bytes each. */
  readonly sha256: string;
  /** Where the pixels are, three bytes each, if decoders may differ in rounding. */
  readonly pixels?: readonly [start: number, length: number];
}

export interface Case {
  readonly group: string;
  readonly name: string;
  readonly file: readonly [start: number, length: number];
  /** None if it refuses the file. */
  readonly libtiff: readonly Seen[];
  /** What the file was made of before it was made to contradict itself. */
  readonly sent?: string;
}

/**
 * Takes a file into the matrix.
 * @param sent the page that somebody sent, where libtiff may not read it
 * @param rounds whether decoders may differ in rounding
 */
export type Add = (group: string, name: string, file: Uint8Array, sent?: Page, rounds?: boolean) => void;
