import { getDocument, PDFWorker, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PagedDocument } from '../pagedDocument';
import { pagedViewer } from '../pagedViewer';
import { UnshowableError, type Show } from '../show';
import { startWorker } from '../startWorker';

export const show: Show = async (content, context) => {
  const port = await startWorker('pdfjs/pdf.worker.min.mjs');
  context.signal.addEventListener('abort', () => port.terminate(), { once: true });
  context.signal.throwIfAborted();
  const loading = getDocument({
    data: content.bytes,
    worker: PDFWorker.create({ port }),
    // Decoders and fonts are fetched by the page: the worker, being a blob, has no address to find them from.
    useWorkerFetch: false,
    wasmUrl: folder('wasm'),
    standardFontDataUrl: folder('standard_fonts'),
    cMapUrl: folder('cmaps'),
    cMapPacked: true,
    isEvalSupported: false,
    enableXfa: false,
  });
  try {
    return pagedViewer(pdfDocument(await loading.promise), context);
  } catch (error) {
    console.error(error);
    throw new UnshowableError(context.page.strings.cannotShow);
  }
};

function folder(name: string): string {
  return new URL(`pdfjs/${name}/`, import.meta.url).href;
}

function pdfDocument(pdf: PDFDocumentProxy): PagedDocument {
  return {
    pageCount: pdf.numPages,
    page: async (number) => {
      const page = await pdf.getPage(number);
      // A point is 1/72 inch, a CSS pixel 1/96.
      const { width, height } = page.getViewport({ scale: 96 / 72 });
      return {
        width,
        height,
        draw: async (canvas, signal) => {
          const scale = canvas.width / page.getViewport({ scale: 1 }).width;
          const task = page.render({ canvas, viewport: page.getViewport({ scale }), background: '#ffffff' });
          const cancel = (): void => task.cancel();
          signal.addEventListener('abort', cancel, { once: true });
          try {
            await task.promise;
          } finally {
            signal.removeEventListener('abort', cancel);
          }
        },
      };
    },
  };
}
