import { peaksOf } from './peaks';
import { findSilence, type Span } from './silence';

/** What is known of a recording from its samples, which themselves are not kept. */
export interface DecodedSound {
  /** See `peaksOf`. */
  readonly peaks: Float32Array;
  readonly silence: readonly Span[];
}

/** Samples a second, as on the telephone; what is made of them needs no more. */
const RATE = 8000;
/** More than any pane has bars. */
const PEAKS = 4000;
/** Seconds, and bytes; samples of more would fill the memory. */
const LONGEST = 30 * 60;
const LARGEST = 64_000_000;

/** @returns undefined for what is too long, or what the player can play but not decode */
export async function decodeSound(sound: Blob, duration: number): Promise<DecodedSound | undefined> {
  if (!(duration > 0 && duration <= LONGEST) || sound.size > LARGEST) return undefined;
  const context = new OfflineAudioContext({ length: 1, sampleRate: RATE });
  let buffer: AudioBuffer;
  try {
    buffer = await context.decodeAudioData(await sound.arrayBuffer());
  } catch (error) {
    console.error(error);
    return undefined;
  }
  const channels = Array.from({ length: buffer.numberOfChannels }, (_, at) => buffer.getChannelData(at));
  return { peaks: peaksOf(channels, PEAKS), silence: findSilence(channels, buffer.sampleRate) };
}
