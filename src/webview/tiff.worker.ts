/** Decodes TIFF pages beside the page, which stays responsive while it does. */
import { TooLargeError } from './tooLarge';
import type { TiffReply, TiffRequest } from './tiff/tiffProtocol';
import { TiffDocument } from './tiffDocument';

declare const self: {
  onmessage: ((event: { data: TiffRequest }) => void) | null;
  postMessage(message: TiffReply, transfer: Transferable[]): void;
};

let opened: TiffDocument | undefined;

self.onmessage = ({ data: request }) => {
  answer(request).then(
    ([reply, transfer]) => self.postMessage(reply, transfer),
    (error: unknown) => {
      const isTooLarge = error instanceof TooLargeError || error instanceof RangeError;
      self.postMessage({ id: request.id, kind: 'failed', reason: String(error), isTooLarge }, []);
    },
  );
};

async function answer(request: TiffRequest): Promise<[TiffReply, Transferable[]]> {
  if (request.kind === 'open') {
    opened = new TiffDocument(request.bytes);
    return [{ id: request.id, kind: 'opened', pages: opened.pages }, []];
  }
  if (!opened) throw new Error('No TIFF is open.');
  const { rgba, width, height, damaged, incomplete } = await opened.decode(request.index);
  const condition = incomplete ? 'incomplete' : damaged ? 'damaged' : 'whole';
  const bitmap = await createImageBitmap(new ImageData(rgba, width, height));
  return [{ id: request.id, kind: 'page', page: { bitmap, condition } }, [bitmap]];
}
