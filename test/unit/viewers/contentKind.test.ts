import { describe, expect, test } from 'vitest';
import { formatOf } from '../../../src/formats/mediaTypes';
import { contentKind, declaredKind } from '../../../src/webview/contentKind';

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe('declaredKind', () => {
  test.each([
    ['audio/x-wav', 'a', 'audio'],
    ['image/tiff', 'a', 'tiff'],
    ['image/JPEG', 'a', 'image'],
    ['application/pdf', 'a', 'pdf'],
    ['video/3gpp', 'a', 'video'],
    ['text/plain; charset=utf-8', 'a', 'text'],
    ['text/x-vcard', 'a', 'vcard'],
    ['application/rtf', 'a', 'file'],
    ['text/rtf', 'a', 'file'],
    ['application/octet-stream', 'Fax.TIF', 'tiff'],
    [undefined, 'photo.jpeg', 'image'],
    [undefined, 'no extension', 'unknown'],
  ])('returns for the type %s and the name %s the kind %s', (type, name, kind) => {
    expect(declaredKind(type, name)).toBe(kind);
  });
});

describe('contentKind', () => {
  const kind = (type: string | undefined, name: string, head: string): string =>
    contentKind(formatOf(type, name), ascii(head));

  test('trusts the bytes if the record calls a TIFF a PDF or a PDF a TIFF', () => {
    expect(kind('application/pdf', 'fax.pdf', 'II*\0rest')).toBe('tiff');
    expect(kind('image/tiff', 'fax.tif', '%PDF-1.7')).toBe('pdf');
  });

  test.each([
    ['\x89PNG\r\n\x1a\n', 'image'],
    ['GIF89a', 'image'],
    ['II+\0\x08\0\0\0', 'tiff'],
    ['MM\0+\0\x08\0\0', 'tiff'],
    ['RIFF\x10\0\0\0WEBP', 'image'],
    ['RIFF\x10\0\0\0WAVE', 'audio'],
    ['#!AMR\n', 'audio'],
    ['\0\0\0\x18ftypisom', 'video'],
    ['\0\0\0\x18ftypM4A ', 'audio'],
    ['BEGIN:VCARD\r\nVERSION:3.0', 'vcard'],
    ['\xef\xbb\xbfBEGIN:VCARD\r\n', 'vcard'],
    ['\xff\xfeB E G I N : V C A R D \r \n '.replaceAll(' ', '\0'), 'vcard'],
    ['\n  begin:vcard\n', 'vcard'],
    ['anything', 'file'],
  ])('recognizes an undeclared file by its first bytes: %j', (head, expected) => {
    expect(kind(undefined, 'download', head)).toBe(expected);
  });

  test('trusts the record where the bytes can be a sound or a video', () => {
    expect(kind('audio/mp4', 'a', '\0\0\0\x18ftypisom')).toBe('audio');
  });
});
