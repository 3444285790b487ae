import { decodeText } from '../util/decodeText';

/**
 * Rewrites vCard 2.1, which phones still send and ical.js cannot read, as vCard 3.0: parameters without names get the
 * name TYPE, quoted-printable values are decoded, commas (no separators in 2.1) are escaped. Other versions come back
 * as they are.
 */
export function modernizeVcard(text: string): string {
  if (!/^VERSION:2\.1\s*$/im.test(text)) return text;
  return unfold(text)
    .filter((line) => line.trim() !== '')
    .map(modernizeLine)
    .join('\r\n');
}

/**
 * Lines as they were before they were folded, by a leading space or by a quoted-printable soft break. Each is put together
 * once: a picture has ten thousands of parts.
 */
function unfold(text: string): string[] {
  const lines: string[][] = [];
  let isQuotedPrintable = false;
  let soft = false;
  for (const part of text.split(/\r\n|\r|\n/)) {
    const current = lines.at(-1);
    if (current && (soft || /^[ \t]/.test(part))) {
      if (soft) current[current.length - 1] = (current.at(-1) ?? '').slice(0, -1);
      current.push(soft ? part : part.slice(1));
    } else {
      lines.push([part]);
      const colon = part.indexOf(':');
      isQuotedPrintable = colon > 0 && /QUOTED-PRINTABLE/i.test(part.slice(0, colon));
    }
    soft = isQuotedPrintable && part.endsWith('=');
  }
  return lines.map((parts) => parts.join(''));
}

function modernizeLine(line: string): string {
  const colon = line.indexOf(':');
  if (colon < 0) return line;
  const [name = '', ...parameters] = line.slice(0, colon).split(';');
  const value = line.slice(colon + 1);
  if (name.toUpperCase() === 'VERSION') return 'VERSION:3.0';
  const kept: string[] = [];
  let charset = 'utf-8';
  let quoted = false;
  for (const parameter of parameters) {
    const [key = '', setting] = parameter.split('=');
    const encoding = (setting ?? key).toUpperCase();
    if (encoding === 'QUOTED-PRINTABLE') quoted = true;
    else if (encoding === 'BASE64' || encoding === 'B') kept.push('ENCODING=b');
    else if (key.toUpperCase() === 'CHARSET') charset = setting ?? charset;
    else if (setting === undefined) kept.push(`TYPE=${key}`);
    else kept.push(parameter);
  }
  const decoded = quoted ? decodeQuotedPrintable(value, charset) : value;
  const escaped = decoded.replace(/\r\n|\r|\n/g, '\\n').replace(/(?<!\\),/g, '\\,');
  return `${[name, ...kept].join(';')}:${escaped}`;
}

function decodeQuotedPrintable(value: string, charset: string): string {
  const encoder = new TextEncoder();
  const bytes = [...value.matchAll(/=([\dA-F]{2})|[^=]+|=/gi)].flatMap(([part, hex]) =>
    hex === undefined ? [...encoder.encode(part)] : [parseInt(hex, 16)],
  );
  return decodeText(Uint8Array.from(bytes), `text/plain; charset=${charset}`);
}
