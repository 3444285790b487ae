const HORIZONTAL = 2;

/**
 * Undoes the horizontal predictor, by which each sample is its difference from the one before it, in place.
 * @throws Error for another predictor, and for samples of other than 8 or 16 bits
 */
export function undoPredictor(
  data: Uint8Array,
  layout: {
    readonly stride: number;
    readonly perPixel: number;
    readonly bits: number;
    readonly predictor: number;
    readonly littleEndian: boolean;
  },
): void {
  const { stride, perPixel, bits, predictor, littleEndian } = layout;
  if (predictor !== HORIZONTAL || (bits !== 8 && bits !== 16))
    throw new Error(`The predictor ${String(predictor)} for ${String(bits)} bits is not known.`);
  const pixel = (perPixel * bits) / 8;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (let line = 0; line < data.length; line += stride) {
    const end = Math.min(line + stride, data.length);
    if (bits === 8)
      for (let at = line + pixel; at < end; at++) data[at] = (data[at] ?? 0) + (data[at - pixel] ?? 0);
    else
      for (let at = line + pixel; at + 1 < end; at += 2) {
        const before = view.getUint16(at - pixel, littleEndian);
        view.setUint16(at, view.getUint16(at, littleEndian) + before, littleEndian);
      }
  }
}
