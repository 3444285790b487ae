import type { PageCondition } from '../document/pagedDocument';
import type { PageSize } from '../tiffDocument';

export interface TiffPage {
  /** Pixels as stored, which need not be square. */
  readonly bitmap: ImageBitmap;
  readonly condition: PageCondition;
}

/** Page to worker; each is answered once, under its number. */
export type TiffRequest =
  | { readonly id: number; readonly kind: 'open'; readonly bytes: ArrayBuffer }
  | { readonly id: number; readonly kind: 'page'; readonly index: number };

/** Worker to page. */
export type TiffReply =
  | { readonly id: number; readonly kind: 'opened'; readonly pages: readonly PageSize[] }
  | { readonly id: number; readonly kind: 'page'; readonly page: TiffPage }
  | { readonly id: number; readonly kind: 'failed'; readonly reason: string; readonly isTooLarge: boolean };
