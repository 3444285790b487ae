import { clip } from './pcm';

/**
 * GSM 06.10 full rate (ETSI EN 300 961), the speech codec of answering machines: it describes speech as pulses that excite
 * a filter, which stands for the vocal tract. Written after the standard's own description of its arithmetic, whose section
 * numbers are given, so that each sample is the one that the standard demands. No maintained library decodes it.
 */

/** Samples of a frame, which lasts 20 ms, and of each of its four parts. */
export const FRAME_SAMPLES = 160;
const PART_SAMPLES = 40;

/** Bytes of a frame by itself, and of the two that WAV files pack together. */
export const FRAME_BYTES = 33;
export const PAIR_BYTES = 65;

/** Gives bits as numbers, one after the other. */
type BitSource = (count: number) => number;

/** Decodes the frames of one recording in order: each builds on the ones before. */
export class GsmDecoder {
  /** The residual signal: what was before this frame, as far back as a pitch may reach, and a part of this one. */
  readonly #residual = new Int16Array(LONGEST_LAG + PART_SAMPLES);
  #lag = PART_SAMPLES;
  #logAreaRatios: Int16Array = new Int16Array(FILTERS.length);
  readonly #filter = new Int16Array(FILTERS.length + 1);
  #deemphasis = 0;

  /** @param frame of 33 bytes, the most significant bits first */
  decodeFrame(frame: Uint8Array): Int16Array<ArrayBuffer> {
    const bits = mostSignificantFirst(frame);
    // A mark at the beginning of each frame.
    bits(4);
    return this.#decode(bits);
  }

