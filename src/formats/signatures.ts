/* oxlint-disable no-control-regex -- formats begin with bytes, not with text */
import { decodeText } from '../util/decodeText';
import { formatNamed, type Format } from './mediaTypes';

/** Bytes at the beginning of a file that are enough to know it by. */
export const HEAD = 64;

/**
 * By what formats begin with, in ISO 8859-1. It is not the package file-type: that knows some hundred formats more than
 * people send, in forty times the code, and none of ours by another rule.
 */
const SIGNATURES: readonly (readonly [beginning: RegExp, type: string])[] = [
  [/^%PDF-/, 'application/pdf'],
  // The ones with a plus are BigTIFF.
  [/^(?:II[*+]\0|MM\0[*+])/, 'image/tiff'],
  [/^\xff\xd8\xff/, 'image/jpeg'],
  [/^\x89PNG\r\n/, 'image/png'],
  [/^GIF8[79]a/, 'image/gif'],
  [/^RIFF[^]{4}WEBP/, 'image/webp'],
  // Two bytes begin other things, too: the four that are kept for later use are 0.
  [/^BM[^]{4}\0{4}/, 'image/bmp'],
  [/^[^]{4}ftypavi[fs]/, 'image/avif'],
  [/^[^]{4}ftyphe(?:i[cmsx]|v[cmsx])/, 'image/heic'],
  [/^[^]{4}ftyp(?:mif1|msf1)/, 'image/heif'],
  [/^RIFF[^]{4}WAVE/, 'audio/wav'],
  [/^#!AMR-WB\n/, 'audio/amr-wb'],
  [/^#!AMR/, 'audio/amr'],
  [/^OggS/, 'audio/ogg'],
  [/^fLaC/, 'audio/flac'],
  [/^FORM[^]{4}AIF[FC]/, 'audio/aiff'],
  [/^\.snd/, 'audio/basic'],
  [/^[^]{4}ftypM4[AB] /, 'audio/mp4'],
  [/^[^]{4}ftyp3g2/, 'video/3gpp2'],
  [/^[^]{4}ftyp3g/, 'video/3gpp'],
  [/^[^]{4}ftypqt {2}/, 'video/quicktime'],
  [/^[^]{4}ftyp(?:iso[m2-6]|mp4[12]|avc1|dash|M4V|MSNV)/, 'video/mp4'],
  [/^RIFF[^]{4}AVI /, 'video/vnd.avi'],
  [/^\x1aE\xdf\xa3[^]{0,40}webm/, 'video/webm'],
  [/^\x1aE\xdf\xa3/, 'video/matroska'],
  [/^ID3[\x02-\x04]/, 'audio/mpeg'],
  // A frame of MPEG sound of layer 3 or 2, with a bit rate that there is; then of AAC.
  [/^\xff[\xe2\xe3\xf2-\xf5\xfa-\xfd][\x10-\xef]/, 'audio/mpeg'],
  [/^\xff[\xf0\xf1\xf8\xf9]/, 'audio/aac'],
  [/^\{\\rtf/, 'application/rtf'],
  [/^PK(?:\x03\x04|\x05\x06)/, 'application/zip'],
  [/^\x1f\x8b\x08/, 'application/gzip'],
];

/** By what texts begin with, in whatever character set and however they are indented. */
const TEXT_SIGNATURES: readonly (readonly [beginning: RegExp, type: string])[] = [
  [/^\s*BEGIN:VCARD/i, 'text/vcard'],
  [/^\s*BEGIN:VCALENDAR/i, 'text/calendar'],
];

/** What files of these formats begin with, though it is another format by itself: they are packed in it. */
const CONTAINERS: readonly (readonly [beginning: RegExp, endings: readonly string[]])[] = [
  [/^PK\x03\x04/, ['docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp']],
  [/^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/, ['doc', 'xls', 'ppt']],
];

/**
 * The format of a file as its first bytes tell it; undefined if they do not.
 * @param head the beginning of the file, or all of it
 */
export function formatOfBytes(head: Uint8Array): Format | undefined {
  const beginning = latin1(head.subarray(0, HEAD));
  const found = SIGNATURES.find(([signature]) => signature.test(beginning)) ?? textSignature(head);
  return found && formatNamed(found[1]);
}

function textSignature(head: Uint8Array): (typeof TEXT_SIGNATURES)[number] | undefined {
  const beginning = decodeText(head.subarray(0, HEAD));
  return TEXT_SIGNATURES.find(([signature]) => signature.test(beginning));
}

/**
 * What a file is, now that its bytes are there, and what was said of it: servers call a TIFF a PDF, and the other way round.
 * @param head the beginning of the file, or all of it
 */
export function actualFormat(declared: Format, head: Uint8Array): Format {
  const beginning = latin1(head.subarray(0, 8));
  const isContained = CONTAINERS.some(
    ([signature, endings]) =>
      signature.test(beginning) && declared.endings.some((ending) => endings.includes(ending)),
  );
  const found = formatOfBytes(head);
  // Containers of sound and pictures look alike, and the player tells them apart by itself.
  return isContained || !found || (declared.type !== '' && isPlayed(declared) && isPlayed(found))
    ? declared
    : found;
}

function isPlayed({ kind }: Format): boolean {
  return kind === 'audio' || kind === 'video';
}

/**
 * The media type of a picture in a format that can hold moving ones, whatever its record says.
 * @param head the beginning of the file, or all of it
 */
export function movingType(head: Uint8Array): string | undefined {
  const type = formatOfBytes(head)?.type;
  return type !== undefined && MOVING.has(type) ? type : undefined;
}

const MOVING: ReadonlySet<string> = new Set(['image/gif', 'image/png', 'image/webp', 'image/avif']);

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
