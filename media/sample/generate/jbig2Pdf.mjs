// Packs black and white pages (binary PBM) into a letter-size PDF of JBIG2 pages, because no Debian package does.
// Usage: node jbig2Pdf.mjs OUT.pdf PAGE.pbm …
import { readFileSync, writeFileSync } from 'node:fs';
import { encodeJbig2 } from './jbig2.mjs';

const [out, ...inputs] = process.argv.slice(2);

function readPage(path) {
  const file = readFileSync(path);
  const header = /^P4\s+(\d+)\s+(\d+)\s/.exec(file.toString('latin1', 0, 64));
  if (!header) throw new Error(`${path}: not a binary PBM file`);
  const width = Number(header[1]);
  const height = Number(header[2]);
  const stride = Math.ceil(width / 8);
  const black = (x, y) =>
    x < 0 || x >= width || y < 0 ? 0 : (file[header[0].length + y * stride + (x >> 3)] >> (7 - (x & 7))) & 1;
  return { width, height, black };
}

const objects = [];
function add(dictionary, stream) {
  const text = stream ? `<< ${dictionary} /Length ${stream.length} >>\nstream\n` : `<< ${dictionary} >>`;
  objects.push(Buffer.concat([Buffer.from(text), ...(stream ? [stream, Buffer.from('\nendstream')] : [])]));
}

add('/Type /Catalog /Pages 2 0 R');
const kids = inputs.map((_, index) => `${3 + 3 * index} 0 R`).join(' ');
add(`/Type /Pages /Count ${inputs.length} /Kids [${kids}]`);
for (const page of inputs.map(readPage)) {
  const number = objects.length + 1;
  add(
    `/Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${number + 1} 0 R ` +
      `/Resources << /XObject << /Scan ${number + 2} 0 R >> >>`,
  );
  add('', Buffer.from('612 0 0 792 0 0 cm /Scan Do'));
  add(
    `/Type /XObject /Subtype /Image /Width ${page.width} /Height ${page.height} /BitsPerComponent 1 ` +
      '/ColorSpace /DeviceGray /Filter /JBIG2Decode',
    encodeJbig2(page),
  );
}

const parts = [];
let length = 0;
function write(part) {
  parts.push(part);
  length += part.length;
}
write(Buffer.from('%PDF-1.5\n%\xe2\xe3\xcf\xd3\n', 'latin1'));
const offsets = objects.map((object, index) => {
  const offset = length;
  write(Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]));
  return offset;
});
const size = objects.length + 1;
const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
const trailer = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`;
write(Buffer.from(`xref\n0 ${size}\n0000000000 65535 f \n${entries}${trailer}`));
writeFileSync(out, Buffer.concat(parts));
