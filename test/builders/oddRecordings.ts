import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { projectRoot } from '../workbench/paths';
import { chunk, riff } from './wav';

/** Recordings as some telephone systems make them, put together from the fixtures in a few bytes of head. */

const MEDIA = path.join(projectRoot, 'test/fixtures/media');

const text = (letters: string): Buffer => Buffer.from(letters, 'latin1');

/** A number that begins with its lowest byte. @param size bytes */
function little(size: number, value: number): Buffer {
  const bytes = Buffer.alloc(size);
  bytes.writeUIntLE(value, 0, size);
  return bytes;
}

/** What the chunk `fmt ` says. @param bits of a sample */
function format(tag: number, bits: number, rest = Buffer.alloc(0)): Buffer {
  const size = bits / 8;
  const head = [little(2, tag), little(2, 1), little(4, 8000), little(4, 8000 * size), little(2, size)];
  return chunk('fmt ', Buffer.concat([...head, little(2, bits), rest]));
}

/** Four seconds of a tone, silence and a tone, as 16 bits. */
function tones(): Buffer {
  const eight = readFileSync(path.join(MEDIA, 'pcm.wav')).subarray(44);
  return Buffer.concat([...eight].map((sample) => little(2, ((sample - 128) * 256) & 0xffff)));
}

/** ID3 of version 2.3 with a picture of so many bytes. */
function id3(pictureSize: number): Buffer {
  const picture = Buffer.concat([text('\0image/jpeg\0\x03\0'), Buffer.alloc(pictureSize, 0x41)]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(picture.length);
  const frame = Buffer.concat([text('APIC'), size, Buffer.alloc(2), picture]);
  // Seven bits of each byte count.
  const total = [21, 14, 7, 0].map((shift) => (frame.length >> shift) & 0x7f);
  return Buffer.concat([text('ID3\x03\0\0'), Buffer.from(total), frame]);
}

/** An MPEG frame with nothing in it, by what its head says, and as many as make two seconds. */
function silentMpeg25(): Buffer {
  // MPEG 2.5, layer 3, 8 kbit/s, 8 kHz, mono: 576 samples in 72 bytes.
  const frame = Buffer.alloc(72);
  frame.set([0xff, 0xe3, 0x18, 0xc0]);
  return Buffer.concat(Array.from({ length: 28 }, () => frame));
}

/** GUID of PCM among the extensible formats. */
const PCM = Buffer.from('0100000000001000800000aa00389b71', 'hex');

/** By what is odd about each. */
export function oddRecordings(): Readonly<Record<string, Buffer>> {
  const sound = tones();
  const pcm = format(1, 16);
  const extension = Buffer.concat([little(2, 22), little(2, 16), little(4, 4), PCM]);
  const whole = riff([pcm, chunk('data', sound)]);
  return {
    'length 0': riff([pcm, chunk('data', sound, 0)], 0),
    'length unknown': riff([pcm, chunk('data', sound, 0xffff_ffff)], 0xffff_ffff),
    'odd chunks first': riff([
      chunk('LIST', text('INFOISFT\x05\0\0\0Lavf\0')),
      chunk('bext', Buffer.alloc(603)),
      pcm,
      chunk('fact', little(4, sound.length / 2)),
      chunk('data', sound),
    ]),
    extensible: riff([format(0xfffe, 16, extension), chunk('data', sound)]),
    'eight bits': readFileSync(path.join(MEDIA, 'pcm.wav')),
    'cut off': whole.subarray(0, whole.length / 2),
    'MPEG-2.5': silentMpeg25(),
    'large picture': Buffer.concat([id3(900_000), readFileSync(path.join(MEDIA, 'mp3.mp3'))]),
    // An encoding of 1995 that nothing decodes any more.
    unplayable: riff([format(0x22, 16, Buffer.alloc(2)), chunk('data', sound)]),
    empty: Buffer.alloc(0),
    'no sound': riff([pcm, chunk('data', Buffer.alloc(0))]),
  };
}
