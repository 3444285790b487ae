/** Unpacks zlib's format; what is damaged ends what comes out. @param size bytes that are wanted */
export async function unpackDeflate(data: Uint8Array<ArrayBuffer>, size: number): Promise<Uint8Array> {
  const out = new Uint8Array(size);
  let length = 0;
  const reader = new Blob([data]).stream().pipeThrough(new DecompressionStream('deflate')).getReader();
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
