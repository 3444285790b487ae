/** Decodes TIFF pages beside the page, which stays responsive while it does. */
import { TiffDocument } from './tiffDocument';
import type { TiffReply, TiffRequest } from './tiffProtocol';

declare const self: {
  onmessage: ((event: { data: TiffRequest }) => void) | null;
  postMessage(message: TiffReply, transfer: Transferable[]): void;
};

let opened: TiffDocument | undefined;

self.onmessage = ({ data: request }) => {
  answer(request).then(
    ([reply, transfer]) => self.postMessage(reply, transfer),
    (error: unknown) => self.postMessage({ id: request.id, kind: 'failed', reason: String(error) }, []),
  );
};

async function answer(request: TiffRequest): Promise<[TiffReply, Transferable[]]> {
  if (request.kind === 'open') {
    opened = new TiffDocument(request.bytes);
    return [{ id: request.id, kind: 'opened', pages: opened.pages }, []];
  }
  if (!opened) throw new Error('No TIFF is open.');
  const { rgba, width, height } = opened.decode(request.index);
  const bitmap = await createImageBitmap(new ImageData(rgba, width, height));
  return [{ id: request.id, kind: 'page', bitmap }, [bitmap]];
}
