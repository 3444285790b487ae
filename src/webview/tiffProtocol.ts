import type { PageSize } from './tiffDocument';

/** Page to worker; each is answered once, under its number. */
export type TiffRequest =
  | { readonly id: number; readonly kind: 'open'; readonly bytes: ArrayBuffer }
  | { readonly id: number; readonly kind: 'page'; readonly index: number };

/** Worker to page. */
export type TiffReply =
  | { readonly id: number; readonly kind: 'opened'; readonly pages: readonly PageSize[] }
  | { readonly id: number; readonly kind: 'page'; readonly bitmap: ImageBitmap }
  | { readonly id: number; readonly kind: 'failed'; readonly reason: string };
