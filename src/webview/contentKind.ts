import { decodeText } from '../util/decodeText';
import { lookUp } from '../util/lookUp';

/** Bytes: what begins a contact card has twenty-eight in UTF-16, and may be indented. */
const HEAD = 64;

/** How an attachment is shown. `unknown` must be looked into first; `file` can only be saved or opened elsewhere. */
export type ContentKind =
  | 'audio'
  | 'video'
  | 'image'
  | 'pdf'
  | 'tiff'
  | 'vcard'
  | 'text'
  | 'file'
  | 'unknown';

const BY_EXTENSION: Readonly<Record<string, ContentKind>> = {
  '3ga': 'audio',
  aac: 'audio',
  amr: 'audio',
  flac: 'audio',
  gsm: 'audio',
  m4a: 'audio',
  mp3: 'audio',
  oga: 'audio',
  ogg: 'audio',
  opus: 'audio',
  wav: 'audio',
  '3gp': 'video',
  m4v: 'video',
  mov: 'video',
  mp4: 'video',
  mpeg: 'video',
  mpg: 'video',
  webm: 'video',
  bmp: 'image',
  gif: 'image',
  jpeg: 'image',
  jpg: 'image',
  png: 'image',
  webp: 'image',
  pdf: 'pdf',
  tif: 'tiff',
  tiff: 'tiff',
  vcard: 'vcard',
  vcf: 'vcard',
  csv: 'text',
  log: 'text',
  txt: 'text',
};

/** The media type without its parameters, in small letters. */
export function mediaType(contentType: string | undefined): string {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** What the record says of an attachment, before its bytes are there. */
export function declaredKind(contentType: string | undefined, fileName: string): ContentKind {
  const type = mediaType(contentType);
  switch (type) {
    case '':
    case 'application/octet-stream':
    case 'binary/octet-stream':
      return lookUp(BY_EXTENSION, /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '') ?? 'unknown';
    case 'application/pdf':
    case 'application/x-pdf':
      return 'pdf';
    case 'image/tiff':
    case 'image/tif':
    case 'image/x-tiff':
      return 'tiff';
    case 'text/vcard':
    case 'text/x-vcard':
    case 'text/directory':
      return 'vcard';
    // A drawing of a few bytes can take for ever to be drawn.
    case 'image/svg+xml':
    case 'text/rtf':
      return 'file';
  }
  const family = type.split('/', 1)[0];
  if (family === 'audio' || family === 'video' || family === 'image' || family === 'text') return family;
  return 'file';
}

/** The bytes by which formats are known. */
export async function headOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.slice(0, HEAD).arrayBuffer());
}

/**
 * What an attachment is, now that its bytes are there: servers call a TIFF a PDF, and the other way round.
 * @param bytes its head, or more
 */
export function contentKind(
  contentType: string | undefined,
  fileName: string,
  bytes: Uint8Array,
): ContentKind {
  const declared = declaredKind(contentType, fileName);
  // Containers of sound and pictures look alike, and the player tells them apart by itself.
  if (declared === 'audio' || declared === 'video') return declared;
  const found = signatureKind(bytes) ?? declared;
  return found === 'unknown' ? 'file' : found;
}

/**
 * The media type of a picture in a format that can hold moving ones, whatever its record says.
 * @param bytes its head, or more
 */
export function movingType(bytes: Uint8Array): string | undefined {
  const head = beginningOf(bytes);
  if (/^GIF8[79]a/.test(head)) return 'image/gif';
  if (head.startsWith('\x89PNG\r\n')) return 'image/png';
  if (/^RIFF....WEBP/s.test(head)) return 'image/webp';
  return /^....ftypavis/s.test(head) ? 'image/avif' : undefined;
}

function beginningOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 12));
}

function signatureKind(bytes: Uint8Array): ContentKind | undefined {
  const head = beginningOf(bytes);
  if (head.startsWith('%PDF-')) return 'pdf';
  if (head.startsWith('II*\0') || head.startsWith('MM\0*')) return 'tiff';
  if (movingType(bytes) !== undefined || head.startsWith('\xff\xd8\xff')) return 'image';
  if (/^(?:RIFF....WAVE|ID3|OggS|fLaC|#!AMR|....ftypM4A)/s.test(head)) return 'audio';
  if (/^....ftyp(?:isom|iso2|mp4|avc1|3gp|qt {2}|M4V)/s.test(head)) return 'video';
  return /^\s*BEGIN:VCARD/i.test(decodeText(bytes.subarray(0, HEAD))) ? 'vcard' : undefined;
}

/** Other names of what browsers know by one. */
const PLAYER_NAMES: Readonly<Record<string, string>> = {
  'audio/vnd.wave': 'audio/wav',
  'audio/wave': 'audio/wav',
  'audio/x-pn-wav': 'audio/wav',
  'video/3gp': 'video/3gpp',
  'video/quicktime': 'video/mp4',
};

/** The media type under the name that a browser's `canPlayType` understands. */
export function playerType(contentType: string | undefined): string {
  const type = mediaType(contentType);
  return PLAYER_NAMES[type] ?? type;
}
