/**
 * How far a sample swings out, from 0 to 1. A recording may hold any floating-point numbers: what is beyond the range is
 * heard as its end, and what is no number is not heard.
 */
export function amplitude(sample: number): number {
  const size = Math.abs(sample);
  return size > 1 ? 1 : size || 0;
}

/**
 * How far a sound swings out in each of `count` equal parts of its time, from 0 to 1: the largest of all channels.
 * @param channels samples
 */
export function peaksOf(channels: readonly Float32Array[], count: number): Float32Array {
  const peaks = new Float32Array(count);
  for (const samples of channels) {
    for (let part = 0; part < count; part++) {
      const [start, end] = bounds(part, count, samples.length);
      let peak = peaks[part] ?? 0;
      for (let at = start; at < end; at++) peak = Math.max(peak, amplitude(samples[at] ?? 0));
      peaks[part] = peak;
    }
  }
  return peaks;
}

/** The same peaks for another number of parts; the loudest of all is 1, unless there is no sound at all. */
export function barsOf(peaks: Float32Array, count: number): Float32Array {
  const bars = peaksOf([peaks], count);
  const loudest = bars.reduce((most, bar) => Math.max(most, bar), 0);
  return loudest > 0 ? bars.map((bar) => bar / loudest) : bars;
}

/** Never empty: a part that is shorter than a sample takes the one that it falls on. */
function bounds(part: number, count: number, length: number): readonly [start: number, end: number] {
  const start = Math.floor((part * length) / count);
  return [start, Math.max(start + 1, Math.floor(((part + 1) * length) / count))];
}
