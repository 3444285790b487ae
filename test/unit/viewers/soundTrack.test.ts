import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { hasSoundTrack } from '../../../src/webview/soundTrack';

const withSound = readFileSync('test/fixtures/media/aac.mp4');
const silent = readFileSync('test/fixtures/media/silent.mp4');

test('hasSoundTrack tells a video with sound from a silent one', async () => {
  expect(await hasSoundTrack(new Blob([withSound]))).toBe(true);
  expect(await hasSoundTrack(new Blob([silent]))).toBe(false);
});

test('hasSoundTrack finds a sound track far into the file and across the pieces that it reads', async () => {
  const at = withSound.indexOf('hdlr', withSound.indexOf('soun') - 20);
  for (const offset of [-10, -4, -1, 0, 1])
    expect(await hasSoundTrack(new Blob([new Uint8Array(2_000_000 + offset - at), withSound]))).toBe(true);
});
