import { BitReader } from './bitReader';
import { BLACK, LENGTH_BITS, Mode, MODE_BITS, MODES, RUN_BITS, WHITE } from './ccittCodes';

/** How lines are coded: by themselves and each from a byte's start, after end-of-line codes, or by the line above. */
export type CcittScheme = 'huffman' | 'group3' | 'group4';

export interface CcittOptions {
  readonly scheme: CcittScheme;
  /** Group 3 only: each line says whether it is coded by the line above. */
  readonly twoDimensional: boolean;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

export interface CcittResult {
  /** One bit for each pixel, set where it is black; lines begin with a byte. */
  readonly bits: Uint8Array;
  /** Lines that are missing or could not be read. */
  readonly badLines: number;
}

/** An end of line is this many zeros, or more, and a one. */
const EOL_ZEROS = 11;
const ADDRESSES_BEHIND_END = 4;

/**
 * Decodes what fax machines send (ITU-T T.4, T.6). A line of Group 3 that was damaged on the way is shown as the line above,
 * as fax machines print it; in Group 4, nothing can be read after the first mistake.
 * @param data the first bit to be read is the highest of a byte
 */
export function decodeCcitt(data: Uint8Array, options: CcittOptions): CcittResult {
  return new CcittDecoder(data, options).decode();
}

class CcittDecoder {
  readonly #bits: BitReader;
  /** Where colours change in the line above and in this one, white first; filled up with the width. */
  #above: Uint32Array;
  #line: Uint32Array;
  #changes = 0;

  constructor(
    data: Uint8Array,
    private readonly options: CcittOptions,
  ) {
    this.#bits = new BitReader(data);
    this.#above = new Uint32Array(options.width + ADDRESSES_BEHIND_END).fill(options.width);
    this.#line = this.#above.slice();
  }

  decode(): CcittResult {
    const { width, height, scheme } = this.options;
    const stride = Math.ceil(width / 8);
    const bits = new Uint8Array(stride * height);
    let badLines = 0;
    for (let y = 0; y < height; y++) {
      const read = this.#next();
      if (read === 'end') return { bits, badLines: badLines + height - y };
      if (read === 'bad') {
        if (scheme === 'group4') return { bits, badLines: badLines + height - y };
        badLines++;
        this.#line.set(this.#above);
      }
      paintLine(bits, y * stride, this.#line, width);
      [this.#above, this.#line] = [this.#line, this.#above];
    }
    return { bits, badLines };
  }

  #next(): 'good' | 'bad' | 'end' {
    this.#changes = 0;
    switch (this.options.scheme) {
      case 'group4':
        return this.#readByLineAbove() ? 'good' : 'bad';
      case 'huffman': {
        this.#bits.toByte();
        if (this.#bits.isAtEnd()) return 'end';
        return this.#readRuns() ? 'good' : 'bad';
      }
      case 'group3':
        return this.#nextGroup3();
    }
  }

  #nextGroup3(): 'good' | 'bad' | 'end' {
    const { twoDimensional } = this.options;
    let ends = 0;
    let alone = true;
    while (this.#bits.peek(EOL_ZEROS) === 0) {
      while (this.#bits.peek(1) === 0 && !this.#bits.isAtEnd()) this.#bits.skip(1);
      this.#bits.skip(1);
      if (twoDimensional) alone = this.#bits.read(1) === 1;
      // Two in a row are the end of the page.
      if (++ends > 1 || this.#bits.isAtEnd()) return 'end';
    }
    if (this.#bits.isAtEnd()) return 'end';
    if (alone ? this.#readRuns() : this.#readByLineAbove()) return 'good';
    while (this.#bits.peek(EOL_ZEROS) !== 0 && !this.#bits.isAtEnd()) this.#bits.skip(1);
    return 'bad';
  }

  #readRuns(): boolean {
    const { width } = this.options;
    let x = 0;
    let black = false;
    while (x < width) {
      const run = this.#readRun(black);
      if (run < 0) return false;
      x += run;
      if (!this.#change(x)) return false;
      black = !black;
    }
    return this.#finish();
  }

  #readByLineAbove(): boolean {
    const { width } = this.options;
    const above = this.#above;
    let x = -1;
    let black = false;
    /** Of the change above that the next code refers to: right of `x`, and to the other colour. */
    let index = 0;
    while (x < width) {
      while (index >= 2 && (above[index - 2] ?? 0) > x) index -= 2;
      while ((above[index] ?? width) <= x && (above[index] ?? width) < width) index += 2;
      const code = MODES[this.#bits.peek(MODE_BITS)] ?? 0;
      if (code === 0) return false;
      this.#bits.skip(code & 15);
      const mode = code >> LENGTH_BITS;
      if (mode === Mode.Pass) {
        x = above[index + 1] ?? width;
      } else if (mode === Mode.Horizontal) {
        const first = this.#readRun(black);
        const second = this.#readRun(!black);
        if (first < 0 || second < 0) return false;
        const middle = Math.max(x, 0) + first;
        x = middle + second;
        if (!this.#change(middle) || !this.#change(x)) return false;
      } else {
        const change = (above[index] ?? width) + mode - Mode.Vertical;
        if (change < x || change < 0 || !this.#change(change)) return false;
        x = change;
        black = !black;
        index++;
      }
    }
    return this.#finish();
  }

  /** Pixels; negative if there is no such code. */
  #readRun(black: boolean): number {
    const table = black ? BLACK : WHITE;
    let total = 0;
    for (;;) {
      const code = table[this.#bits.peek(RUN_BITS)] ?? 0;
      if (code === 0 || this.#bits.isAtEnd()) return -1;
      this.#bits.skip(code & 15);
      const run = code >> LENGTH_BITS;
      total += run;
      if (run < 64) return total;
    }
  }

  #change(x: number): boolean {
    const { width } = this.options;
    if (x > width || this.#changes > width) return false;
    this.#line[this.#changes++] = x;
    return true;
  }

  #finish(): boolean {
    this.#line.fill(this.options.width, this.#changes);
    return true;
  }
}

/** @param changes white from the line's start to the first, black to the second, and so on */
function paintLine(bits: Uint8Array, start: number, changes: Uint32Array, width: number): void {
  for (let index = 0; index + 1 < changes.length; index += 2) {
    const from = changes[index] ?? width;
    if (from >= width) return;
    paintRun(bits, start, from, changes[index + 1] ?? width);
  }
}

function paintRun(bits: Uint8Array, start: number, from: number, to: number): void {
  if (from >= to) return;
  const first = start + (from >> 3);
  const last = start + (to >> 3);
  const head = 0xff >> (from & 7);
  const tail = 0xff & ~(0xff >> (to & 7));
  if (first === last) {
    bits[first] = (bits[first] ?? 0) | (head & tail);
    return;
  }
  bits[first] = (bits[first] ?? 0) | head;
  bits.fill(0xff, first + 1, last);
  if (tail !== 0) bits[last] = (bits[last] ?? 0) | tail;
}
