import { describe, expect, test } from 'vitest';
import { markupIn } from '../../../src/formats/markup';
import { formatOf } from '../../../src/formats/mediaTypes';
import { actualFormat, formatOfBytes, movingType } from '../../../src/formats/signatures';

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const foundIn = (head: string): string | undefined => formatOfBytes(latin1(head))?.type;
const actual = (type: string | undefined, name: string, head: string): string =>
  actualFormat(formatOf(type, name), latin1(head)).type;

test.each([
  ['%PDF-1.4\n', 'application/pdf'],
  ['II*\0\x08\0\0\0', 'image/tiff'],
  ['MM\0*\0\0\0\x08', 'image/tiff'],
  ['\xff\xd8\xff\xe0', 'image/jpeg'],
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['GIF89a', 'image/gif'],
  ['RIFF\x10\0\0\0WEBP', 'image/webp'],
  ['BM\x36\x10\0\0\0\0\0\0', 'image/bmp'],
  ['\0\0\0\x20ftypavif', 'image/avif'],
  ['\0\0\0\x20ftypheic', 'image/heic'],
  ['\0\0\0\x20ftypmif1', 'image/heif'],
  ['RIFF\xff\xff\xff\xffWAVE', 'audio/wav'],
  ['#!AMR\n', 'audio/amr'],
  ['#!AMR-WB\n', 'audio/amr-wb'],
  ['OggS\0', 'audio/ogg'],
  ['fLaC\0', 'audio/flac'],
  ['FORM\0\0\0\0AIFF', 'audio/aiff'],
  ['ID3\x03\0\0', 'audio/mpeg'],
  ['\xff\xfb\x90\x44', 'audio/mpeg'],
  ['\xff\xf3\x18\xc4', 'audio/mpeg'],
  ['\xff\xe3\x18\xc4', 'audio/mpeg'],
  ['\xff\xf1\x50\x80', 'audio/aac'],
  ['\0\0\0\x18ftypM4A ', 'audio/mp4'],
  ['\0\0\0\x18ftypisom', 'video/mp4'],
  ['\0\0\0\x18ftyp3gp4', 'video/3gpp'],
  ['\0\0\0\x14ftypqt  ', 'video/quicktime'],
  ['\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm', 'video/webm'],
  ['{\\rtf1', 'application/rtf'],
  ['\xef\xbb\xbfBEGIN:VCARD', 'text/vcard'],
  ['begin:vcard', 'text/vcard'],
  ['BEGIN:VCALENDAR', 'text/calendar'],
  ['PK\x03\x04', 'application/zip'],
  ['\x1f\x8b\x08', 'application/gzip'],
  ['', undefined],
  ['MZ\x90\0', undefined],
  ['#!/bin/sh', undefined],
  ['<svg xmlns="', undefined],
  ['\xff\xfeB\0', undefined],
  ['BM Systems is', undefined],
])('a file that begins with %j is of the type %s', (head, type) => {
  expect(foundIn(head)).toBe(type);
});

describe('what a file is', () => {
  test('is what its bytes say, if the record calls a TIFF a PDF or a PDF a recording', () => {
    expect(actual('application/pdf', 'fax.pdf', 'II*\0rest')).toBe('image/tiff');
    expect(actual('audio/mpeg', 'a.mp3', '%PDF-1.7')).toBe('application/pdf');
    expect(actual(undefined, 'scan.doc', '%PDF-1.7')).toBe('application/pdf');
  });

  test('is what the record says, where the bytes can be a sound or a video', () => {
    expect(actual('audio/mp4', 'a', '\0\0\0\x18ftypisom')).toBe('audio/mp4');
    expect(actual('video/3gpp', 'a', '\0\0\0\x18ftypM4A ')).toBe('video/3gpp');
  });

  test('is what the record says, where files of that are packed in another format', () => {
    expect(actual(undefined, 'letter.docx', 'PK\x03\x04')).toMatch(/wordprocessingml/);
    expect(actual('application/msword', 'a', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')).toBe('application/msword');
    expect(actual(undefined, 'letter', 'PK\x03\x04')).toBe('application/zip');
  });

  test('is never a page or a program because its bytes are', () => {
    for (const head of ['<!DOCTYPE html>', '<svg ', 'MZ\x90\0', '\x7fELF', '#!/bin/sh'])
      expect(actual(undefined, 'x', head)).toBe('');
  });
});

test('movingType recognizes GIF, PNG and WebP by their bytes', () => {
  expect(movingType(latin1('GIF87a'))).toBe('image/gif');
  expect(movingType(latin1('\x89PNG\r\n\x1a\n'))).toBe('image/png');
  expect(movingType(latin1('RIFF\x10\0\0\0WEBP'))).toBe('image/webp');
  expect(movingType(latin1('\xff\xd8\xff\xe0'))).toBeUndefined();
});

describe('markupIn', () => {
  test.each([
    '<!DOCTYPE html>\n<html>',
    '\xef\xbb\xbf\r\n <!doctype HTML PUBLIC',
    '<html lang="en">',
    '<HEAD><TITLE>Sign in',
    '<!-- portal --><html>',
    '<script>location="/login"</script>',
    '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0">',
    '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">',
    '\xff\xfe<\0h\0t\0m\0l\0>\0',
  ])('recognizes a page: %j', (head) => {
    expect(markupIn(latin1(head))).toBe('page');
  });

  test.each([
    '{"errorCode":"CMN-102"}',
    '{\n  "message": "Not found"\n}',
    '{}',
    '[{"errorCode":"CMN-102"}]',
    '[ { "message": "Not found" } ]',
    '["Not found"]',
    '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code>',
    '<Error><Code>NoSuchKey</Code></Error>',
  ])('recognizes an answer for programs: %j', (head) => {
    expect(markupIn(latin1(head))).toBe('data');
  });

  test.each([
    '',
    'Not found',
    '%PDF-1.4\n<html>',
    'BEGIN:VCARD\r\nNOTE:<html>',
    'RIFF\x10\0\0\0WAVEfmt ',
    'ID3\x03\0\0\0\0\0\0<html>',
    '\xff\xfb\x90\x44',
    '{\x7b\x01\x02"',
    '<h\0t\x01ml>',
    '{\\rtf1',
    'I <3 you',
    '[draft] "Hello"',
  ])('takes nothing else for it: %j', (head) => {
    expect(markupIn(latin1(head))).toBeUndefined();
  });

  test('recognizes a page behind empty lines, and whatever is far below', () => {
    expect(markupIn(latin1(`${'\r\n \t'.repeat(900)}<html>`))).toBe('page');
    expect(markupIn(latin1(`<!doctype html>${'<p>Welcome.'.repeat(100)}\x01`))).toBe('page');
  });

  test('looks at the beginning alone, in time that does not grow with tags', () => {
    expect(markupIn(latin1(`<?xml ${'<'.repeat(500)}`))).toBe('data');
  });
});
