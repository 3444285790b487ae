import type { BitReader } from './bitReader';
import { BLACK, LENGTH_BITS, Mode, MODE_BITS, MODES, RUN_BITS, WHITE } from './ccittCodes';

/** An end of line (EOL) is this many zeros, or more, and a one. */
export const EOL_ZEROS = 11;
const EOL_BITS = EOL_ZEROS + 1;

/**
 * Why reading a line came to its end: it has its width, or more; an EOL came before; what came is no code, or none that can be
 * in this place; or there were no more data.
 */
export type LineEnd = 'width' | 'eol' | 'bad' | 'data';

/** Behind the last change of a line, for those that look ahead. */
const PADDING = 4;
const NO_RUN = -1;

/** A line of black and white: where the color changes. */
export class CcittLine {
  /**
   * Pixels from the line's start, each greater than the one before: white up to the first, black up to the second, and so on.
   * Filled up with the width.
   */
  readonly changes: Uint32Array;
  #count = 0;
  #reached = 0;

  constructor(readonly width: number) {
    this.changes = new Uint32Array(width + PADDING).fill(width);
  }

  /** How far the line was read, in pixels; what is beyond the width was cut. */
  get reached(): number {
    return this.#reached;
  }

  /**
   * Reads a line that is coded one-dimensionally. After an EOL the rest is white; what could not be read is taken from the line
   * above.
   * @param above undefined if there is none, or none that matters
   */
  readOneDimensional(bits: BitReader, above: CcittLine | undefined): LineEnd {
    this.#count = 0;
    let x = 0;
    let black = false;
    while (x < this.width) {
      const run = readRun(bits, black);
      if (run === NO_RUN) return this.#stop(bits, x, above);
      x += run;
      this.#change(x);
      black = !black;
    }
    return this.#finish(x, 'width');
  }

  /** Reads a line that is coded two-dimensionally, by the one above it; otherwise as `readOneDimensional`. */
  readTwoDimensional(bits: BitReader, above: CcittLine): LineEnd {
    const { width } = this;
    const { changes } = above;
    this.#count = 0;
    let x = -1;
    let black = false;
    /** Of the change above that the next code refers to: right of `x`, and to the other color. */
    let index = 0;
    while (x < width) {
      while (index >= 2 && (changes[index - 2] ?? 0) > x) index -= 2;
      while ((changes[index] ?? width) <= x && (changes[index] ?? width) < width) index += 2;
      const code = MODES[bits.peek(MODE_BITS)] ?? 0;
      if (code === 0 || bits.isAtEnd()) return this.#stop(bits, x, above);
      const mode = code >> LENGTH_BITS;
      bits.skip(code & 15);
      if (mode === Mode.Pass) {
        x = changes[index + 1] ?? width;
      } else if (mode === Mode.Horizontal) {
        for (const color of [black, !black]) {
          const run = readRun(bits, color);
          if (run === NO_RUN) return this.#stop(bits, x, above);
          x = Math.max(x, 0) + run;
          this.#change(x);
        }
      } else {
        const change = (changes[index] ?? width) + mode - Mode.Vertical;
        if (change < x || change < 0) return this.#stop(bits, x, above);
        this.#change(change);
        x = change;
        black = !black;
        index++;
      }
    }
    return this.#finish(x, 'width');
  }

  /** Makes it white. */
  clear(): void {
    this.#count = 0;
    this.#finish(0, 'width');
  }

  #stop(bits: BitReader, x: number, above: CcittLine | undefined): LineEnd {
    const reached = Math.max(x, 0);
    const isEol = bits.left >= EOL_BITS && bits.peek(EOL_ZEROS) === 0;
    if (above && !isEol) this.#continueAs(above, reached);
    else if (this.#count % 2 === 1) this.#change(reached);
    return this.#finish(reached, isEol ? 'eol' : bits.left < EOL_BITS ? 'data' : 'bad');
  }

  #continueAs({ changes }: CcittLine, x: number): void {
    const { width } = this;
    let index = 0;
    while ((changes[index] ?? width) <= x && (changes[index] ?? width) < width) index++;
    if (index % 2 !== this.#count % 2) this.#change(x);
    for (; (changes[index] ?? width) < width; index++) this.#change(changes[index] ?? width);
  }

  #change(x: number): void {
    const at = Math.min(x, this.width);
    // Nothing is between two changes in one place.
    if (this.#count > 0 && this.changes[this.#count - 1] === at) this.#count--;
    else this.changes[this.#count++] = at;
  }

  #finish(reached: number, end: LineEnd): LineEnd {
    this.#reached = reached;
    this.changes.fill(this.width, this.#count);
    return end;
  }
}

/** Pixels; `NO_RUN` if there is no such code. */
function readRun(bits: BitReader, black: boolean): number {
  const table = black ? BLACK : WHITE;
  let total = 0;
  for (;;) {
    const code = table[bits.peek(RUN_BITS)] ?? 0;
    if (code === 0 || bits.isAtEnd()) return NO_RUN;
    bits.skip(code & 15);
    const run = code >> LENGTH_BITS;
    total += run;
    if (run < 64) return total;
  }
}

/**
 * How long a line is that is coded one-dimensionally, whatever its width should be, in pixels.
 * @param most pixels, after which it is given up
 * @returns undefined unless it ends with an EOL, which stays unread
 */
export function lengthOfRuns(bits: BitReader, most: number): number | undefined {
  let x = 0;
  for (let black = false; x <= most; black = !black) {
    const run = readRun(bits, black);
    if (run === NO_RUN) return bits.left >= EOL_BITS && bits.peek(EOL_ZEROS) === 0 ? x : undefined;
    x += run;
  }
  return undefined;
}
