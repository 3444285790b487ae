import { describe, expect, test } from 'vitest';
import { formatOf, type ContentKind } from '../../../src/formats/mediaTypes';

/** What is decided by a type: how it is shown, the ending that it is saved under, and whether other programs may open it. */
function decided(contentType: string | undefined, fileName?: string): readonly unknown[] {
  const { kind, endings, isOpenable } = formatOf(contentType, fileName);
  return [kind, endings[0], isOpenable];
}

const KNOWN: readonly (readonly [ending: string, kind: ContentKind, types: readonly string[]])[] = [
  ['wav', 'audio', ['audio/wav', 'audio/x-wav', 'AUDIO/X-WAV', ' audio/wav ; codecs=1', 'audio/wave']],
  ['wav', 'audio', ['audio/vnd.wave', 'audio/x-pn-wav', 'audio/vnd.wave; codec=31', 'application/x-wav']],
  ['mp3', 'audio', ['audio/mpeg', 'audio/mpeg; charset=utf-8', 'audio/mp3', 'audio/x-mp3', 'audio/x-mpeg']],
  ['mp3', 'audio', ['audio/mpeg3', 'audio/x-mpeg-3', 'audio/mpga', 'audio/mpg', 'audio/mpeg, audio/mpeg']],
  ['m4a', 'audio', ['audio/mp4', 'audio/x-m4a', 'audio/m4a', 'audio/mp4a-latm']],
  ['aac', 'audio', ['audio/aac', 'audio/x-aac', 'audio/aacp']],
  ['ogg', 'audio', ['audio/ogg', 'application/ogg', 'audio/opus', 'audio/x-vorbis']],
  ['amr', 'audio', ['audio/amr', 'audio/AMR-NB', 'application/amr']],
  ['awb', 'audio', ['audio/amr-wb', 'audio/AMR-WB']],
  ['3gp', 'audio', ['audio/3gpp', 'audio/3gp']],
  ['gsm', 'audio', ['audio/gsm', 'audio/x-gsm']],
  ['aif', 'audio', ['audio/aiff', 'audio/x-aiff']],
  ['au', 'audio', ['audio/basic']],
  [
    'jpg',
    'image',
    ['image/jpeg', 'image/jpg', 'image/pjpeg', 'IMAGE/JPEG', 'application/jpg', 'x-image/x-jpeg'],
  ],
  ['png', 'image', ['image/png', 'image/x-png']],
  ['gif', 'image', ['image/gif']],
  ['webp', 'image', ['image/webp']],
  ['bmp', 'image', ['image/bmp', 'image/x-bmp', 'image/x-ms-bmp', 'image/x-windows-bmp']],
  ['heic', 'image', ['image/heic']],
  ['heif', 'image', ['image/heif']],
  ['tif', 'tiff', ['image/tiff', 'image/tif', 'image/x-tiff', 'image/x-tif', 'application/x-tiff']],
  ['mp4', 'video', ['video/mp4', 'video/mp4v-es', 'video/x-m4v', 'application/mp4']],
  ['mov', 'video', ['video/quicktime', 'video/mov']],
  ['3gp', 'video', ['video/3gpp', 'video/3gp', 'video/3gpp; codecs="samr"']],
  ['pdf', 'pdf', ['application/pdf', 'application/x-pdf', 'application/acrobat', 'application/vnd.pdf']],
  ['rtf', 'file', ['application/rtf', 'text/rtf', 'application/x-rtf', 'text/richtext']],
  ['vcf', 'vcard', ['text/vcard', 'text/x-vcard', 'text/directory', 'text/x-vCard; charset=utf-8']],
  ['ics', 'text', ['text/calendar', 'text/x-vcalendar']],
  ['csv', 'text', ['text/csv', 'application/csv', 'text/comma-separated-values']],
  ['txt', 'text', ['text/plain', 'text/plain; charset=iso-8859-1']],
  ['zip', 'file', ['application/zip', 'application/x-zip-compressed', 'application/x-zip']],
  ['gz', 'file', ['application/gzip', 'application/x-gzip']],
  ['doc', 'file', ['application/msword', 'application/vnd.ms-word', 'application/x-msword']],
  ['xls', 'file', ['application/vnd.ms-excel', 'application/excel', 'application/x-msexcel']],
  ['ppt', 'file', ['application/vnd.ms-powerpoint', 'application/powerpoint']],
  ['docx', 'file', ['application/vnd.openxmlformats-officedocument.wordprocessingml.document']],
  ['xlsx', 'file', ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet']],
  ['pptx', 'file', ['application/vnd.openxmlformats-officedocument.presentationml.presentation']],
];

test.each(KNOWN)(
  'the types of .%s files lead to the kind %s, however they are written: %j',
  (ending, kind, types) => {
    for (const type of types) expect(decided(type), type).toEqual([kind, ending, true]);
  },
);

test.each([
  'text/html',
  'TEXT/HTML; charset=utf-8',
  'application/xhtml+xml',
  'image/svg+xml',
  'image/svg',
  'text/xml',
  'application/javascript',
  'text/javascript',
  'application/x-msdownload',
  'application/vnd.microsoft.portable-executable',
  'application/x-sh',
  'application/x-ms-shortcut',
  'application/hta',
  'application/java-archive',
  'application/vnd.ms-word.document.macroEnabled.12',
  'application/vnd.ms-excel.sheet.macroEnabled.12',
  'application/x-apple-diskimage',
  'application/vnd.android.package-archive',
  'constructor/prototype',
  'audio/mpegurl',
])('%s gets no ending, and no other program is to open it', (type) => {
  expect(decided(type).slice(1)).toEqual([undefined, false]);
});

describe('a type that says nothing', () => {
  const types = [
    ...[undefined, '', ' ', ';', 'unknown', 'application/octet-stream', 'Application/Octet-Stream; name=x'],
    ...['binary/octet-stream', 'unknown/unknown', 'application/force-download', 'application/x-download'],
    ...['application/x-binary', 'application/unknown', '*/*'],
  ];

  test.each(types)('(%j) leaves it to the ending of the name', (type) => {
    expect(decided(type, 'Fax.TIF')).toEqual(['tiff', 'tif', true]);
    expect(decided(type, 'photo.of.us.jpeg')).toEqual(['image', 'jpg', true]);
    expect(decided(type, 'clip.3gp')).toEqual(['video', '3gp', true]);
    expect(decided(type, 'card.vcf')).toEqual(['vcard', 'vcf', true]);
    for (const name of ['no ending', 'setup.exe', 'page.html', 'drawing.svg', 'a.constructor', 'wav', ''])
      expect(decided(type, name), name).toEqual(['unknown', undefined, false]);
  });

  test('apart from its family leads to that', () => {
    expect(decided('audio/*')).toEqual(['audio', undefined, false]);
    expect(decided('audio/*', 'a.mp3')).toEqual(['audio', 'mp3', true]);
    expect(decided('image/unknown', 'a.exe')).toEqual(['image', undefined, false]);
  });
});

test('a type that is not known is of its family, and known by no ending', () => {
  expect(decided('audio/x-new')).toEqual(['audio', undefined, false]);
  expect(decided('text/new')).toEqual(['text', undefined, false]);
  expect(decided('application/new', 'a.mp3')).toEqual(['file', undefined, false]);
});

test('a player is asked about the name that browsers know', () => {
  const asked = (type: string): string => formatOf(type).playerType;
  expect(['audio/x-wav', 'video/quicktime', 'video/3gp', 'audio/x-new', ''].map(asked)).toEqual([
    'audio/wav',
    'video/mp4',
    'video/3gpp',
    'audio/new',
    '',
  ]);
});
