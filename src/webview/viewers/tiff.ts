import type { DocumentPage, PagedDocument } from '../pagedDocument';
import { pagedViewer } from '../pagedViewer';
import { UnshowableError, type Show } from '../show';
import { TiffClient } from '../tiffClient';
import type { PageSize } from '../tiffDocument';

export const show: Show = async (content, context) => {
  const client = await TiffClient.start(context.signal);
  let sizes: readonly PageSize[];
  try {
    sizes = await client.open(content.bytes.buffer);
  } catch (error) {
    console.error(error);
    throw new UnshowableError(context.page.strings.cannotShow);
  }
  return pagedViewer(tiffDocument(client, sizes, context.signal), context);
};

function tiffDocument(client: TiffClient, sizes: readonly PageSize[], lifetime: AbortSignal): PagedDocument {
  // The page in sight stays decoded, because it is drawn anew at each change of size.
  let current: { readonly number: number; readonly bitmap: ImageBitmap } | undefined;
  const release = (): void => {
    current?.bitmap.close();
    current = undefined;
  };
  lifetime.addEventListener('abort', release);

  async function bitmapOf(number: number, signal: AbortSignal): Promise<ImageBitmap> {
    if (current?.number === number) return current.bitmap;
    const bitmap = await client.page(number - 1);
    if (signal.aborted) bitmap.close();
    signal.throwIfAborted();
    release();
    current = { number, bitmap };
    return bitmap;
  }

  return {
    pageCount: sizes.length,
    page: (number): Promise<DocumentPage> => {
      const size = sizes[number - 1];
      if (!size) return Promise.reject(new RangeError(`There is no page ${String(number)}.`));
      return Promise.resolve({
        ...size,
        draw: async (canvas, signal) => {
          const bitmap = await bitmapOf(number, signal);
          const context = canvas.getContext('2d');
          if (!context) throw new Error('There is no memory left to draw the page.');
          // Black dots on white become grey where several fall on one pixel of the screen, which keeps small print readable.
          context.imageSmoothingQuality = 'high';
          context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
        },
      });
    },
  };
}
