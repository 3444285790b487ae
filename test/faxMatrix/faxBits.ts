/** Fax data as texts of zeros and ones, so that lines that an encoder wrote can be put together in other ways. */

export const EOL = '000000000001';
/** End of a page: return to control. */
export const RTC = EOL.repeat(6);

export function bitsOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
}

/** The last byte is filled up with zeros. */
export function bytesOf(bits: string): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(bits.length / 8));
  bytes.forEach((_, index) => {
    bytes[index] = Number.parseInt(bits.slice(index * 8, index * 8 + 8).padEnd(8, '0'), 2);
  });
  return bytes;
}

/**
 * The lines of Group 3 data without EOLs, each with the bit that says how it is coded, if there is one; the last one
 * perhaps with zeros behind it.
 */
export function linesOf(bytes: Uint8Array): string[] {
  return bitsOf(bytes)
    .split(/0{11}1/)
    .slice(1);
}

/** Each EOL ends with a byte. */
export function alignedWithEols(lines: readonly string[]): string {
  let bits = '';
  for (const line of lines) {
    const fill = (8 - ((bits.length + EOL.length) % 8)) % 8;
    bits += '0'.repeat(fill) + EOL + line;
  }
  return bits;
}
