/**
 * How far a sound swings out in each of `count` equal parts of its time, from 0 to 1: the largest of all channels.
 * @param channels samples from -1 to 1, all of the same length
 */
export function peaksOf(channels: readonly Float32Array[], count: number): Float32Array {
  const peaks = new Float32Array(count);
  for (const samples of channels) {
    for (let part = 0; part < count; part++) {
      const [start, end] = bounds(part, count, samples.length);
      let peak = peaks[part] ?? 0;
      for (let at = start; at < end; at++) peak = Math.max(peak, Math.abs(samples[at] ?? 0));
      peaks[part] = Math.min(1, peak);
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
