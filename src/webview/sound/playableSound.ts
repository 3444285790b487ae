import { formatOf, type Decoder } from '../../formats/mediaTypes';
import { formatOfBytes } from '../../formats/signatures';
import type { Strings } from '../../viewers/strings';
import { headOf } from '../contentKind';
import type { LoadedContent } from '../loadedContent';
import { UnshowableError } from '../show';
import { TooLargeError } from '../tooLarge';
import { wavOf, type Pcm } from './codecs/pcm';
import { decodeGsm, decodeTelephoneWav } from './codecs/telephoneSound';
import { readWavFile } from './codecs/wavFile';

type Decode = (file: Uint8Array, signal: AbortSignal) => Promise<Pcm | undefined>;

const DECODERS: Readonly<Record<Decoder, Decode>> = {
  telephoneWav: decodeTelephoneWav,
  gsm: decodeGsm,
  // It is larger than all the rest of a page, and seldom needed.
  amr: async (file, signal) => (await import('./codecs/amr')).decodeAmr(file, signal),
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
  if (blob.size === 0) throw new UnshowableError(strings.noSound);
  const { decoder } = formatOfBytes(await headOf(blob)) ?? formatOf(contentType, fileName);
  if (!decoder || blob.size > LARGEST) return blob;
  const file = new Uint8Array(await blob.arrayBuffer());
  // Browsers do not always say so: some show nothing to play.
  if (decoder === 'telephoneWav' && readWavFile(file)?.data.length === 0)
    throw new UnshowableError(strings.noSound);
  try {
    const pcm = await DECODERS[decoder](file, signal);
    return pcm ? wavOf(pcm) : blob;
  } catch (error) {
    throw error instanceof TooLargeError ? new UnshowableError(strings.fileTooLarge) : error;
  }
}
