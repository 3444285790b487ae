import { BitReader } from './bitReader';
import { CcittLine, EOL_ZEROS, lengthOfRuns } from './ccittLine';

/** How the lines of Group 3 data follow each other, which writers do not always say truthfully. */
export interface Group3Layout {
  /** Whether an EOL is between them; otherwise whether each begins with a byte. */
  readonly separation: 'eol' | 'byte' | 'none';
  /** Whether the first line begins at once, without an EOL before it. */
  readonly beginsAtOnce: boolean;
  /** Pixels of a line, which need not be what the page has. */
  readonly width: number;
}

interface Group3Options {
  /** Pixels that a line should have. */
  readonly width: number;
  /** Lines that are wanted. */
  readonly height: number;
  /** Whether each line says if it is coded by the line above. */
  readonly twoDimensional: boolean;
}

/** Lines that are looked at to see how long they are. */
const SAMPLES = 16;
/** Lines are at most this much longer than the page is said to be wide: A3 is 1.4 times as wide as A4. */
const LONGEST = 1.5;
const LONGEST_ANYHOW = 64;

/**
 * Looks how the lines follow each other. Data that begin with an EOL have one before each line, as ITU-T T.4 has it; of others
 * it is tried what can be read.
 */
export function group3Layout(data: Uint8Array, options: Group3Options): Group3Layout {
  const { width, height, twoDimensional } = options;
  const beginsAtOnce = !twoDimensional && new BitReader(data).peek(EOL_ZEROS) !== 0;
  const byEol: Group3Layout = {
    separation: 'eol',
    beginsAtOnce,
    width: lengthOfLines(data, width, twoDimensional, beginsAtOnce),
  };
  // A single line is followed by nothing.
  if (!beginsAtOnce || height === 1) return byEol;
  const trials = (['byte', 'none'] as const).map((separation) => ({ separation, beginsAtOnce, width }));
  const line = new CcittLine(width);
  const eolLine = byEol.width === width ? line : new CcittLine(byEol.width);
  let [best, most] = [byEol, goodLines(data, byEol, height, eolLine)];
  for (const layout of trials) {
    const good = goodLines(data, layout, height, line);
    if (good > most) [best, most] = [layout, good];
  }
  return best;
}

/** The length that most lines have which end with an EOL and are coded by themselves. */
function lengthOfLines(
  data: Uint8Array,
  width: number,
  twoDimensional: boolean,
  beginsAtOnce: boolean,
): number {
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
  return times * 2 > samples ? usual : width;
}

/** How many lines can be read until the first that cannot. @param line to be read into, of the layout's width */
function goodLines(data: Uint8Array, layout: Group3Layout, height: number, line: CcittLine): number {
  const bits = new BitReader(data);
  for (let y = 0; y < height; y++) {
    if (bits.isAtEnd() || line.readRuns(bits, undefined) !== 'width' || line.reached > line.width) return y;
    if (layout.separation === 'byte') bits.toByte();
    if (layout.separation !== 'eol') continue;
    if (bits.peek(EOL_ZEROS) !== 0) return y;
    bits.skipZerosAndOne();
  }
  return height;
}
