import { clip } from './pcm';

/**
 * Microsoft's ADPCM, as its "Multimedia Data Standards Update" (1994) describes it: four bits tell how far a sample is from
 * what the two before it let expect.
 */

/** In 1/256: how the size of a step changes, by the four bits. */
const STEP_CHANGES = [230, 230, 230, 230, 307, 409, 512, 614, 768, 614, 512, 409, 307, 230, 230, 230];
const LEAST_STEP = 16;

/** Bytes at the beginning of a block, for each channel: which coefficients it has, a step and two samples. */
const HEAD = 7;

/** How much of the two samples before is expected again, in 1/256. */
export type Coefficients = readonly [last: number, lastButOne: number];

/** Those that every file has, whether it lists them or not. */
const COEFFICIENTS: readonly Coefficients[] = [
  [256, 0],
  [512, -256],
  [0, 0],
  [192, 64],
  [240, 0],
  [460, -208],
  [392, -232],
];

/** The coefficients that a file lists. @param extension see `WavFile` */
export function readCoefficients(extension: DataView): readonly Coefficients[] {
  const count = extension.byteLength >= 4 ? extension.getUint16(2, true) : 0;
  const listed = Math.min(count, Math.floor((extension.byteLength - 4) / 4), 256);
  if (!(listed > 0)) return COEFFICIENTS;
  return Array.from({ length: listed }, (_, at): Coefficients => [
    extension.getInt16(4 + at * 4, true),
    extension.getInt16(6 + at * 4, true),
  ]);
}

/** Samples of each channel in a block of so many bytes. */
export function msSamples(bytes: number, channels: number): number {
  const rest = bytes - HEAD * channels;
  return rest < 0 ? 0 : 2 + Math.floor((rest * 2) / channels);
}

/** @param block may be cut off */
export function decodeMsBlock(
  block: Uint8Array,
  channels: number,
  coefficients: readonly Coefficients[],
): Int16Array<ArrayBuffer> {
  const count = msSamples(block.length, channels);
  const samples = new Int16Array(count * channels);
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  for (let channel = 0; channel < channels && count > 0; channel++) {
    const word = (index: number): number => view.getInt16(channels + (index * channels + channel) * 2, true);
    const [one, other] = coefficients[view.getUint8(channel)] ?? [0, 0];
    let step = word(0);
    let last = word(1);
    let lastButOne = word(2);
    samples[channel] = lastButOne;
    samples[channels + channel] = last;
    for (let at = 2; at < count; at++) {
      const half = (at - 2) * channels + channel;
      const byte = view.getUint8(HEAD * channels + (half >> 1));
      const code = half % 2 === 0 ? byte >> 4 : byte & 15;
      const expected = (last * one + lastButOne * other) >> 8;
      const sample = clip(expected + (code < 8 ? code : code - 16) * step);
      step = Math.max(LEAST_STEP, (step * (STEP_CHANGES[code] ?? 0)) >> 8);
      lastButOne = last;
      last = sample;
      samples[at * channels + channel] = sample;
    }
  }
  return samples;
}
