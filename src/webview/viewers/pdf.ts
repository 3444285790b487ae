import {
  getDocument,
  PasswordResponses,
  PDFWorker,
  TextLayer,
  type PDFDocumentLoadingTask,
  type PDFDocumentProxy,
  type PDFPageProxy,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Rotation } from '../../viewers/protocol';
import { documentViewer } from '../document/documentViewer';
import type { DocumentText, PagedDocument } from '../document/pagedDocument';
import { joinPieces } from '../document/pageText';
import { PasswordPrompt } from '../document/passwordPrompt';
import { WorkQueue } from '../document/workQueue';
import type { Size } from '../document/zoom';
import { UnshowableError, type Show, type ShowContext, type Shown } from '../show';
import { startWorker } from '../startWorker';
import { TooLargeError } from '../tooLarge';

/** Pixels; a page of A3 at 600 dpi has 70 million. */
const LARGEST_IMAGE = 80_000_000;

/** Milliseconds for a page. */
const LONGEST_DRAWING = 30_000;

/** Bytes. */
const LARGEST_CANVAS = 320_000_000;

/** A fax has some hundreds. A small file can name one page a million times. */
const MOST_PAGES = 5_000;

/** A point is 1/72 inch, a CSS pixel 1/96. */
const PIXELS_PER_POINT = 96 / 72;

export const show: Show = async (content, context) => {
  const port = await startWorker('pdfjs/pdf.worker.min.mjs');
  context.signal.addEventListener('abort', () => port.terminate(), { once: true });
  context.signal.throwIfAborted();
  const data = new Uint8Array(await content.blob.arrayBuffer());
  const loading = getDocument({
    data,
    worker: PDFWorker.create({ port }),
    // Decoders and fonts are fetched by the page: the worker, being a blob, has no address to find them from.
    useWorkerFetch: false,
    wasmUrl: folder('wasm'),
    standardFontDataUrl: folder('standard_fonts'),
    cMapUrl: folder('cmaps'),
    cMapPacked: true,
    // What a file says of sizes is believed only so far.
    maxImageSize: LARGEST_IMAGE,
    canvasMaxAreaInBytes: LARGEST_CANVAS,
    isEvalSupported: false,
    enableXfa: false,
  });
  const prompt = whenPasswordIsNeeded(loading, context);
  const opened = open(loading, context);
  const first = await Promise.race([opened, prompt]);
  if (!(first instanceof PasswordPrompt)) return first;
  void opened.then(
    ({ element }) => first.finish(element, element.querySelector('.scroller')),
    (error: unknown) =>
      first.fail(error instanceof UnshowableError ? error.message : context.page.strings.cannotShow),
  );
  return { element: first.element };
};

/** Waits for the document, and for its password if it needs one. @throws UnshowableError */
async function open(loading: PDFDocumentLoadingTask, context: ShowContext): Promise<Shown> {
  const { strings } = context.page;
  try {
    const pdf = await loading.promise;
    if (pdf.numPages > MOST_PAGES) throw new TooLargeError(`The PDF has ${String(pdf.numPages)} pages.`);
    const sizes = new Map([[1, sizeOf(await pdf.getPage(1))]]);
    return documentViewer(pdfDocument(pdf, sizes), context);
  } catch (error) {
    console.error(error);
    throw new UnshowableError(error instanceof TooLargeError ? strings.fileTooLarge : strings.cannotShow);
  }
}

/** Resolved only if the document needs a password; each wrong one is said in the same prompt. */
function whenPasswordIsNeeded(
  loading: PDFDocumentLoadingTask,
  { page, attachment }: ShowContext,
): Promise<PasswordPrompt> {
  return new Promise((resolve) => {
    let prompt: PasswordPrompt | undefined;
    loading.onPassword = (open: (password: string) => void, reason: number): void => {
      if (prompt && reason === PasswordResponses.INCORRECT_PASSWORD) prompt.askAgain(open);
      else resolve((prompt = new PasswordPrompt(page, attachment, open)));
    };
  });
}

function folder(name: string): string {
  return new URL(`pdfjs/${name}/`, import.meta.url).href;
}

function sizeOf(page: PDFPageProxy): Size {
  const { width, height } = page.getViewport({ scale: PIXELS_PER_POINT });
  return { width, height };
}

/** @param sizes of pages that are known; pages are taken to be like the first until they are looked at */
function pdfDocument(pdf: PDFDocumentProxy, sizes: Map<number, Size>): PagedDocument {
  const queue = new WorkQueue();
  return {
    pageCount: pdf.numPages,
    size: (number) => sizes.get(number) ?? sizes.get(1) ?? { width: 1, height: 1 },
    measure: async (number) => {
      const size = sizes.get(number) ?? sizeOf(await pdf.getPage(number));
      sizes.set(number, size);
      return size;
    },
    draw: (number, canvas, { rotation, urgent, signal }) =>
      queue
        .add(() => render(pdf, number, canvas, rotation, signal), urgent, signal)
        .result.then(() => 'whole'),
    release: (number) => {
      void pdf.getPage(number).then(
        (page) => page.cleanup(),
        // Nothing is kept for a page that cannot be read.
        () => undefined,
      );
    },
    text: pdfText(pdf),
  };
}

async function render(
  pdf: PDFDocumentProxy,
  number: number,
  canvas: HTMLCanvasElement,
  rotation: Rotation,
  signal: AbortSignal,
): Promise<void> {
  const page = await pdf.getPage(number);
  signal.throwIfAborted();
  const turned = { rotation: (page.rotate + rotation) % 360 };
  const scale = canvas.width / page.getViewport({ scale: 1, ...turned }).width;
  const viewport = page.getViewport({ scale, ...turned });
  const task = page.render({ canvas, viewport, background: '#ffffff' });
  const deadline = AbortSignal.timeout(LONGEST_DRAWING);
  const end = AbortSignal.any([signal, deadline]);
  const cancel = (): void => task.cancel();
  end.addEventListener('abort', cancel, { once: true });
  try {
    await task.promise;
  } catch (error) {
    throw deadline.aborted ? new TooLargeError('The page takes too long to draw.', { cause: error }) : error;
  } finally {
    end.removeEventListener('abort', cancel);
  }
}

function pdfText(pdf: PDFDocumentProxy): DocumentText {
  return {
    read: async (number) => {
      const { items } = await (await pdf.getPage(number)).getTextContent();
      return joinPieces(
        items.flatMap((item) => ('str' in item ? [{ text: item.str, endsLine: item.hasEOL }] : [])),
      );
    },
    lay: async (number, container, rotation) => {
      const page = await pdf.getPage(number);
      const layer = new TextLayer({
        textContentSource: await page.getTextContent(),
        container,
        viewport: page.getViewport({ scale: 1, rotation: (page.rotate + rotation) % 360 }),
      });
      await layer.render();
      return layer.textDivs;
    },
  };
}
