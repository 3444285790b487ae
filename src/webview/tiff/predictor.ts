const HORIZONTAL = 2;

/**
 * Undoes the horizontal predictor, by which each sample is its difference from the one before it, in place.
 * @throws Error for another predictor, and for samples of other than 8 bits
 */
export function undoPredictor(
  data: Uint8Array,
  layout: {
    readonly stride: number;
    readonly perPixel: number;
    readonly bits: number;
    readonly predictor: number;
  },
): void {
  const { stride, perPixel, bits, predictor } = layout;
  if (predictor !== HORIZONTAL || bits !== 8)
    throw new Error(`The predictor ${String(predictor)} for ${String(bits)} bits is not known.`);
  for (let line = 0; line < data.length; line += stride) {
    const end = Math.min(line + stride, data.length);
    for (let at = line + perPixel; at < end; at++) data[at] = (data[at] ?? 0) + (data[at - perPixel] ?? 0);
  }
}
