import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { expect, test } from 'vitest';
import { decodeAmr } from '../../../src/webview/sound/codecs/amr';
import { TooLargeError } from '../../../src/webview/tooLarge';

const narrow = Uint8Array.from(readFileSync(path.join(import.meta.dirname, '../../fixtures/media/amr.amr')));
const never = new AbortController().signal;

/** A file with this head and these frames. */
const amr = (head: string, frames: Uint8Array): Uint8Array =>
  Uint8Array.from(Buffer.concat([Buffer.from(head), frames]));

/** A frame of one byte in which nothing was sent. */
const NOTHING = 0x7c;

/** How many samples there are, and the largest in each fourth of them. */
async function decoded(file: Uint8Array): Promise<readonly number[]> {
  const pcm = await decodeAmr(file, never);
  const samples = Buffer.concat((pcm?.pieces ?? []).map(({ buffer }) => Buffer.from(buffer)));
  const all = new Int16Array(samples.buffer, samples.byteOffset, samples.length / 2);
  const fourth = all.length / 4;
  const loudest = [0, 1, 2, 3].map((at) =>
    all.slice(at * fourth, (at + 1) * fourth).reduce((most, sample) => Math.max(most, sample), 0),
  );
  return [all.length, ...loudest];
}

test('AMR is decoded: a tone, silence and a tone half as loud', async () => {
  const [count = 0, loud = 0, , pause = 0, soft = 0] = await decoded(narrow);
  expect(count).toBe(4 * 8000);
  expect(loud).toBeGreaterThan(20_000);
  expect(pause).toBeLessThan(100);
  expect(soft / loud).toBeGreaterThan(0.3);
  expect(soft / loud).toBeLessThan(0.7);
});

test('AMR that is cut off is decoded as far as it goes', async () => {
  const [count = 0, loud = 0] = await decoded(narrow.slice(0, narrow.length / 2));
  expect(count).toBeGreaterThan(8000);
  expect(count).toBeLessThan(3 * 8000);
  expect(count % 160).toBe(0);
  expect(loud).toBeGreaterThan(20_000);
});

test('wide AMR is decoded with twice the samples', async () => {
  const pcm = await decodeAmr(amr('#!AMR-WB\n', new Uint8Array(50).fill(NOTHING)), never);
  expect(pcm).toMatchObject({ rate: 16_000, channels: 1 });
  expect(pcm?.pieces.reduce((sum, { length }) => sum + length, 0)).toBe(50 * 320);
});

test('what is no AMR is not decoded, and damage stops nothing', async () => {
  for (const file of [new Uint8Array(), amr('#!AMR\n', new Uint8Array()), amr('RIFF', narrow)])
    expect(await decodeAmr(file, never)).toBeUndefined();
  const noise = Uint8Array.from({ length: 5_000 }, (_, at) => (at * 7919 + (at >> 3) * 104_729) % 251);
  for (const head of ['#!AMR\n', '#!AMR-WB\n'])
    expect((await decoded(amr(head, noise)))[0]).toBeGreaterThan(1_000);
});

test('AMR is refused if it is longer than can be held, and not decoded on when nobody wants it any more', async () => {
  const file = amr('#!AMR\n', new Uint8Array(3_000).fill(NOTHING));
  await expect(decodeAmr(file, never, 2_999 * 160)).rejects.toThrow(TooLargeError);
  // Its frames are counted before any is decoded.
  const endless = amr('#!AMR\n', new Uint8Array(400_000).fill(NOTHING));
  await expect(decodeAmr(endless, AbortSignal.abort())).rejects.toThrow(TooLargeError);
  await expect(decodeAmr(narrow, AbortSignal.abort())).rejects.toThrow(/abort/);
});
