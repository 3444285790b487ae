import { BitReader } from './bitReader';
import type { CcittOptions } from './ccitt';
import { CcittLine, EOL_ZEROS, lengthOfRuns } from './ccittLine';

/** How the lines of Group 3 data follow each other, which writers do not always say truthfully. */
export interface Group3Layout {
  /** Whether an EOL is between them; otherwise whether each begins with a byte. */
  readonly separation: 'eol' | 'byte' | 'none';
  /** Whether the first line begins at once, without an EOL before it. */
  readonly beginsAtOnce: boolean;
  /** Pixels of a line, which need not be what the page has. */
  readonly width: number;
  /** Whether each line says if it is coded one- or two-dimensionally. */
  readonly twoDimensional: boolean;
}

/** As the tags say. */
type Group3Options = Omit<CcittOptions, 'scheme'>;

/** Lines that are looked at to see how long they are. */
const SAMPLES = 16;
/** Lines that have to be as long as they should be before it is believed that the tags are wrong. */
const SURE = 2;
/** Lines are at most this much longer than the page is said to be wide: A3 is 1.4 times as wide as A4. */
const LONGEST = 1.5;
const LONGEST_ANYHOW = 64;

/**
 * Looks how the lines follow each other. Data that begin with an EOL have one before each line, as ITU-T T.4 has it; of others
 * it is tried what can be read.
 */
export function group3Layout(data: Uint8Array, options: Group3Options): Group3Layout {
  const { width, height } = options;
  const twoDimensional = isTwoDimensional(data, options);
  const beginsAtOnce = !twoDimensional && new BitReader(data).peek(EOL_ZEROS) !== 0;
  const sample = sampleLines(data, width, twoDimensional, beginsAtOnce);
  const byEol: Group3Layout = { separation: 'eol', beginsAtOnce, width: sample.usual, twoDimensional };
  // A single line is followed by nothing.
  if (!beginsAtOnce || height === 1) return byEol;
  const line = new CcittLine(width);
  const eolLine = byEol.width === width ? line : new CcittLine(byEol.width);
  const goodByEol = goodLines(data, byEol, height, eolLine);
  // Without a line at once, there is something else before the first EOL.
  let [best, most] = [{ ...byEol, beginsAtOnce: goodByEol > 0 }, goodByEol];
  for (const separation of ['byte', 'none'] as const) {
    const layout: Group3Layout = { separation, beginsAtOnce, width, twoDimensional };
    const good = goodLines(data, layout, height, line);
    if (good > most) [best, most] = [layout, good];
  }
  return best;
}

/** Whether each line says if it is coded one- or two-dimensionally, which the tags of some files say wrongly. */
function isTwoDimensional(data: Uint8Array, { width, twoDimensional }: Group3Options): boolean {
  const said = sampleLines(data, width, twoDimensional, false);
  if (said.exact > 0) return twoDimensional;
  const other = sampleLines(data, width, !twoDimensional, false);
  // Lines that agree on a length that is only somewhat wrong are not there by accident, but a few others are.
  const agreeing = said.usual * LONGEST > width ? said.agreeing : 0;
  return other.exact >= Math.max(SURE, agreeing) ? !twoDimensional : twoDimensional;
}

interface Sample {
  /** The length that most lines have, in pixels; the one that they should have if no length is so usual. */
  readonly usual: number;
  /** How many have the length that most have; 0 if no length is so usual. */
  readonly agreeing: number;
  /** How many have the length that they should have. */
  readonly exact: number;
}

/** Looks at the first lines that are coded one-dimensionally and end with an EOL. */
function sampleLines(
  data: Uint8Array,
  width: number,
  twoDimensional: boolean,
  beginsAtOnce: boolean,
): Sample {
  const most = Math.ceil(width * LONGEST) + LONGEST_ANYHOW;
  const bits = new BitReader(data);
  const seen = new Map<number, number>();
  let samples = 0;
  for (let line = 0; line < SAMPLES; line++) {
    const needsEol = line > 0 || !beginsAtOnce;
    if (needsEol) bits.toZeros(EOL_ZEROS);
    if (needsEol && !bits.skipZerosAndOne()) break;
    if (twoDimensional && bits.read(1) === 0) continue;
    const length = lengthOfRuns(bits, most);
    if (length === undefined || length === 0) continue;
    samples++;
    seen.set(length, (seen.get(length) ?? 0) + 1);
  }
  const [usual = width, times = 0] = [...seen].toSorted((one, other) => other[1] - one[1])[0] ?? [];
  const exact = seen.get(width) ?? 0;
  return times * 2 > samples ? { usual, agreeing: times, exact } : { usual: width, agreeing: 0, exact };
}

/** How many lines can be read until the first that cannot. @param line to be read into, of the layout's width */
function goodLines(data: Uint8Array, layout: Group3Layout, height: number, line: CcittLine): number {
  const bits = new BitReader(data);
  for (let y = 0; y < height; y++) {
    if (bits.isAtEnd() || line.readOneDimensional(bits, undefined) !== 'width' || line.reached > line.width)
      return y;
    if (layout.separation === 'byte') bits.toByte();
    if (layout.separation !== 'eol') continue;
    if (bits.peek(EOL_ZEROS) !== 0) return y;
    bits.skipZerosAndOne();
  }
  return height;
}
