import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { FrameLocator, Locator } from '@playwright/test';
import { manyPages } from '../builders/manyPages';
import { projectRoot } from '../workbench/paths';
import { expect, signIn, test } from './emulated';
import type { Workbench } from './pages/workbench';
import { pixelsOf } from './pixels';

const media = mkdtempSync(path.join(os.tmpdir(), 'fax-media-'));
cpSync(path.join(projectRoot, 'media/sample'), media, { recursive: true });
cpSync(path.join(projectRoot, 'test/fixtures/fax'), media, { recursive: true });
writeFileSync(
  path.join(media, 'many.tif'),
  manyPages(new Uint8Array(readFileSync(path.join(projectRoot, 'media/sample/fax-timber-quote.tif'))), 200),
);

test.use({ emulatorOptions: { messages: 0, mediaDirectory: media } });
test.afterAll(() => rmSync(media, { recursive: true, force: true }));

const faxes: Readonly<Record<string, string>> = {
  'Tess Text': 'text.pdf',
  'Many Pages': 'many.tif',
  'Dan Damaged': 'damaged.tif',
  'Tina Fine': 'fax-timber-quote.tif',
};

function delivery(name: string, file: string, index: number): Record<string, unknown> {
  const contentType = file.endsWith('.pdf') ? 'application/pdf' : 'image/tiff';
  return {
    type: 'Fax',
    from: { name, phoneNumber: `+1650555010${String(index)}` },
    attachments: [{ type: 'RenderedDocument', contentType, file, fileName: file }],
  };
}

async function open({ messages, webview }: Workbench, sender: string): Promise<void> {
  await messages.row(new RegExp(`^${sender}`)).expand();
  await messages.row(new RegExp(`, from ${sender}`)).click();
  await expect(webview.getByRole('heading', { name: sender, level: 1 })).toBeVisible();
}

function sheet(webview: FrameLocator, page: number): Locator {
  return webview.getByRole('img', { name: new RegExp(`^Page ${String(page)} of `) });
}
