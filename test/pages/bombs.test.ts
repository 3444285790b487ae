import { copyFileSync, readdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { pngOf } from '../builders/png';
import { mediaFolder } from '../e2e/mediaFolder';
import { projectRoot } from '../workbench/paths';
import { expect, test } from './fixtures';

const bombs = path.join(projectRoot, 'test/fixtures/bombs');
const media = mediaFolder('bombs');
for (const name of readdirSync(bombs)) copyFileSync(path.join(bombs, name), path.join(media, name));
writeFileSync(path.join(media, 'pages.pdf'), manyPagesPdf(100_000));
writeFileSync(path.join(media, 'picture.pdf'), hugePicturePdf());
writeFileSync(path.join(media, 'picture.png'), hugePng());

test.use({ emulatorOptions: { messages: 0, mediaDirectory: media } });

/** A PDF that names one page so many times. */
function manyPagesPdf(count: number): string {
  return pdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${count} /Kids [${'3 0 R '.repeat(count)}] >>`,
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>',
  ]);
}

/** A PDF whose only page shows a picture of ten gigapixels of which there are no data. */
function hugePicturePdf(): string {
  const drawing = 'q 200 0 0 200 0 0 cm /P Do Q';
  return pdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Resources << /XObject << /P 5 0 R >> >> >>',
    `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
    '<< /Type /XObject /Subtype /Image /Width 100000 /Height 100000 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 0 >>\nstream\n\nendstream',
  ]);
}

/** A PNG of 144 megapixels, black, in some kilobytes. */
function hugePng(): Buffer {
  const side = 12_000;
  return pngOf({ width: side, height: side, bits: 1, colours: 0 }, Buffer.alloc((side / 8 + 1) * side));
}

function pdf(objects: readonly string[]): string {
  let text = '%PDF-1.4\n';
  const places = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`;
  return `${text}${table}trailer\n<< /Root 1 0 R /Size ${objects.length + 1} >>\nstartxref\n${text.length}\n%%EOF\n`;
}

for (const [file, sentence] of [
  ...readdirSync(bombs).map((name) => [name, 'Page 1 needs too much memory or time']),
  ['picture.png', 'This file needs too much memory or time'],
  ['pages.pdf', 'This file needs too much memory or time'],
] as const) {
  test(`${file} is not shown, and the page says why`, async ({ editor, admin }) => {
    const types = { pdf: 'application/pdf', tif: 'image/tiff', png: 'image/png' } as const;
    const contentType = types[file.slice(-3) as keyof typeof types];
    await admin.deliver({
      type: 'Fax',
      from: { name: 'Fay Fax' },
      attachments: [{ type: 'RenderedDocument', contentType, file, fileName: file }],
    });
    await editor.signIn();
    await editor.openMessage('Fay Fax');
    await expect(editor.webview.getByText(sentence)).toBeVisible();
  });
}

test('a PDF shows the rest of a page whose picture is too large', async ({ editor, admin }) => {
  await admin.deliver({
    type: 'Fax',
    from: { name: 'Fay Fax' },
    attachments: [
      {
        type: 'RenderedDocument',
        contentType: 'application/pdf',
        file: 'picture.pdf',
        fileName: 'picture.pdf',
      },
    ],
  });
  await editor.signIn();
  await editor.openMessage('Fay Fax');
  await expect(editor.webview.getByRole('img', { name: 'Page 1 of 1' })).toBeVisible();
});
