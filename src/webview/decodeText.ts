/**
 * The text of a file: in the character set that its type names, else UTF-8, else (when it is no UTF-8) Windows-1252,
 * which knows every byte.
 */
export function decodeText(bytes: Uint8Array, contentType: string | undefined): string {
  const named = /charset="?([^";\s]+)/i.exec(contentType ?? '')?.[1];
  for (const charset of [named, 'utf-8']) {
    const text = charset === undefined ? undefined : tryDecode(bytes, charset);
    if (text !== undefined) return text;
  }
  return new TextDecoder('windows-1252').decode(bytes);
}

/** Undefined if there is no such character set, or the bytes are not in it. */
function tryDecode(bytes: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
