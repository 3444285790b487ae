import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Pcm } from '../../../src/webview/sound/codecs/pcm';
import { wavOf } from '../../../src/webview/sound/codecs/wavWriter';
import type * as telephoneSound from '../../../src/webview/sound/codecs/telephoneSound';
import { decodeGsm, decodeTelephoneWav } from '../../../src/webview/sound/codecs/telephoneSound';
import { readWavFile } from '../../../src/webview/sound/codecs/wavFile';
import { TooLargeError } from '../../../src/webview/tooLarge';
import { loadCounted } from '../../builders/countedCode';
import { checkProperty } from '../../builders/property';
import { chunk, riff } from '../../builders/wav';

const FIXTURES = path.join(import.meta.dirname, '../../fixtures/media');
const fixture = (name: string): Uint8Array => Uint8Array.from(readFileSync(path.join(FIXTURES, name)));

/** What sox hears in the fixtures, see `generate.sh`. */
const heard = JSON.parse(readFileSync(path.join(FIXTURES, 'heard.json'), 'utf8')) as Readonly<
  Record<string, { readonly samples: number; readonly sha256: string }>
>;

const never = new AbortController().signal;

/** The bytes of the samples, which are compared a hundred times faster than numbers. */
const bytesOf = (pcm: Pcm | undefined): Buffer =>
  Buffer.concat((pcm?.pieces ?? []).map(({ buffer }) => Buffer.from(buffer)));

const decode = (name: string, file = fixture(name)): Promise<Pcm | undefined> =>
  name.endsWith('.gsm') ? decodeGsm(file, never) : decodeTelephoneWav(file, never);

/** A WAV file in memory of its own, as files come. */
const wav = (...chunks: readonly Uint8Array[]): Uint8Array => Uint8Array.from(riff(chunks));

/** The chunk `fmt ` of a WAV fixture, without its head, and its sound. */
function partsOf(name: string): { readonly format: Uint8Array; readonly data: Uint8Array } {
  const file = fixture(name);
  const size = new DataView(file.buffer).getUint32(16, true);
  return { format: file.slice(20, 20 + size), data: readWavFile(file)?.data ?? new Uint8Array() };
}

