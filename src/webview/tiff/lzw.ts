const CLEAR = 256;
const END = 257;
const FIRST = 258;
const LARGEST = 4096;

/**
 * Each entry is a piece of what came out already. They are made once, for a page may have ten thousands of strips; of those
 * before, nothing is read.
 */
const starts = new Uint32Array(LARGEST);
const lengths = new Uint32Array(LARGEST);

/**
 * Unpacks LZW as TIFF 6.0 has it: codes of 9 to 12 bits, the highest first, that grow one entry early. What is damaged ends
 * what comes out.
 * @param size bytes that are wanted
 */
export function unpackLzw(data: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  let entries = FIRST;
  let width = 9;
  let previous = -1;
  let length = 0;
  let previousStart = 0;
  let previousLength = 0;
  let bits = 0;
  let held = 0;
  for (const byte of data) {
    bits = ((bits << 8) | byte) & 0xffffff;
    held += 8;
    if (held < width) continue;
    held -= width;
    const code = (bits >> held) & ((1 << width) - 1);
    if (code === END || length >= size) break;
    if (code === CLEAR) {
      entries = FIRST;
      width = 9;
      previous = -1;
      continue;
    }
    const start = length;
    if (code < CLEAR) {
      out[length++] = code;
    } else if (code < entries) {
      length = copy(out, starts[code] ?? 0, lengths[code] ?? 0, length);
    } else if (code === entries && previous >= 0) {
      length = copy(out, previousStart, previousLength, length);
      if (length < size) out[length++] = out[previousStart] ?? 0;
    } else {
      break;
    }
    if (previous >= 0 && entries < LARGEST) {
      starts[entries] = previousStart;
      lengths[entries] = previousLength + 1;
      entries++;
      if (entries >= (1 << width) - 1 && width < 12) width++;
    }
    previous = code;
    previousStart = start;
    previousLength = length - start;
  }
  return out.subarray(0, length);
}

function copy(out: Uint8Array, from: number, count: number, to: number): number {
  const end = Math.min(to + count, out.length);
  for (let at = to; at < end; at++) out[at] = out[from + at - to] ?? 0;
  return end;
}
