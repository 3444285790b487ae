import { clip } from './pcm';

/**
 * IMA ADPCM, as "Recommended Practices for Enhancing Digital Audio Compatibility in Multimedia Systems" (1992) describes it
 * and Microsoft's "Multimedia Data Standards Update" (1994) puts it into WAV files: four bits tell how far a sample is from
 * the one before, in steps whose size they change.
 */

const STEPS = [
  ...[7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73],
  ...[80, 88, 97, 107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494],
  ...[544, 598, 658, 724, 796, 876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499],
  ...[2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484, 7132, 7845, 8630, 9493, 10442, 11487],
  ...[12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767],
];
const LAST_STEP = STEPS.length - 1;

/** By how much the index of the step changes, by the three bits that tell the size of the difference. */
const INDEX_CHANGES = [-1, -1, -1, -1, 2, 4, 6, 8];

/** Bytes at the beginning of a block, for each channel: its first sample and the index of its step. */
const HEAD = 4;
/** Bytes of one channel that follow each other, and samples in them. */
const RUN = 4;
const RUN_SAMPLES = 8;

/** Samples of each channel in a block of so many bytes. */
export function imaSamples(bytes: number, channels: number): number {
  const runs = Math.floor((bytes - HEAD * channels) / (RUN * channels));
  return runs < 0 ? 0 : 1 + runs * RUN_SAMPLES;
}

/** @param block may be cut off */
export function decodeImaBlock(block: Uint8Array, channels: number): Int16Array<ArrayBuffer> {
  const count = imaSamples(block.length, channels);
  const samples = new Int16Array(count * channels);
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  for (let channel = 0; channel < channels && count > 0; channel++) {
    let sample = view.getInt16(channel * HEAD, true);
    let stepIndex = Math.min(view.getUint8(channel * HEAD + 2), LAST_STEP);
    samples[channel] = sample;
    for (let at = 1; at < count; at++) {
      const run = Math.floor((at - 1) / RUN_SAMPLES);
      const within = (at - 1) % RUN_SAMPLES;
      const byte = view.getUint8(HEAD * channels + (run * channels + channel) * RUN + (within >> 1));
      const code = within % 2 === 0 ? byte & 15 : byte >> 4;
      sample = clip(sample + difference(code, STEPS[stepIndex] ?? 0));
      stepIndex = Math.min(LAST_STEP, Math.max(0, stepIndex + (INDEX_CHANGES[code & 7] ?? 0)));
      samples[at * channels + channel] = sample;
    }
  }
  return samples;
}

function difference(code: number, step: number): number {
  let size = step >> 3;
  if (code & 4) size += step;
  if (code & 2) size += step >> 1;
  if (code & 1) size += step >> 2;
  return code & 8 ? -size : size;
}
