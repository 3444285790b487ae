import { formatOf, type Decoder } from '../../formats/mediaTypes';
import { formatOfBytes } from '../../formats/signatures';
import type { Strings } from '../../viewers/strings';
import { headOf } from '../contentKind';
import type { LoadedContent } from '../loadedContent';
import { UnshowableError } from '../show';
import { TooLargeError } from '../tooLarge';
import { samplesOfAmr } from './codecs/amrFrames';
import { FRAME_BYTES } from './codecs/gsm';
import type { Pcm } from './codecs/pcm';
import { decodeGsm, decodeTelephoneWav } from './codecs/telephoneSound';
import { readWavChunks } from './codecs/wavFile';
import { wavOf, wavOfChunks } from './codecs/wavWriter';

type Decode = (file: Uint8Array, signal: AbortSignal) => Promise<Pcm | undefined>;

const DECODERS: Readonly<Record<Decoder, Decode>> = {
  telephoneWav: decodeTelephoneWav,
  gsm: decodeGsm,
  // It is larger than all the rest of a page, and seldom needed.
  amr: async (file, signal) => (await import('./codecs/amr')).decodeAmr(file, signal),
};

/** Whether a file has certainly no sound; one that cannot be read may have some. */
const IS_EMPTY: Readonly<Record<Decoder, (file: Uint8Array) => boolean>> = {
  telephoneWav: (file) => {
    const chunks = readWavChunks(file);
    return chunks !== undefined && (chunks.data?.length ?? 0) === 0;
  },
  gsm: (file) => file.length < FRAME_BYTES,
  amr: (file) => samplesOfAmr(file) === 0,
};

/** Bytes; a larger one is left to the browser as it is. */
const LARGEST = 64_000_000;

/**
 * A sound as browsers play it: most are as they came, and those that answering machines record are decoded here.
 * @throws UnshowableError if it is too long for that, or has no sound; the signal's reason if it is aborted
 */
export async function playableSound(
  { blob, contentType, fileName }: LoadedContent,
  strings: Strings,
  signal: AbortSignal,
): Promise<Blob> {
  const head = await headOf(blob);
  if (blob.size <= lengthOfTag(head)) throw new UnshowableError(strings.noSound);
  const { decoder } = formatOfBytes(head) ?? formatOf(contentType, fileName);
  if (!decoder || blob.size > LARGEST) return blob;
  const file = new Uint8Array(await blob.arrayBuffer());
  // Browsers do not always say so: some show nothing to play.
  if (IS_EMPTY[decoder](file)) throw new UnshowableError(strings.noSound);
  try {
    const pcm = await DECODERS[decoder](file, signal);
    return pcm ? wavOf(pcm) : (regularWav(file) ?? blob);
  } catch (error) {
    throw error instanceof TooLargeError ? new UnshowableError(strings.fileTooLarge) : error;
  }
}

/** Bytes of the ID3 tag that a file begins with; 0 if there is none. */
function lengthOfTag(head: Uint8Array): number {
  const [first, second, third, , , , ...sizes] = head.subarray(0, 10);
  const isTag = first === 0x49 && second === 0x44 && third === 0x33;
  return isTag ? 10 + sizes.reduce((size, byte) => size * 128 + (byte & 127), 0) : 0;
}

/** The same sound in the order that browsers read; undefined if it is in that already, or is no WAV file with a sound. */
function regularWav(file: Uint8Array<ArrayBuffer>): Blob | undefined {
  const { format, data, isRegular = true } = readWavChunks(file) ?? {};
  return format && data && !isRegular ? wavOfChunks(format, [data]) : undefined;
}
