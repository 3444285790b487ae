/**
 * The bodies of the parts of a multipart entity (RFC 2046, 5.1), in order; their headers do not matter here. What comes
 * before the first boundary and after the last one is no part.
 */
export function multipartBodies(text: string, boundary: string): string[] {
  return text
    .split(new RegExp(`(?:^|\\r?\\n)--${escaped(boundary)}(?:--)?[ \\t]*(?=\\r?\\n|$)`))
    .slice(1, -1)
    .map((part) => part.slice(/\r?\n\r?\n/.exec(part)?.index ?? 0).trim());
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
