/** Bytes of a piece that is unpacked at a time: what is damaged takes with it what came just before. */
const SMALLEST_PIECE = 16;
const PIECES = 64;

/** Unpacks zlib's format; what is damaged ends what comes out. @param size bytes that are wanted */
export async function unpackDeflate(data: Uint8Array<ArrayBuffer>, size: number): Promise<Uint8Array> {
  const out = new Uint8Array(size);
  let length = 0;
  const reader = inPieces(data).pipeThrough(new DecompressionStream('deflate')).getReader();
  try {
    while (length < size) {
      const { done, value } = await reader.read();
      if (done) break;
      const part = value.subarray(0, size - length);
      out.set(part, length);
      length += part.length;
    }
    await reader.cancel();
  } catch (error) {
    // Damaged, or followed by something: what came before counts.
    if (length === 0) throw error;
  }
  return out.subarray(0, length);
}

function inPieces(data: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const piece = Math.max(SMALLEST_PIECE, Math.ceil(data.length / PIECES));
  let at = 0;
  return new ReadableStream({
    pull: (controller) => {
      if (at < data.length) controller.enqueue(data.subarray(at, at + piece));
      else controller.close();
      at += piece;
    },
  });
}
