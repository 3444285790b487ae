/**
 * Builds media/icons.woff from the drawings in this folder: one glyph for each icon that package.json contributes, with the
 * character that it has there. Run by `npm run icons`. With --check it only says whether that file is the one there.
 */
import { createReadStream, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import svg2ttf from 'svg2ttf';
import { SVGIcons2SVGFontStream } from 'svgicons2svgfont';
import ttf2woff from 'ttf2woff';

/** Units of the font for each pixel of a drawing, so that whole pixels stay whole. */
const UNITS = 100;
const PIXELS = 16;

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const { contributes } = JSON.parse(readFileSync(path('../../package.json'), 'utf8'));

const stream = new SVGIcons2SVGFontStream({
  fontName: 'ringcentral-mailbox',
  fontHeight: UNITS * PIXELS,
  descent: 0,
  log: () => undefined,
});
const parts = [];
stream.on('data', (part) => parts.push(String(part)));
const ended = new Promise((resolve, reject) => {
  stream.on('end', resolve);
  stream.on('error', reject);
});
for (const [id, { default: glyph }] of Object.entries(contributes.icons)) {
  const name = id.replace(/^ringcentral-mailbox-/, '');
  const code = Number.parseInt(glyph.fontCharacter.slice(1), 16);
  const drawing = createReadStream(path(`${name}.svg`));
  drawing.metadata = { name, unicode: [String.fromCodePoint(code)] };
  stream.write(drawing);
}
stream.end();
await ended;

// The same drawings make the same file, whenever that is.
const { buffer } = svg2ttf(parts.join(''), {
  ts: 1,
  version: '1.0',
  description: 'Icons of Mailbox for RingCentral',
});
const font = Buffer.from(ttf2woff(Buffer.from(buffer)));
const file = path('../icons.woff');
if (!process.argv.includes('--check')) writeFileSync(file, font);
else if (!font.equals(readFileSync(file)))
  throw new Error('media/icons.woff is not built from the drawings: npm run icons');
