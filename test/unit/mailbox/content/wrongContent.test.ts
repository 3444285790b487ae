import { describe, expect, it } from 'vitest';
import { rejection } from '../../api/fakes';
import { filesIn, openContents, textOf } from './contents';

const PAGE = `<!DOCTYPE html><html><title>Sign in to the network</title>${'<p>Welcome.'.repeat(100)}</html>`;
const DATA = '<?xml version="1.0"?><Error><Code>SlowDown</Code></Error>';

describe('a page in place of a file', () => {
  it('that is passed off as one is refused, is not kept, and gives way to the file at the next try', async () => {
    for (const limit of [1_000_000, 0]) {
      const opened = await openContents({ limit });
      const source = await opened.attach('sound', { contentType: 'audio/x-wav' });
      for (const [body, found] of [
        [PAGE, 'page'],
        [DATA, 'data'],
      ] as const) {
        const headers = { 'content-type': 'audio/x-wav' };
        await opened.admin.fail({ kind: 'error', status: 200, headers, body, path: '/content/' });
        expect(await rejection(opened.contents.read(source))).toMatchObject({
          kind: 'wrongContent',
          expected: 'audio',
          found,
        });
        expect(limit > 0 ? filesIn(opened.folder) : []).toEqual([]);
      }
      expect(await textOf(opened.contents, source)).toBe('sound');
    }
  });

  it('is looked for wherever a file of the type, or of the name, cannot be one', async () => {
    const opened = await openContents();
    for (const [contentType, fileName, expected] of [
      ['VIDEO/3GP', 'a', 'video'],
      ['image/jpg', 'a', 'image'],
      ['image/x-tiff', 'a', 'tiff'],
      ['application/x-pdf; version=1', 'a', 'pdf'],
      ['text/directory', 'a', 'vcard'],
      ['application/octet-stream', 'fax.tif', 'tiff'],
      ['audio/new', 'a', 'audio'],
      ['image/*', 'a', 'image'],
      ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'a', 'file'],
      ['application/x-zip-compressed', 'a', 'file'],
      ['', 'a.7z', 'file'],
    ] as const) {
      const source = await opened.attach(PAGE, { contentType, fileName });
      expect(await rejection(opened.contents.read(source)), contentType).toMatchObject({ expected });
    }
  });

  it('is looked for in what is a recording or a fax by its part in the message, whatever its type', async () => {
    const opened = await openContents();
    const parts = { AudioRecording: 'audio', RenderedDocument: 'pdf' } as const;
    for (const [type, expected] of Object.entries(parts))
      for (const contentType of [undefined, '', 'application/octet-stream', 'audio/new', 'application/new'])
        for (const body of [PAGE, DATA]) {
          const source = await opened.attach(body, { type, contentType });
          const error = await rejection(opened.contents.read(source));
          expect(error, `${type} ${String(contentType)}`).toMatchObject({ kind: 'wrongContent', expected });
        }
  });

  it('is found behind kilobytes of empty lines', async () => {
    const opened = await openContents();
    const source = await opened.attach('\r\n'.repeat(1500) + PAGE, { contentType: 'audio/x-wav' });
    expect(await rejection(opened.contents.read(source))).toMatchObject({ found: 'page' });
  });

  it('is a file like any other where it was to be expected', async () => {
    const opened = await openContents();
    for (const contentType of ['text/html', 'text/plain', 'image/svg+xml', 'audio/new', 'application/xml']) {
      const source = await opened.attach(DATA, { contentType });
      expect(await textOf(opened.contents, source), contentType).toBe(DATA);
    }
    for (const [type, contentType] of [
      ['MmsAttachment', 'application/octet-stream'],
      ['MmsAttachment', 'application/new'],
      ['MmsAttachment', 'image/svg+xml'],
      ['SourceDocument', 'application/vnd.ms-excel'],
      ['RenderedDocument', 'text/html'],
    ] as const) {
      const source = await opened.attach(PAGE, { type, contentType, fileName: 'a' });
      expect(await textOf(opened.contents, source), contentType).toBe(PAGE);
    }
  });
});

describe('the format of an attachment', () => {
  it('is taken from its first bytes only if neither its type nor its name tells it', async () => {
    const opened = await openContents();
    const format = async (contentType: string, fileName: string): Promise<string | undefined> => {
      const source = await opened.attach('%PDF-1.4\nand so on', { contentType, fileName });
      await opened.contentRequests();
      return (await opened.contents.format(source)).endings[0];
    };
    expect(await format('audio/x-wav', 'a')).toBe('wav');
    expect(await format('application/octet-stream', 'a.doc')).toBe('doc');
    expect(await opened.contentRequests()).toEqual([]);
    expect(await format('application/octet-stream', 'a')).toBe('pdf');
    expect(await opened.contentRequests()).toHaveLength(1);
  });
});
