import { BitReader } from './bitReader';
import { CcittLine, EOL_ZEROS } from './ccittLine';
import { group3Layout, type Group3Layout } from './group3Layout';

/**
 * How lines are coded: one-dimensionally, each from the start of a byte or of a word (TIFF's modified Huffman); with
 * end-of-line codes (Group 3); or two-dimensionally, each by the line above (Group 4).
 */
export type CcittScheme = 'huffman' | 'huffmanWords' | 'group3' | 'group4';

export interface CcittOptions {
  readonly scheme: CcittScheme;
  /** Group 3 only: each line says whether it is coded one- or two-dimensionally. */
  readonly twoDimensional: boolean;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

export interface CcittResult {
  /** One bit for each pixel, set where it is black; lines begin with a byte. */
  readonly bits: Uint8Array;
  /** Lines that could not be read, or not to their end. */
  readonly badLines: number;
  /** Lines for which there are no data, or not all, though the page has not come to its proper end before them. */
  readonly missingLines: number;
  /** Lines up to the end of the page, or of the data. */
  readonly lines: number;
}

/** EOLs at the end of a page (return to control). */
const RETURN_TO_CONTROL = 6;
/** An end of line of Group 4, two of which are the end of a page. */
const GROUP4_EOL = 1;
const GROUP4_EOL_BITS = 12;
/** Bits that fill up a page's last byte, or word. */
const MOST_FILL = 16;

/**
 * What came: a line; one that could not be read, or not to its end; one within which the data end; one behind which nothing can
 * be read; the page's proper end; or nothing, for there are no more data.
 */
type Next = 'good' | 'bad' | 'cut' | 'lost' | 'end' | 'missing';

/**
 * Decodes what fax machines send (ITU-T T.4, T.6). Of a line that was damaged on the way, what could not be read is taken from
 * the line above, as fax machines print it. A line that ends too early is white to its end, one that is too long is cut. In
 * Group 4, nothing can be read after the first mistake.
 * @param data the first bit to be read is the highest of a byte
 */
export function decodeCcitt(data: Uint8Array, options: CcittOptions): CcittResult {
  return new CcittDecoder(data, options).decode();
}

class CcittDecoder {
  readonly #bits: BitReader;
  readonly #layout: Group3Layout;
  #above: CcittLine;
  #line: CcittLine;
  /** Lines that come before the next one and of which there is nothing but their EOL. */
  #emptyLines = 0;
  /** Whether there is something before the first EOL that is no line. */
  #hasJunkBeforeFirstEol = false;
  /** Whether the next line is coded one-dimensionally; undefined while it is not known where it begins. */
  #isOneDimensional: boolean | undefined;

