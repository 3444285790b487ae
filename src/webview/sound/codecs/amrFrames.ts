/** A kind of AMR. */
interface Amr {
  /** What its files begin with. */
  readonly head: string;
  /** Samples of a frame. */
  readonly samples: number;
  /** Bytes of a frame by its type, with the one that says the type. */
  readonly frameBytes: readonly number[];
}

/** RFC 4867, sections 3.6 and 5; types that are not used have nothing behind the first byte. */
const KINDS: readonly Amr[] = [
  {
    head: '#!AMR\n',
    samples: 160,
    frameBytes: [13, 14, 16, 18, 20, 21, 27, 32, 6, 1, 1, 1, 1, 1, 1, 1],
  },
  {
    head: '#!AMR-WB\n',
    samples: 320,
    frameBytes: [18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 1, 1, 1, 1, 1, 1],
  },
];

/**
 * How many samples the whole frames of a file of AMR stand for, without decoding any of them.
 * @returns undefined if the file does not begin as one with a single channel does
 */
export function samplesOfAmr(file: Uint8Array): number | undefined {
  const kind = KINDS.find(({ head }) => String.fromCharCode(...file.subarray(0, head.length)) === head);
  if (!kind) return undefined;
  let frames = 0;
  for (let at = kind.head.length; at < file.length; frames++) {
    at += kind.frameBytes[((file[at] ?? 0) >> 3) & 15] ?? 1;
    if (at > file.length) break;
  }
  return frames * kind.samples;
}
