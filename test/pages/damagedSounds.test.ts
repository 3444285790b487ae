import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Page } from '@playwright/test';
import { build } from 'esbuild';
import fc from 'fast-check';
import type * as decodeSound from '../../src/webview/sound/decodeSound';
import { checkProperty } from '../builders/property';
import { projectRoot } from '../workbench/paths';
import { expect, test } from './fixtures';

type Sounds = typeof decodeSound;

/** What was found out about a file that could be decoded. */
interface Found {
  readonly peaks: number;
  /** Whether all of them are from 0 to 1. */
  readonly areInBounds: boolean;
  readonly spans: readonly { readonly start: number; readonly end: number }[];
}

interface SoundFile {
  readonly bytes: Uint8Array;
  /** Seconds, as a player says. */
  readonly duration: number;
}

/** Opens an empty page with the decoder in it, as `sounds`. */
async function openDecoder(page: Page): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: [path.join(projectRoot, 'src/webview/sound/decodeSound.ts')],
    bundle: true,
    format: 'iife',
    globalName: 'sounds',
    target: 'chrome142',
    write: false,
  });
  await page.goto('about:blank');
  for (const { text } of outputFiles) await page.addScriptTag({ content: text });
}

/** Decodes files at the same time, as a page with several recordings does. */
function decode(page: Page, files: readonly SoundFile[]): Promise<readonly (Found | undefined)[]> {
  return page.evaluate(
    (given) => {
      const { sounds } = globalThis as unknown as { sounds: Sounds };
      return Promise.all(
        given.map(async ({ base64, duration }) => {
          const blob = new Blob([Uint8Array.from(atob(base64), (unit) => unit.charCodeAt(0))]);
          const sound = await sounds.decodeSound(blob, duration);
          return (
            sound && {
              peaks: sound.peaks.length,
              areInBounds: sound.peaks.every((peak) => peak >= 0 && peak <= 1),
              spans: [...sound.silence],
            }
          );
        }),
      );
    },
    files.map(({ bytes, duration }) => ({ base64: Buffer.from(bytes).toString('base64'), duration })),
  );
}

const text = (letters: string): number[] => [...Buffer.from(letters, 'latin1')];
/** A number that begins with its lowest byte. @param size bytes */
const little = (size: number, value: number): number[] =>
  Array.from({ length: size }, (_, at) => Math.floor(value / 256 ** at) % 256);

/** PCM, floating point, A-law and µ-law: the code of each, and its bits a sample. */
const known = fc.constantFrom<readonly [number, number]>(
  [1, 8],
  [1, 16],
  [1, 24],
  [1, 32],
  [3, 32],
  [3, 32],
  [6, 8],
  [7, 8],
);
const sample = fc.constantFrom(0, 1, 0x7f, 0x80, 0xff);
const size = fc.constantFrom(0, 1, 2, 16, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff);
/** The size of a part: what it is, or something else. */
const sizeOfPart = fc.option(size, { nil: undefined, freq: 8 });

const channels = fc.constantFrom(1, 1, 2, 6);
const rate = fc.constantFrom(8_000, 8_000, 11_025, 44_100);

/** A head that is right, but for how much sound it says is there: what it has then is decoded. */
const rightHead = fc.record({
  encoding: known,
  channels,
  rate,
  align: fc.constant(undefined),
  whole: fc.constant(undefined),
  format: fc.constant(undefined),
  data: sizeOfPart,
});

/** A head with now and then ADPCM, GSM, what an extension says, none that there is, and other things that cannot be. */
const anyHead = fc.record({
  encoding: fc.oneof(
    { weight: 6, arbitrary: known },
    {
      weight: 1,
      arbitrary: fc.tuple(
        fc.constantFrom(0, 1, 2, 3, 6, 7, 0x31, 0xfffe, 0x1234),
        fc.constantFrom(0, 1, 7, 8, 16, 64, 0xffff),
      ),
    },
  ),
  channels: fc.oneof(
    { weight: 4, arbitrary: channels },
    { weight: 1, arbitrary: fc.constantFrom(0, 32, 255, 0xffff) },
  ),
  rate: fc.oneof(
    { weight: 4, arbitrary: rate },
    { weight: 1, arbitrary: fc.constantFrom(0, 1, 2_999, 384_000, 0xffff_ffff) },
  ),
  align: fc.option(fc.constantFrom(0, 1, 7, 0xffff), { nil: undefined, freq: 8 }),
  whole: sizeOfPart,
  format: sizeOfPart,
  data: sizeOfPart,
});

