import { describe, expect, it } from 'vitest';
import { attachmentFileName, FreeNames } from '../../../src/mailbox/attachmentFileName';
import { aMessage } from '../../builders/message';

describe('the file name of an attachment', () => {
  const name = (fileName: string, contentType?: string): string =>
    attachmentFileName(aMessage({ id: '42' }), { id: '1', fileName, ...(contentType && { contentType }) });

  it.each([
    ['plan.pdf', 'plan.pdf'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['C:\\Windows\\evil.exe', 'C__Windows_evil.exe'],
    ['.bashrc', 'bashrc'],
    ['a\u0000b\n.txt', 'ab.txt'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['résumé 履歴書.pdf', 'résumé 履歴書.pdf'],
  ])('is a plain file name for %j', (claimed, expected) => {
    expect(name(claimed)).toBe(expected);
  });

  it('keeps its extension when it is shortened', () => {
    const long = name(`${'a'.repeat(300)}.pdf`);
    expect(long.length).toBeLessThanOrEqual(120);
    expect(long).toMatch(/^a+\.pdf$/);
  });

  it('stays below the number of bytes that file systems allow, and cuts no character in two', () => {
    const long = name(`${'履😀'.repeat(100)}.pdf`);
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(200);
    expect(long).toMatch(/^(?:履😀)+履?\.pdf$/u);
  });

  it('gets an extension by content type if it has none', () => {
    expect(name('scan', 'image/tiff')).toMatch(/^scan\.tiff?$/);
  });

  it('says what it is, of whom and when if the server has no name for it', () => {
    const voicemail = aMessage({ type: 'VoiceMail', creationTime: '2026-06-17T10:05:00.000Z' });
    expect(attachmentFileName(voicemail, { id: '1', contentType: 'audio/mpeg' })).toMatch(
      /^VoiceMail Ada Park 2026-06-17 1005\.mp3$/,
    );
  });

  it.each(['con', '..', '', '\u202E', '///'])('is never empty or reserved, even for %j', (claimed) => {
    const result = attachmentFileName(
      { id: '42', availability: 'Alive', to: [], attachments: [] },
      { id: '1', fileName: claimed },
    );
    expect(result).toMatch(/[\p{L}\d_-]{2,}/u);
    expect(result.toLowerCase()).not.toBe('con');
  });
});

describe('unique file names', () => {
  it('are numbered when the name is taken, whatever its case or Unicode form', () => {
    const names = new FreeNames(['Plan.pdf', 'plan (2).PDF']);
    expect(['plan.pdf', 'other.pdf', 'PLAN.pdf', 'plan'].map((name) => names.take(name))).toEqual([
      'plan (3).pdf',
      'other.pdf',
      'PLAN (4).pdf',
      'plan',
    ]);
    const accents = new FreeNames(['re\u0301sume\u0301']);
    expect(accents.take('r\u00e9sum\u00e9')).toBe('r\u00e9sum\u00e9 (2)');
  });
});
