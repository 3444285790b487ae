import { describe, expect, test } from 'vitest';
import { contentKind, declaredKind, movingType, playerType } from '../../../src/webview/contentKind';

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
  test('trusts the bytes if the record calls a TIFF a PDF or a PDF a TIFF', () => {
    expect(contentKind('application/pdf', 'fax.pdf', ascii('II*\0rest'))).toBe('tiff');
    expect(contentKind('image/tiff', 'fax.tif', ascii('%PDF-1.7'))).toBe('pdf');
  });

  test.each([
    ['\x89PNG\r\n\x1a\n', 'image'],
    ['GIF89a', 'image'],
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
  ])('recognizes an undeclared file by its first bytes: %j', (head, kind) => {
    expect(contentKind(undefined, 'download', ascii(head))).toBe(kind);
  });

  test('trusts the record where the bytes can be a sound or a video', () => {
    expect(contentKind('audio/mp4', 'a', ascii('\0\0\0\x18ftypisom'))).toBe('audio');
  });
});

test('movingType recognizes GIF, PNG and WebP by their bytes', () => {
  expect(movingType(ascii('GIF87a'))).toBe('image/gif');
  expect(movingType(ascii('\x89PNG\r\n\x1a\n'))).toBe('image/png');
  expect(movingType(ascii('RIFF\x10\0\0\0WEBP'))).toBe('image/webp');
  expect(movingType(ascii('\xff\xd8\xff\xe0'))).toBeUndefined();
});

test('playerType returns audio/wav for the types of wave audio that browsers do not know', () => {
  expect(playerType('audio/vnd.wave; codec=1')).toBe('audio/wav');
  expect(playerType('audio/amr')).toBe('audio/amr');
});
