import { amplitude } from './peaks';

/** A part of a recording, in seconds. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Seconds over which loudness is measured. */
const WINDOW = 0.02;
/** What is this much quieter than the speech is silence: a telephone line hisses. As amplitude; -26 dB. */
const RELATIVE_THRESHOLD = 0.05;
/** The quietest that counts as sound at all; -56 dB. */
const LEAST_THRESHOLD = 0.0016;
/** Share of the windows that are not louder than the speech: coughs and knocks are. */
const SPEECH_QUANTILE = 0.9;
/** Seconds. Shorter pauses belong to the speech. */
const LEAST_PAUSE = 0.6;
/** Seconds that are left at each side of a pause, for beginnings and ends of words are quiet. */
const MARGIN = 0.15;

/**
 * The pauses of a recording that are worth skipping, in order.
 * @param channels samples; of a channel that is shorter than others, the rest is silent
 * @param rate samples a second
 */
export function findSilence(channels: readonly Float32Array[], rate: number): readonly Span[] {
  const step = Math.max(1, Math.round(rate * WINDOW));
  const loudness = loudnessOf(channels, step);
  const threshold = Math.max(LEAST_THRESHOLD, speechLoudness(loudness) * RELATIVE_THRESHOLD);
  const spans: Span[] = [];
  let from = 0;
  for (let window = 0; window <= loudness.length; window++) {
    const silent = window < loudness.length && (loudness[window] ?? 0) < threshold;
    if (silent) continue;
    if (window > from) spans.push({ start: (from * step) / rate, end: (window * step) / rate });
    from = window + 1;
  }
  const total = longest(channels) / rate;
  return spans
    .filter(({ start, end }) => end - start >= LEAST_PAUSE)
    .map(({ start, end }) => ({
      // Nothing is heard before the beginning and after the end, so that no margin is needed there.
      start: start === 0 ? 0 : start + MARGIN,
      end: end >= total ? total : end - MARGIN,
    }));
}

/** Seconds that are not heard when the spans are skipped. */
export function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { start, end }) => sum + end - start, 0);
}

/** The span that a position lies in. */
export function spanAt(spans: readonly Span[], position: number): Span | undefined {
  return spans.find(({ start, end }) => position >= start && position < end);
}

/** Samples of the longest channel. */
function longest(channels: readonly Float32Array[]): number {
  return channels.reduce((most, { length }) => Math.max(most, length), 0);
}

/** Root mean square of each window, of the loudest channel. */
function loudnessOf(channels: readonly Float32Array[], step: number): Float32Array {
  const loudness = new Float32Array(Math.ceil(longest(channels) / step));
  for (const samples of channels) {
    for (let window = 0; window < loudness.length; window++) {
      const start = window * step;
      const end = Math.min(samples.length, start + step);
      let sum = 0;
      for (let at = start; at < end; at++) sum += amplitude(samples[at] ?? 0) ** 2;
      if (end > start) loudness[window] = Math.max(loudness[window] ?? 0, Math.sqrt(sum / (end - start)));
    }
  }
  return loudness;
}

function speechLoudness(loudness: Float32Array): number {
  const sorted = loudness.toSorted();
  return sorted[Math.floor(sorted.length * SPEECH_QUANTILE)] ?? 0;
}
