import { DecodedPages } from '../document/decodedPages';
import { documentViewer } from '../document/documentViewer';
import type { PagedDocument } from '../document/pagedDocument';
import type { Size } from '../document/zoom';
import { UnshowableError, type Show } from '../show';
import { startWorker } from '../startWorker';
import { TooLargeError } from '../tooLarge';
import { TiffClient } from '../tiff/tiffClient';
import type { TiffPage } from '../tiff/tiffProtocol';

/** Bytes: some five pages of a fine fax. */
const BUDGET = 80_000_000;
const BYTES_PER_PIXEL = 4;

export const show: Show = async (content, context) => {
  const bytes = await content.blob.arrayBuffer();
  const client = new TiffClient(bytes, () => startWorker('tiff.worker.js'), context.signal);
  const { strings } = context.page;
  let sizes: readonly Size[];
  try {
    sizes = await client.open();
  } catch (error) {
    console.error(error);
    throw new UnshowableError(error instanceof TooLargeError ? strings.fileTooLarge : strings.cannotShow);
  }
  const pages = new DecodedPages<TiffPage>({
    decode: (number) => client.page(number - 1),
    bytesOf: ({ bitmap }) => bitmap.width * bitmap.height * BYTES_PER_PIXEL,
    close: ({ bitmap }) => bitmap.close(),
    budget: BUDGET,
  });
  context.signal.addEventListener('abort', () => pages.close(), { once: true });
  return documentViewer(tiffDocument(pages, sizes), context);
};

function tiffDocument(pages: DecodedPages<TiffPage>, sizes: readonly Size[]): PagedDocument {
  const size = (number: number): Size => {
    const found = sizes[number - 1];
    if (!found) throw new RangeError(`There is no page ${String(number)}.`);
    return found;
  };
  return {
    pageCount: sizes.length,
    size,
    measure: (number) => Promise.resolve(size(number)),
    draw: async (number, canvas, { rotation, urgent, signal }) => {
      const { bitmap, condition } = await pages.get(number, urgent, signal);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('There is no memory left to draw the page.');
      const { width, height } = canvas;
      const onSide = rotation % 180 !== 0;
      // Black dots on white become grey where several fall on one pixel of the screen, which keeps small print readable.
      context.imageSmoothingQuality = 'high';
      context.translate(width / 2, height / 2);
      context.rotate((rotation * Math.PI) / 180);
      const [across, down] = onSide ? [height, width] : [width, height];
      context.drawImage(bitmap, -across / 2, -down / 2, across, down);
      context.resetTransform();
      return condition;
    },
    // Decoded pages go when the memory is needed for others.
    release: () => undefined,
  };
}