describe('what answering machines record', () => {
  test.each(Object.keys(heard))('is decoded to the samples that other programs hear: %s', async (name) => {
    const pcm = await decode(name);
    const { samples = 0, sha256 = '' } = heard[name] ?? {};
    expect(pcm).toMatchObject({ rate: 8000, channels: name.includes('stereo') ? 2 : 1 });
    expect(
      createHash('sha256')
        .update(bytesOf(pcm).subarray(0, 2 * samples))
        .digest('hex'),
    ).toBe(sha256);
  });

  test.each(['ima-adpcm.wav', 'ms-adpcm.wav', 'gsm.wav'])(
    'is found wherever it is in the file, and however long that says it is: %s',
    async (name) => {
      const { format, data } = partsOf(name);
      const whole = bytesOf(await decode(name));
      const odd = chunk('LIST', Buffer.from('INFOodd'));
      for (const file of [
        wav(odd, chunk('fmt ', format), chunk('fact', new Uint8Array(4)), chunk('data', data)),
        wav(chunk('fmt ', format), chunk('data', data, 0)),
        wav(chunk('fmt ', format), chunk('data', data, 0xffff_ffff)),
        wav(chunk('fmt ', format), chunk('data', data, data.length + 1_000_000)),
        wav(chunk('fmt ', extensible(format)), chunk('data', data)),
        wav(chunk('data', data), chunk('fmt ', format)),
        wav(chunk('fmt ', format), odd.subarray(0, -1), chunk('data', data)),
        wav(odd.subarray(0, -1), chunk('fmt ', format), odd, chunk('data', data)),
      ]) {
        expect(bytesOf(await decode(name, file)).equals(whole)).toBe(true);
      }
    },
  );

  test.each(Object.keys(heard))('is decoded as far as it goes if it is cut off: %s', async (name) => {
    const file = fixture(name);
    const whole = bytesOf(await decode(name, file));
    for (const share of [0.5, 0.77, 0.999]) {
      const cut = bytesOf(await decode(name, file.slice(0, Math.floor(file.length * share))));
      expect(cut.length / whole.length).toBeCloseTo(share, 1);
      expect(cut.equals(whole.subarray(0, cut.length))).toBe(true);
    }
  });

  test('is left to the browser if that plays it, and if nothing of it is there', async () => {
    for (const name of ['pcm.wav', 'a-law.wav', 'mu-law.wav', 'mp3.mp3'])
      expect(await decodeTelephoneWav(fixture(name), never), name).toBeUndefined();
    for (const bytes of [0, 4, 12, 20, 44, 60])
      expect(await decodeTelephoneWav(fixture('ima-adpcm.wav').slice(0, bytes), never)).toBeUndefined();
    expect(await decodeGsm(new Uint8Array(32), never)).toBeUndefined();
  });

  test('is refused if it is longer than can be held', async () => {
    const { format } = partsOf('gsm.wav');
    const file = wav(chunk('fmt ', format), chunk('data', new Uint8Array(65 * 200_000)));
    await expect(decodeTelephoneWav(file, never)).rejects.toThrow(TooLargeError);
  });

  test('is not decoded on when nobody wants it any more', async () => {
    await expect(decodeGsm(fixture('speech.gsm'), AbortSignal.abort())).rejects.toThrow(/abort/);
  });

  test('becomes a WAV of PCM', async () => {
    const wav = wavOf({ channels: 2, rate: 8000, pieces: [Int16Array.of(1, -2), Int16Array.of(3, -32_768)] });
    const bytes = new Uint8Array(await wav.arrayBuffer());
    expect(readWavFile(bytes)).toMatchObject({ encoding: 1, channels: 2, rate: 8000, blockSize: 4 });
    expect([...(readWavFile(bytes)?.data ?? [])]).toEqual([1, 0, 254, 255, 3, 0, 0, 128]);
    expect(bytes).toHaveLength(new DataView(bytes.buffer).getUint32(4, true) + 8);
  });
});

/** The same format under the tag for formats that say more of themselves. */
function extensible(format: Uint8Array): Uint8Array {
  const extended = new Uint8Array(40);
  extended.set(format.subarray(0, 16));
  extended.set([0xfe, 0xff]);
  extended.set(format.subarray(0, 2), 24);
  return extended;
}

test('of a damaged recording whatever is left is decoded, in steps and memory linear in its length', async () => {
  const { module, within } = await loadCounted<typeof telephoneSound>(
    'src/webview/sound/codecs/telephoneSound.ts',
  );
  const size = fc.constantFrom(0, 1, 2, 4, 7, 33, 65, 256, 0x7fff, 0xffff);
  const files = ['ima-adpcm-stereo.wav', 'ms-adpcm-stereo.wav', 'speech.gsm'].map(fixture);
  let decoded = 0;
  const runs = await checkProperty(
    'damaged telephone recordings',
    fc.asyncProperty(
      fc.constantFrom(...files),
      fc.array(fc.record({ at: fc.oneof(fc.nat(60), fc.nat(2_000)), put: size }), { maxLength: 4 }),
      fc.option(fc.nat(2_000), { nil: undefined }),
      async (file, damages, kept) => {
        const bytes = file.slice(0, kept);
        for (const { at, put } of damages)
          bytes.set(
            [put % 256, put >> 8].slice(0, Math.max(0, bytes.length - at)),
            Math.min(at, bytes.length),
          );
        const limits = { steps: 600 * bytes.length + 5_000, bytes: 60 * bytes.length + 20_000 };
        const { result } = within(limits, () => [
          module.decodeTelephoneWav(bytes, never),
          module.decodeGsm(bytes, never),
        ]);
        for (const pcm of await Promise.all(result)) {
          if (!pcm) continue;
          decoded++;
          expect(bytesOf(pcm).length).toBeLessThanOrEqual(20 * bytes.length + 1_000);
        }
      },
    ),
  );
  expect(decoded).toBeGreaterThan(runs / 4);
});
