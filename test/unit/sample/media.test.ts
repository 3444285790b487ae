import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { media, type MediaFile, type MediaName } from '../../../src/emulator/sample/media';
import { imageSize, mp3Seconds, pdfPages, type TiffPage, tiffPages, wavFacts } from './fileFacts';
import { mediaNames, mediaPath } from './mediaDirectory';

const MEGABYTE = 1024 * 1024;
const known: readonly (readonly [string, MediaFile])[] = Object.entries(media);

function ofType(contentType: string): readonly (readonly [string, MediaFile])[] {
  return known.filter(([, file]) => file.contentType === contentType);
}

function read(name: string): Buffer {
  return readFileSync(mediaPath(name));
}

describe('the sample media', () => {
  it('are exactly the files in media/sample', () => {
    expect(mediaNames()).toEqual(Object.keys(media).sort());
  });

  it.each(known)('are described with the size of the file: %s', (name, { size }) => {
    expect(statSync(mediaPath(name)).size).toBe(size);
  });

  it('are smaller than 2 MB in total', () => {
    const total = mediaNames().reduce((sum, name) => sum + statSync(mediaPath(name)).size, 0);
    expect(total).toBeLessThan(2 * MEGABYTE);
  });

  it('cover all content types that attachments of messages have', () => {
    expect(new Set(known.map(([, { contentType }]) => contentType))).toEqual(
      new Set([
        'application/pdf',
        'application/rtf',
        'audio/mpeg',
        'audio/x-wav',
        'image/gif',
        'image/jpeg',
        'image/png',
        'image/tiff',
        'text/plain',
        'text/vcard',
        'video/mp4',
      ]),
    );
  });

  it.each(ofType('audio/x-wav'))('are described with the duration in the header: %s', (name, { seconds }) => {
    expect(Math.round(wavFacts(read(name)).seconds)).toBe(seconds);
  });

  it.each(ofType('audio/mpeg'))('are described with the duration of the sound: %s', (name, { seconds }) => {
    expect(Math.round(mp3Seconds(read(name)))).toBe(seconds);
  });

  it('include WAV recordings in PCM, µ-law and GSM, all with 8000 samples per second', () => {
    const facts = ofType('audio/x-wav').map(([name]) => wavFacts(read(name)));
    expect(new Set(facts.map(({ format }) => format))).toEqual(new Set([1, 7, 49]));
    expect(new Set(facts.map(({ samplesPerSecond }) => samplesPerSecond))).toEqual(new Set([8000]));
  });

  it.each(ofType('image/tiff'))('are described with the pages of the file: %s', (name, { pages }) => {
    expect(tiffPages(read(name))).toHaveLength(pages ?? 0);
  });

  it.each(ofType('application/pdf'))('are described with the pages of the file: %s', (name, { pages }) => {
    expect(pages).toBeGreaterThan(0);
    expect(pdfPages(read(name))).toBe(pages);
  });

  it('include TIFF faxes 1728 pixels wide, in Group 3 and Group 4, in both resolutions of fax machines', () => {
    const kind = (page: TiffPage): string => {
      const group = `Group ${page.compression}${page.twoDimensional ? ' 2-D' : ''}`;
      return `${group}, ${page.width} wide, ${page.horizontalResolution} × ${page.verticalResolution}`;
    };
    const pages = ofType('image/tiff').flatMap(([name]) => tiffPages(read(name)));
    expect(new Set(pages.map(kind))).toEqual(
      new Set([
        'Group 3, 1728 wide, 204 × 98',
        'Group 3 2-D, 1728 wide, 204 × 196',
        'Group 4, 1728 wide, 204 × 98',
        'Group 4, 1728 wide, 204 × 196',
      ]),
    );
  });

  it('include PDF faxes with text, with CCITT scans and with JBIG2 scans', () => {
    const text = (name: MediaName): string => read(name).toString('latin1');
    expect(text('fax-agreement.pdf')).toContain('/JBIG2Decode');
    expect(text('fax-insurance.pdf')).toContain('/CCITTFaxDecode');
    expect(text('fax-change-order.pdf')).toContain('/Font');
  });

  it.each(
    known.filter(([, { contentType }]) => contentType.startsWith('image/') && contentType !== 'image/tiff'),
  )('are described with the dimensions of the picture: %s', (name, { width, height }) => {
    expect(imageSize(read(name))).toEqual({ width, height });
  });
});
