/** The markers of JPEG (ITU-T T.81) that we know, each of which comes after a byte 0xff. */
export const Marker = {
  Frame: 0xc0,
  HuffmanTables: 0xc4,
  Restart: 0xd0,
  Start: 0xd8,
  End: 0xd9,
  Scan: 0xda,
  QuantizationTables: 0xdb,
  NumberOfLines: 0xdc,
  RestartInterval: 0xdd,
} as const;

export const PREFIX = 0xff;
export const STUFFING = 0x00;

/** Markers of frames, which tell the size: SOF0 to SOF15 but for three that mean something else. */
export function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

export interface Segments {
  readonly hasFrame: boolean;
  readonly hasScan: boolean;
  /** Where what was read ends: behind the header of the first scan, or before what is no segment; in bytes. */
  readonly end: number;
  /** Whether codes of a picture follow. */
  readonly isComplete: boolean;
}

/** Bytes of codes without which there is no picture. */
const LEAST_CODES = 4;

/** What a JPEG file that begins with `data` has in it, up to its first scan. */
export function segmentsOf(data: Uint8Array): Segments {
  let hasFrame = false;
  let at = 2;
  while (at + 3 < data.length && data[at] === PREFIX) {
    const marker = data[at + 1] ?? 0;
    if (marker === Marker.End) break;
    // The prefix may be repeated.
    if (marker === PREFIX) {
      at++;
      continue;
    }
    const end = at + 2 + (((data[at + 2] ?? 0) << 8) | (data[at + 3] ?? 0));
    if (end > data.length) break;
    if (isFrame(marker)) hasFrame = true;
    at = end;
    if (marker === Marker.Scan)
      return { hasFrame, hasScan: true, end, isComplete: hasFrame && data.length - end >= LEAST_CODES };
  }
  return { hasFrame, hasScan: false, end: Math.min(at, data.length), isComplete: false };
}

export function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
