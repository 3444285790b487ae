/** Unpacks Apple's PackBits. @param size bytes that are wanted */
export function unpackPackBits(data: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  let length = 0;
  for (let at = 0; at < data.length && length < size;) {
    const head = data[at++] ?? 0;
    if (head < 128) {
      const literal = data.subarray(at, at + Math.min(head + 1, size - length));
      out.set(literal, length);
      length += literal.length;
      at += head + 1;
    } else if (head > 128) {
      const end = Math.min(length + 257 - head, size);
      out.fill(data[at++] ?? 0, length, end);
      length = end;
    }
  }
  return out.subarray(0, length);
}