const madeWav = fc
  .record({
    head: fc.oneof(rightHead, anyHead),
    samples: fc.array(
      fc.tuple(fc.array(sample, { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 900 })),
      {
        maxLength: 5,
      },
    ),
  })
  .map(({ head, samples }) => {
    const { channels, rate, align, whole, format, data } = head;
    const [tag, bits] = head.encoding;
    const bytes = samples.flatMap(([unit, count]) => Array.from({ length: count }, () => unit).flat());
    const frame = align ?? Math.ceil((channels * bits) / 8) % 65_536;
    const said = [
      ...[...little(2, tag), ...little(2, channels), ...little(4, rate), ...little(4, rate * frame)],
      ...[...little(2, frame), ...little(2, bits)],
    ];
    return Uint8Array.from([
      ...[...text('RIFF'), ...little(4, whole ?? 36 + bytes.length), ...text('WAVEfmt ')],
      ...[...little(4, format ?? said.length), ...said],
      ...[...text('data'), ...little(4, data ?? bytes.length), ...bytes],
    ]);
  });

const fixtures = ['pcm.wav', 'a-law.wav', 'mu-law.wav', 'gsm.wav'].map((name) =>
  readFileSync(path.join(projectRoot, 'test/fixtures/media', name)),
);

/** Bytes of a head, which no fixture has more of. */
const HEAD = 60;

const manySamples = fc.array(sample, { minLength: 1, maxLength: 30 });
const soundDamage = fc.record({ at: fc.integer({ min: HEAD, max: 3_000 }), put: manySamples });

const damage = fc.oneof(
  // Nearly everything that a file says of itself is in its beginning.
  fc.record({ at: fc.nat(HEAD), put: size.map((value) => little(4, value)) }),
  fc.record({ at: fc.nat(HEAD), put: fc.array(sample, { minLength: 1, maxLength: 2 }) }),
  fc.record({ at: fc.nat(3_000), put: manySamples }),
);

const realWav = fc
  .tuple(
    fc.constantFrom(...fixtures),
    fc.oneof(
      fc.array(soundDamage, { minLength: 1, maxLength: 4 }),
      fc.array(damage, { minLength: 1, maxLength: 4 }),
    ),
    fc.option(fc.noBias(fc.nat(8_000)), { nil: undefined }),
  )
  .map(([file, damages, kept]) => {
    const bytes = Uint8Array.from(file);
    for (const { at, put } of damages) bytes.set(put.slice(0, bytes.length - at), at);
    return kept === undefined ? bytes : bytes.slice(0, kept);
  });

const soundFile: fc.Arbitrary<SoundFile> = fc.record({
  bytes: fc.oneof({ weight: 3, arbitrary: madeWav }, { weight: 1, arbitrary: realWav }),
  duration: fc.constantFrom(0.01, 4, 1_800),
});

test('a damaged WAV is decoded within bounds, or not at all, and the page goes on', async ({ page }) => {
  await openDecoder(page);
  let decoded = 0;
  const runs = await checkProperty(
    'damaged WAVs',
    fc.asyncProperty(fc.array(soundFile, { minLength: 8, maxLength: 8 }), async (files) => {
      // If one of them stays undecided, this never comes to an end.
      const results = await decode(page, files);
      expect(results).toHaveLength(files.length);
      for (const found of results) {
        if (!found) continue;
        decoded++;
        expect(found).toMatchObject({ peaks: 4_000, areInBounds: true });
        let before = 0;
        for (const { start, end } of found.spans) {
          expect(start).toBeGreaterThanOrEqual(before);
          expect(end).toBeGreaterThan(start);
          before = end;
        }
      }
    }),
  );
  // Damage that leaves nothing to be decoded would try nothing; of eight files some three can be.
  expect(decoded).toBeGreaterThan(runs);

  const [sound] = fixtures;
  const [found] = await decode(page, [{ bytes: Uint8Array.from(sound ?? []), duration: 4 }]);
  expect(found?.spans).toHaveLength(1);
});
