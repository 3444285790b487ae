import { decoder } from '@audio/decode-amr';
import { TooLargeError } from '../../tooLarge';
import { samplesOfAmr } from './amrFrames';
import { clip, MOST_SAMPLES, turn, type Pcm } from './pcm';

/** Bytes that are decoded before something else may have its turn; the shortest frame, of 160 samples, is one byte. */
const BYTES_AT_ONCE = 2_000;

/**
 * Decodes AMR, narrow or wide, as telephones record what they send by MMS. Of one that is cut off or damaged, what there is.
 * @returns undefined if it is no such file, or nothing is left of it
 * @param limit samples
 * @throws TooLargeError if it has more than that; the signal's reason if it is aborted
 */
export async function decodeAmr(
  file: Uint8Array,
  signal: AbortSignal,
  limit = MOST_SAMPLES,
): Promise<Pcm | undefined> {
  // Three megabytes of empty frames would be decoded for many seconds before they are too long.
  if ((samplesOfAmr(file) ?? 0) > limit) throw new TooLargeError('The sound is too long.');
  const amr = await decoder();
  try {
    const pieces: Int16Array<ArrayBuffer>[] = [];
    let rate = 0;
    let count = 0;
    for (let at = 0; at < file.length; at += BYTES_AT_ONCE) {
      if (at > 0) await turn();
      signal.throwIfAborted();
      const { channelData, sampleRate } = amr.decode(file.subarray(at, at + BYTES_AT_ONCE));
      const [samples] = channelData;
      if (!samples) continue;
      rate = sampleRate;
      count += samples.length;
      if (count > limit) throw new TooLargeError('The sound is too long.');
      pieces.push(integers(samples));
    }
    return pieces.length > 0 ? { channels: 1, rate, pieces } : undefined;
  } finally {
    amr.free();
  }
}

function integers(samples: Float32Array): Int16Array<ArrayBuffer> {
  const result = new Int16Array(samples.length);
  for (let at = 0; at < samples.length; at++) result[at] = clip(Math.round((samples[at] ?? 0) * 32_768));
  return result;
}
