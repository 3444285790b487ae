import { TooLargeError } from '../../tooLarge';
import { FRAME_BYTES, FRAME_SAMPLES, GsmDecoder, PAIR_BYTES } from './gsm';
import { decodeImaBlock, imaSamples } from './imaAdpcm';
import { decodeMsBlock, msSamples, readCoefficients } from './msAdpcm';
import { MOST_SAMPLES, SAMPLES_AT_ONCE, turn, type Pcm } from './pcm';
import { readWavFile, type WavFile } from './wavFile';

/** More than any recording has. */
const MOST_CHANNELS = 8;

/** The encodings of WAV files that browsers do not play, by their registered numbers. */
const MS_ADPCM = 2;
const IMA_ADPCM = 0x11;
const GSM = 0x31;

/** How a sound is decoded, block by block. */
interface Coding {
  readonly blockSize: number;
  /** Samples of all channels in a block of so many bytes, of which the last may be a shorter one. */
  readonly samplesIn: (bytes: number) => number;
  readonly decode: (block: Uint8Array) => Int16Array<ArrayBuffer>;
}

/**
 * Decodes a WAV file in an encoding that browsers do not play. Of one that is cut off or damaged, what there is.
 * @returns undefined if it is no such file, or nothing is left of it
 * @throws TooLargeError if it has more than can be held; the signal's reason if it is aborted
 */
export async function decodeTelephoneWav(file: Uint8Array, signal: AbortSignal): Promise<Pcm | undefined> {
  const wav = readWavFile(file);
  if (!wav || wav.channels < 1 || wav.channels > MOST_CHANNELS) return undefined;
  const coding = codingOf(wav);
  return coding && decodeBlocks(wav.data, coding, wav, signal);
}

/** Likewise for frames of GSM 06.10 by themselves, as `audio/gsm` is. */
export async function decodeGsm(file: Uint8Array, signal: AbortSignal): Promise<Pcm | undefined> {
  const decoder = new GsmDecoder();
  const coding = {
    blockSize: FRAME_BYTES,
    samplesIn: (bytes: number) => (bytes < FRAME_BYTES ? 0 : FRAME_SAMPLES),
    decode: (frame: Uint8Array) => decoder.decodeFrame(frame),
  };
  return decodeBlocks(file, coding, { channels: 1, rate: 8000 }, signal);
}

function codingOf({ encoding, channels, blockSize, extension }: WavFile): Coding | undefined {
  switch (encoding) {
    case IMA_ADPCM:
      return {
        blockSize,
        samplesIn: (bytes) => channels * imaSamples(bytes, channels),
        decode: (block) => decodeImaBlock(block, channels),
      };
    case MS_ADPCM: {
      const coefficients = readCoefficients(extension);
      return {
        blockSize,
        samplesIn: (bytes) => channels * msSamples(bytes, channels),
        decode: (block) => decodeMsBlock(block, channels, coefficients),
      };
    }
    case GSM: {
      const decoder = new GsmDecoder();
      return {
        blockSize: PAIR_BYTES,
        samplesIn: (bytes) => (channels !== 1 || bytes < PAIR_BYTES ? 0 : 2 * FRAME_SAMPLES),
        decode: (pair) => decoder.decodePair(pair),
      };
    }
    default:
      return undefined;
  }
}

async function decodeBlocks(
  data: Uint8Array,
  coding: Coding,
  { channels, rate }: Pick<Pcm, 'channels' | 'rate'>,
  signal: AbortSignal,
): Promise<Pcm | undefined> {
  const { blockSize } = coding;
  // What holds no sample would be gone through for nothing.
  const inBlock = coding.samplesIn(blockSize);
  if (inBlock === 0) return undefined;
  if ((data.length / blockSize) * inBlock > MOST_SAMPLES) throw new TooLargeError('The sound is too long.');
  const pieces: Int16Array<ArrayBuffer>[] = [];
  const blocksAtOnce = Math.ceil(SAMPLES_AT_ONCE / inBlock);
  for (let at = 0; at < data.length; at += blocksAtOnce * blockSize) {
    if (at > 0) await turn();
    signal.throwIfAborted();
    pieces.push(decodePiece(data.subarray(at, at + blocksAtOnce * blockSize), coding));
  }
  return pieces.some(({ length }) => length > 0) ? { channels, rate, pieces } : undefined;
}

function decodePiece(data: Uint8Array, { blockSize, samplesIn, decode }: Coding): Int16Array<ArrayBuffer> {
  const whole = Math.floor(data.length / blockSize);
  const last = data.subarray(whole * blockSize);
  const samples = new Int16Array(whole * samplesIn(blockSize) + samplesIn(last.length));
  let length = 0;
  for (let at = 0; at < data.length && length < samples.length; at += blockSize) {
    const decoded = decode(data.subarray(at, at + blockSize));
    samples.set(decoded, length);
    length += decoded.length;
  }
  return samples;
}