  constructor(
    data: Uint8Array,
    private readonly options: CcittOptions,
  ) {
    const { scheme, width } = options;
    this.#bits = new BitReader(data);
    this.#layout =
      scheme === 'group3'
        ? group3Layout(data, options)
        : { separation: 'byte', beginsAtOnce: true, width, twoDimensional: false };
    if (this.#layout.beginsAtOnce) this.#isOneDimensional = true;
    else this.#hasJunkBeforeFirstEol = this.#bits.peek(EOL_ZEROS) !== 0;
    this.#above = new CcittLine(this.#layout.width);
    this.#line = new CcittLine(this.#layout.width);
  }

  decode(): CcittResult {
    const { width, height } = this.options;
    const stride = Math.ceil(width / 8);
    const bits = new Uint8Array(stride * height);
    let badLines = 0;
    for (let y = 0; y < height; y++) {
      const next = this.#next(y === height - 1);
      // It is not the end of a page, but of something else that is called Group 3, such as Group 4.
      if (next === 'end' && y === 0 && this.#hasJunkBeforeFirstEol)
        return { bits, badLines: height, missingLines: 0, lines: 0 };
      if (next === 'end') return { bits, badLines, missingLines: 0, lines: y };
      if (next === 'missing') return { bits, badLines, missingLines: height - y, lines: y };
      if (next === 'bad' || next === 'lost') badLines++;
      paintLine(bits, y * stride, this.#line.changes, width);
      if (next === 'cut') return { bits, badLines, missingLines: height - y, lines: y };
      if (next === 'lost') return { bits, badLines: badLines + height - y - 1, missingLines: 0, lines: y };
      [this.#above, this.#line] = [this.#line, this.#above];
    }
    return { bits, badLines, missingLines: 0, lines: height };
  }

  #next(isLast: boolean): Next {
    if (this.options.scheme === 'group4') return this.#nextGroup4();
    return this.#layout.separation === 'eol' ? this.#nextWithEol(isLast) : this.#nextWithoutEol();
  }

  #nextGroup4(): Next {
    const bits = this.#bits;
    if (bits.isAtEnd()) return 'missing';
    if (bits.peek(GROUP4_EOL_BITS) === GROUP4_EOL) {
      bits.skip(GROUP4_EOL_BITS);
      if (bits.peek(GROUP4_EOL_BITS) === GROUP4_EOL || bits.left < MOST_FILL) return 'end';
      this.#line.clear();
      return 'lost';
    }
    const end = this.#line.readTwoDimensional(bits, this.#above);
    if (end === 'width') return 'good';
    return end === 'data' ? this.#nextOfEnd() : 'lost';
  }

  #nextWithEol(isLast: boolean): Next {
    const bits = this.#bits;
    if (this.#isOneDimensional === undefined) {
      bits.toZeros(EOL_ZEROS);
      const end = this.#skipEols();
      if (end) return end;
    }
    if (this.#emptyLines > 0) {
      this.#emptyLines--;
      this.#line.clear();
      return 'bad';
    }
    const end = this.#isOneDimensional
      ? this.#line.readOneDimensional(bits, this.#above)
      : this.#line.readTwoDimensional(bits, this.#above);
    this.#isOneDimensional = undefined;
    if (end === 'data') return this.#nextOfEnd();
    const isExact = end === 'width' && this.#line.reached <= this.#layout.width;
    return isExact && (isLast || bits.peek(EOL_ZEROS) === 0) ? 'good' : 'bad';
  }

  #nextWithoutEol(): Next {
    const bits = this.#bits;
    if (this.options.scheme === 'huffmanWords') bits.toByte(2);
    else if (this.#layout.separation === 'byte') bits.toByte();
    if (bits.isAtEnd()) return 'missing';
    if (bits.peek(EOL_ZEROS) === 0) {
      const end = this.#skipEols();
      if (end) return end;
    }
    const end = this.#line.readOneDimensional(bits, this.#above);
    if (end === 'data') return this.#nextOfEnd();
    return end === 'width' && this.#line.reached <= this.#layout.width ? 'good' : 'bad';
  }

  /** Goes past an EOL, and any more that follow at once, each of which stands for a line. @returns what else they mean */
  #skipEols(): 'end' | 'missing' | undefined {
    const bits = this.#bits;
    let eols = 0;
    do {
      if (!bits.skipZerosAndOne()) return eols > 1 ? 'end' : 'missing';
      eols++;
      this.#isOneDimensional = !this.#layout.twoDimensional || bits.read(1) === 1;
    } while (bits.left > 0 && bits.peek(EOL_ZEROS) === 0);
    if (eols >= RETURN_TO_CONTROL) return 'end';
    if (bits.left <= 0) return eols > 1 ? 'end' : 'missing';
    this.#emptyLines = eols - 1;
    return undefined;
  }

  /** The data have ended, perhaps within a line. */
  #nextOfEnd(): Next {
    return this.#line.reached > 0 ? 'cut' : 'missing';
  }
}

/**
 * @param changes white from the line's start to the first, black to the second, and so on
 * @param width pixels; what is beyond is cut
 */
function paintLine(bits: Uint8Array, start: number, changes: Uint32Array, width: number): void {
  for (let index = 0; index + 1 < changes.length; index += 2) {
    const from = changes[index] ?? width;
    if (from >= width) return;
    const to = changes[index + 1] ?? width;
    if (from >= to) return;
    paintRun(bits, start, from, Math.min(to, width));
  }
}

function paintRun(bits: Uint8Array, start: number, from: number, to: number): void {
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
