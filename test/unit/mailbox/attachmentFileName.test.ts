import { describe, expect, it } from 'vitest';
import { formatOf } from '../../../src/formats/mediaTypes';
import {
  attachmentFileName,
  FreeNames,
  lacksEnding,
  programFileName,
} from '../../../src/mailbox/attachmentFileName';
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

  it.each([
    ['', 'audio/x-wav', 'message-42.wav'],
    ['Voicemail 10.30', 'AUDIO/MPEG; charset=utf-8', 'Voicemail 10.30.mp3'],
    ['Fax 2026.06', 'application/x-pdf', 'Fax 2026.06.pdf'],
    ['card', 'text/directory', 'card.vcf'],
    ['clip', 'video/quicktime', 'clip.mov'],
    ['page', 'text/html', 'page'],
    ['drawing', 'image/svg+xml', 'drawing'],
    ['tool', 'text/javascript', 'tool'],
    ['photo.JPG', 'image/jpg', 'photo.JPG'],
    ['photo.exe', 'image/jpeg', 'photo.exe'],
  ])('of %j with the type %s is %j', (claimed, type, expected) => {
    const message = { id: '42', availability: 'Alive', to: [], attachments: [] } as const;
    expect(attachmentFileName(message, { id: '1', fileName: claimed, contentType: type })).toBe(expected);
  });

  it.each([
    ['CON', '_CON'],
    ['con.txt', '_con.txt'],
    ['CON .txt', '_CON .txt'],
    ['NUL', '_NUL'],
    ['aux.', '_aux'],
    ['PRN ', '_PRN'],
    [' CON', '_CON'],
    ['..CON', '_CON'],
    ['. aux. .', '_aux'],
    ['CON.tar.gz', '_CON.tar.gz'],
    ['LPT9.txt', '_LPT9.txt'],
    ['com0', '_com0'],
    ['COM\u00b9', '_COM\u00b9'],
    ['com\u00b2.log', '_com\u00b2.log'],
    ['LPT\u00b3', '_LPT\u00b3'],
    ['CONIN$', '_CONIN$'],
    ['conout$.txt', '_conout$.txt'],
    ['CLOCK$', '_CLOCK$'],
    ['C\u200bO\u202eN.txt', '_CON.txt'],
    ['N\ufe0fUL', '_NUL'],
    ['\uff23\uff2f\uff2e.txt', '_\uff23\uff2f\uff2e.txt'],
    ['con\u3000.txt', '_con .txt'],
    ['Contract.pdf', 'Contract.pdf'],
    ['console', 'console'],
    ['auxiliary.txt', 'auxiliary.txt'],
    ['COM10.txt', 'COM10.txt'],
    ['my CON.txt', 'my CON.txt'],
  ])('names no device of Windows, on any system: %j is %j', (claimed, expected) => {
    expect(name(claimed)).toBe(expected);
  });

  it.each([
    ['plan.pdf.', 'plan.pdf'],
    ['plan.pdf. . ', 'plan.pdf'],
    ['  plan.pdf  ', 'plan.pdf'],
    ['plan.pdf\u00a0\u2003', 'plan.pdf'],
    ['invoice.pdf                                                  .exe', 'invoice.pdf .exe'],
    ['a\u2028b\u00a0c.txt', 'a b c.txt'],
    ['a\u3164\u115f\u2800.txt', 'a.txt'],
  ])('has no dots and spaces at its ends, and nothing unseen: %j is %j', (claimed, expected) => {
    expect(name(claimed)).toBe(expected);
  });

  it.each(['...', ' . . ', '\u00a0', '\u200b.\u200b', '_', '\u3164'])(
    'is made of the message where %j names nothing',
    (claimed) => {
      const message = { id: '42', availability: 'Alive', to: [], attachments: [] } as const;
      expect(attachmentFileName(message, { id: '1', fileName: claimed })).toBe('message-42');
    },
  );

  it('is shortened in time that does not grow faster than the name, whatever it is made of', () => {
    for (const unit of ['.', ' ', '. ', '\u00a0', '\u202e', 'CON.', '/', '\ud800'])
      expect(name(`x${unit.repeat(1_000_000)}.pdf`)).toMatch(/^x.{0,116}\.pdf$/);
  });

  it('is looked up in the bytes only where neither the type nor the name tells anything', () => {
    expect(lacksEnding({ id: '1' })).toBe(true);
    expect(lacksEnding({ id: '1', contentType: 'audio/*' })).toBe(true);
    expect(lacksEnding({ id: '1', contentType: 'application/octet-stream', fileName: 'scan' })).toBe(true);
    expect(lacksEnding({ id: '1', contentType: 'application/octet-stream', fileName: 'scan.xyz' })).toBe(
      false,
    );
    expect(lacksEnding({ id: '1', contentType: 'audio/x-wav' })).toBe(false);
    expect(attachmentFileName(aMessage({}), { id: '1', fileName: 'scan' }, formatOf('image/tiff'))).toBe(
      'scan.tif',
    );
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

describe('the file name for another program', () => {
  const program = (fileName: string, contentType?: string, found?: string): string | undefined =>
    programFileName(
      aMessage({ id: '42' }),
      { id: '1', fileName, ...(contentType && { contentType }) },
      found === undefined ? undefined : formatOf(found),
    );

  it.each([
    ['vm.wav', 'audio/x-wav', 'vm.wav'],
    ['vm', 'audio/vnd.wave', 'vm.wav'],
    ['a.mpga', 'audio/mpeg; charset=utf-8', 'a.mpga'],
    ['photo.JPEG', 'image/jpg', 'photo.JPEG'],
    ['scan.TIFF', 'image/x-tiff', 'scan.TIFF'],
    ['letter.doc', 'application/msword', 'letter.doc'],
    ['song.mp3', undefined, 'song.mp3'],
    ['song.mp3', 'application/octet-stream', 'song.mp3'],
    ['song.mp3. .', undefined, 'song.mp3'],
    ['song.\u202emp3', undefined, 'song.mp3'],
  ])('of %j with the type %s is %s', (fileName, type, expected) => {
    expect(program(fileName, type)).toBe(expected);
  });

  it.each([
    ['song.exe', 'audio/mpeg', 'song.exe.mp3'],
    ['song.mp3.scr', 'audio/x-wav', 'song.mp3.scr.wav'],
    ['macro.docm', 'application/msword', 'macro.docm.doc'],
    ['page.html', 'text/plain', 'page.html.txt'],
    ['picture.svg', 'image/png', 'picture.svg.png'],
  ])('ends as its type says, whatever the sender called it: %j of %s is %s', (fileName, type, expected) => {
    expect(program(fileName, type)).toBe(expected);
  });

  it.each([
    ['a.exe', 'application/x-msdownload'],
    ['a.exe', undefined],
    ['a.html', 'text/html'],
    ['a.html', 'application/octet-stream'],
    ['a.svg', 'image/svg+xml'],
    ['a.svg', undefined],
    ['a.docm', 'application/vnd.ms-word.document.macroEnabled.12'],
    ['a.docm', 'application/octet-stream'],
    ['a', undefined],
    ['a.mp3', 'application/new'],
  ])('is none for %j of the type %s, which should only be saved', (fileName, type) => {
    expect(program(fileName, type)).toBeUndefined();
  });

  it('ends as its bytes say if nothing else says anything', () => {
    expect(program('scan', undefined, 'image/tiff')).toBe('scan.tif');
    expect(program('scan.exe', 'application/octet-stream', 'image/tiff')).toBe('scan.exe.tif');
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