  /** @param pair of two frames in 65 bytes, the least significant bits first, as in WAV files */
  decodePair(pair: Uint8Array): Int16Array<ArrayBuffer> {
    const bits = leastSignificantFirst(pair);
    const samples = new Int16Array(2 * FRAME_SAMPLES);
    samples.set(this.#decode(bits));
    samples.set(this.#decode(bits), FRAME_SAMPLES);
    return samples;
  }

  #decode(bits: BitSource): Int16Array<ArrayBuffer> {
    const ratios = decodeRatios(bits);
    const excitation = new Int16Array(FRAME_SAMPLES);
    for (let at = 0; at < FRAME_SAMPLES; at += PART_SAMPLES) excitation.set(this.#decodePart(bits), at);
    const samples = this.#synthesize(excitation, ratios);
    this.#logAreaRatios = ratios;
    // 5.3.5 and 5.3.6: what was emphasized before it was coded, and the scale and precision of the result.
    return samples.map((sample) => {
      this.#deemphasis = add(sample, multiply(this.#deemphasis, 28_180));
      return add(this.#deemphasis, this.#deemphasis) & ~7;
    });
  }

  /** 5.3.1 and 5.3.2: the residual signal of a part, from its pulses and from what it repeats of the ones before. */
  #decodePart(bits: BitSource): Int16Array {
    const lag = bits(7);
    const gain = LAG_GAINS[bits(2)] ?? 0;
    const pulses = decodePulses(bits);
    if (lag >= PART_SAMPLES && lag <= LONGEST_LAG) this.#lag = lag;
    const residual = this.#residual;
    for (let at = LONGEST_LAG; at < residual.length; at++)
      residual[at] = add(pulses[at - LONGEST_LAG] ?? 0, multiply(gain, residual[at - this.#lag] ?? 0));
    const part = residual.slice(LONGEST_LAG);
    residual.copyWithin(0, PART_SAMPLES);
    return part;
  }

  /** 5.3.3 and 5.3.4: the residual signal through the filter, which turns from that of the frame before into this one's. */
  #synthesize(excitation: Int16Array, ratios: Int16Array): Int16Array<ArrayBuffer> {
    const samples = new Int16Array(FRAME_SAMPLES);
    const filter = this.#filter;
    let at = 0;
    for (const [end, mix] of TRANSITIONS) {
      const reflections = ratios.map((ratio, index) =>
        reflection(mix(this.#logAreaRatios[index] ?? 0, ratio)),
      );
      for (; at < end; at++) {
        let sample = excitation[at] ?? 0;
        for (let index = FILTERS.length - 1; index >= 0; index--) {
          const coefficient = reflections[index] ?? 0;
          const before = filter[index] ?? 0;
          sample = clip(sample - multiply(coefficient, before));
          filter[index + 1] = add(before, multiply(coefficient, sample));
        }
        filter[0] = sample;
        samples[at] = sample;
      }
    }
    return samples;
  }
}

/** Samples of the longest pitch. */
const LONGEST_LAG = 120;

/** Table 5.3a. */
const LAG_GAINS = [3277, 11_469, 21_299, 32_767];

/** Of the eight log area ratios: how many bits each has, and how it is decoded (table 5.1). */
const FILTERS = [
  { bits: 6, least: -32, offset: 0, factor: 13_107 },
  { bits: 6, least: -32, offset: 0, factor: 13_107 },
  { bits: 5, least: -16, offset: 2048, factor: 13_107 },
  { bits: 5, least: -16, offset: -2560, factor: 13_107 },
  { bits: 4, least: -8, offset: 94, factor: 19_223 },
  { bits: 4, least: -8, offset: -1792, factor: 17_476 },
  { bits: 3, least: -4, offset: -341, factor: 31_454 },
  { bits: 3, least: -4, offset: -1144, factor: 29_708 },
] as const;

/** 5.2.8 */
function decodeRatios(bits: BitSource): Int16Array {
  return Int16Array.from(FILTERS, ({ bits: count, least, offset, factor }) => {
    const scaled = clip((clip(bits(count) + least) << 10) - 2 * offset);
    const ratio = multiply(factor, scaled);
    return add(ratio, ratio);
  });
}

/** 5.2.9.1: up to which sample the filter is which mixture of the one before and this one. */
const TRANSITIONS: readonly (readonly [end: number, mix: (before: number, now: number) => number])[] = [
  [13, (before, now) => add(add(before >> 2, now >> 2), before >> 1)],
  [27, (before, now) => add(before >> 1, now >> 1)],
  [40, (before, now) => add(add(before >> 2, now >> 2), now >> 1)],
  [FRAME_SAMPLES, (_before, now) => now],
];

/** 5.2.9.2: a log area ratio as the coefficient of a filter. */
function reflection(ratio: number): number {
  const size = Math.min(Math.abs(ratio), 32_767);
  const coefficient = size < 11_059 ? size << 1 : size < 20_070 ? size + 11_059 : add(size >> 2, 26_112);
  return ratio < 0 ? -coefficient : coefficient;
}

/** Table 5.6. */
const MANTISSAS = [18_431, 20_479, 22_527, 24_575, 26_623, 28_671, 30_719, 32_767];

const PULSES = 13;

/** 5.2.15 to 5.2.17: pulses at every third sample. */
function decodePulses(bits: BitSource): Int16Array {
  const grid = bits(2);
  const [exponent, mantissa] = readSize(bits(6));
  const shift = 6 - exponent;
  const half = shift > 0 ? 1 << (shift - 1) : 0;
  const pulses = new Int16Array(PART_SAMPLES);
  for (let index = 0; index < PULSES; index++) {
    const pulse = multiply(MANTISSAS[mantissa] ?? 0, ((bits(3) << 1) - 7) << 12);
    pulses[grid + 3 * index] = add(pulse, half) >> shift;
  }
  return pulses;
}

/** 5.2.15: the size of the largest pulse. */
function readSize(code: number): readonly [exponent: number, mantissa: number] {
  let exponent = code > 15 ? (code >> 3) - 1 : 0;
  let mantissa = code - (exponent << 3);
  if (mantissa === 0) return [-4, 7];
  while (mantissa <= 7) {
    mantissa = (mantissa << 1) | 1;
    exponent--;
  }
  return [exponent, mantissa - 8];
}

/** 5.1: the sum, or the nearest number of 16 bits. */
function add(one: number, other: number): number {
  return clip(one + other);
}

/** 5.1: the product of two fractions, rounded. */
function multiply(one: number, other: number): number {
  return clip((one * other + 16_384) >> 15);
}

function mostSignificantFirst(bytes: Uint8Array): BitSource {
  let at = 0;
  return (count) => {
    let value = 0;
    for (const end = at + count; at < end; at++)
      value = (value << 1) | (((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1);
    return value;
  };
}

function leastSignificantFirst(bytes: Uint8Array): BitSource {
  let at = 0;
  return (count) => {
    let value = 0;
    for (let bit = 0; bit < count; bit++, at++) value |= (((bytes[at >> 3] ?? 0) >> (at & 7)) & 1) << bit;
    return value;
  };
}
