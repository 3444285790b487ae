/** The bytes that a value in quoted-printable stands for; what is not written as it should be stays as it is. */
export function quotedPrintableBytes(value: string): Uint8Array {
  const bytes = new TextEncoder().encode(value.trimEnd().replace(/=$/, ''));
  let end = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] === EQUALS ? hexByte(bytes[at + 1], bytes[at + 2]) : undefined;
    // In place, for it only becomes shorter.
    bytes[end++] = byte ?? bytes[at] ?? 0;
    if (byte !== undefined) at += 2;
  }
  return bytes.subarray(0, end);
}

const EQUALS = 0x3d;

function hexByte(high = 0, low = 0): number | undefined {
  const digits = String.fromCharCode(high, low);
  return /^[\dA-F]{2}$/i.test(digits) ? parseInt(digits, 16) : undefined;
}

/** @returns undefined for what is no Base64, or was cut off */
export function base64Bytes(value: string): Uint8Array<ArrayBuffer> | undefined {
  const base64 = value.replace(/\s/g, '');
  if (base64.length < 4 || !isBase64(base64)) return undefined;
  try {
    const binary = atob(base64);
    // With a function for each byte, `Uint8Array.from` takes seconds for a picture.
    const bytes = new Uint8Array(binary.length);
    for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
    return bytes;
  } catch {
    return undefined;
  }
}

/** Looks for what does not belong there: a pattern for all that does fills its stack with millions of characters. */
export function isBase64(text: string): boolean {
  const end = text.endsWith('==') ? -2 : text.endsWith('=') ? -1 : undefined;
  return !/[^A-Za-z\d+/]/.test(text.slice(0, end));
}
