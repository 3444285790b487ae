import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { viewerStrings } from '../../../src/viewers/strings';
import { playableSound } from '../../../src/webview/sound/playableSound';
import { UnshowableError } from '../../../src/webview/show';

vi.mock('vscode', () => import('./fakeVscode'));

const fixture = (name: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(readFileSync(path.join(import.meta.dirname, '../../fixtures/media', name)));

function playable(file: Uint8Array<ArrayBuffer>, contentType: string): Promise<Blob> {
  const content = { blob: new Blob([file]), contentType, fileName: '' };
  return playableSound(content, viewerStrings(), new AbortController().signal);
}

const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text, 'latin1'));

describe('a recording without any sound', () => {
  test.each([
    ['an AMR file with nothing behind its head', 'audio/amr', bytes('#!AMR\n')],
    ['a wide one', 'audio/amr-wb', bytes('#!AMR-WB\n')],
    ['an AMR file that is cut off in its first frame', 'audio/amr', fixture('amr.amr').slice(0, 12)],
    ['less than a frame of GSM', 'audio/gsm', fixture('speech.gsm').slice(0, 32)],
    ['a WAV file that is cut off before its sound', 'audio/x-wav', fixture('pcm.wav').slice(0, 36)],
    ['a WAV file of its head alone', 'audio/x-wav', bytes('RIFF\x04\0\0\0WAVE')],
    ['a tag without a sound', 'audio/mpeg', bytes('ID3\x03\0\0\0\0\x01\x02'.padEnd(140, 'x'))],
    ['nothing', 'audio/mpeg', bytes('')],
  ])('is told to be one: %s', async (_what, contentType, file) => {
    const { noSound } = viewerStrings();
    await expect(playable(file, contentType)).rejects.toThrow(new UnshowableError(noSound));
  });

  test('is not seen where there is some', async () => {
    for (const [name, contentType] of [
      ['pcm.wav', 'audio/x-wav'],
      ['gsm.wav', 'audio/x-wav'],
      ['speech.gsm', 'audio/gsm'],
      ['amr.amr', 'audio/amr'],
      ['mp3.mp3', 'audio/mpeg'],
    ] as const)
      expect((await playable(fixture(name), contentType)).size, name).toBeGreaterThan(1_000);
  });
});

describe('a WAV file that browsers play', () => {
  const file = fixture('a-law.wav');
  const format = file.slice(12, 20 + (file[16] ?? 0));
  const rest = file.slice(12 + format.length);
  const wav = (...chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
    Uint8Array.from(Buffer.concat([file.subarray(0, 12), ...chunks]));

  test('is left as it came', async () => {
    expect(await (await playable(file, 'audio/x-wav')).bytes()).toEqual(file);
  });

  test.each([
    ['has its chunks in another order', wav(rest, format)],
    ['lacks the byte that fills up a chunk', wav(format, bytes('LIST\x05\0\0\0INFOx'), rest)],
  ])('is put in order if it %s', async (_what, odd) => {
    const ordered = new Uint8Array(await (await playable(odd, 'audio/x-wav')).arrayBuffer());
    const head = Buffer.from(ordered.subarray(0, 20 + (file[16] ?? 0))).toString('latin1');
    expect(head.slice(8)).toBe(Buffer.concat([bytes('WAVE'), format]).toString('latin1'));
    const data = Buffer.from(ordered).indexOf('data');
    const sound = Buffer.from(file).indexOf('data');
    expect(data).toBe(12 + format.length);
    const size = new DataView(ordered.buffer).getUint32(data + 4, true);
    expect(size).toBeGreaterThan(1_000);
    expect(ordered.slice(data + 8, data + 8 + size)).toEqual(file.slice(sound + 8, sound + 8 + size));
  });
});
