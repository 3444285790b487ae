// A bilevel image as an embedded JBIG2 stream: one generic region, template 0, coded arithmetically (ITU-T T.88).

// Annex E, table E.1: probability of the less probable symbol, next state after the more and the less probable one,
// and whether the latter exchanges the two.
const states = [
  [0x5601, 1, 1, 1], [0x3401, 2, 6, 0], [0x1801, 3, 9, 0], [0x0ac1, 4, 12, 0], [0x0521, 5, 29, 0], [0x0221, 38, 33, 0],
  [0x5601, 7, 6, 1], [0x5401, 8, 14, 0], [0x4801, 9, 14, 0], [0x3801, 10, 14, 0], [0x3001, 11, 17, 0],
  [0x2401, 12, 18, 0], [0x1c01, 13, 20, 0], [0x1601, 29, 21, 0], [0x5601, 15, 14, 1], [0x5401, 16, 14, 0],
  [0x5101, 17, 15, 0], [0x4801, 18, 16, 0], [0x3801, 19, 17, 0], [0x3401, 20, 18, 0], [0x3001, 21, 19, 0],
  [0x2801, 22, 19, 0], [0x2401, 23, 20, 0], [0x2201, 24, 21, 0], [0x1c01, 25, 22, 0], [0x1801, 26, 23, 0],
  [0x1601, 27, 24, 0], [0x1401, 28, 25, 0], [0x1201, 29, 26, 0], [0x1101, 30, 27, 0], [0x0ac1, 31, 28, 0],
  [0x09c1, 32, 29, 0], [0x08a1, 33, 30, 0], [0x0521, 34, 31, 0], [0x0441, 35, 32, 0], [0x02a1, 36, 33, 0],
  [0x0221, 37, 34, 0], [0x0141, 38, 35, 0], [0x0111, 39, 36, 0], [0x0085, 40, 37, 0], [0x0049, 41, 38, 0],
  [0x0025, 42, 39, 0], [0x0015, 43, 40, 0], [0x0009, 44, 41, 0], [0x0005, 45, 42, 0], [0x0001, 45, 43, 0],
  [0x5601, 46, 46, 0],
]; // prettier-ignore

/** The arithmetic encoder of Annex E. */
class ArithmeticEncoder {
  #bytes = [0];
  #interval = 0x8000;
  #code = 0;
  #shifts = 12;
  #contexts = new Map();

  encode(bit, contextId) {
    let context = this.#contexts.get(contextId);
    if (!context) this.#contexts.set(contextId, (context = { state: 0, likely: 0 }));
    const [probability, afterLikely, afterUnlikely, exchange] = states[context.state];
    this.#interval -= probability;
    const likely = bit === context.likely;
    if (likely && this.#interval & 0x8000) {
      this.#code += probability;
      return;
    }
    if (likely === this.#interval < probability) this.#interval = probability;
    else this.#code += probability;
    if (!likely && exchange) context.likely = 1 - context.likely;
    context.state = likely ? afterLikely : afterUnlikely;
    do {
      this.#interval <<= 1;
      this.#code <<= 1;
      if (--this.#shifts === 0) this.#byteOut();
    } while (!(this.#interval & 0x8000));
  }

  #byteOut() {
    const last = this.#bytes.length - 1;
    if (this.#bytes[last] !== 0xff && this.#code >= 0x8000000) {
      this.#bytes[last]++;
      this.#code &= 0x7ffffff;
    }
    const stuffed = this.#bytes[last] === 0xff;
    this.#bytes.push(this.#code >>> (stuffed ? 20 : 19));
    this.#code &= stuffed ? 0xfffff : 0x7ffff;
    this.#shifts = stuffed ? 7 : 8;
  }

  finish() {
    const end = this.#code + this.#interval;
    this.#code |= 0xffff;
    if (this.#code >= end) this.#code -= 0x8000;
    for (let round = 0; round < 2; round++) {
      this.#code <<= this.#shifts;
      this.#byteOut();
    }
    if (this.#bytes.at(-1) !== 0xff) this.#bytes.push(0xff);
    this.#bytes.push(0xac);
    return Buffer.from(this.#bytes.slice(1));
  }
}

/** Pixels before the current one that make its context: template 0 with the adaptive pixels where they usually are. */
const neighbours = [
  [-2, [-2, -1, 0, 1, 2]],
  [-1, [-3, -2, -1, 0, 1, 2, 3]],
  [0, [-4, -3, -2, -1]],
].flatMap(([y, columns]) => columns.map((x) => [x, y]));
const adaptivePixels = Buffer.from([3, -1, -3, -1, 2, -2, -2, -2].map((value) => value & 0xff));

function uint32(...values) {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => bytes.writeUInt32BE(value, 4 * index));
  return bytes;
}

/** A segment of page 1 that refers to no other. */
function segment(number, type, data) {
  return Buffer.concat([uint32(number), Buffer.from([type, 0, 1]), uint32(data.length), data]);
}

/** `black(x, y)` is 1 for black, 0 for white and for everything outside the image. */
export function encodeJbig2({ width, height, black }) {
  const encoder = new ArithmeticEncoder();
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let context = 0;
      for (const [dx, dy] of neighbours) context = (context << 1) | black(x + dx, y + dy);
      encoder.encode(black(x, y), context);
    }
  }
  const pageInformation = Buffer.concat([uint32(width, height, 0, 0), Buffer.from([0, 0, 0])]);
  const regionInformation = Buffer.concat([uint32(width, height, 0, 0), Buffer.from([0])]);
  const template = Buffer.from([0]);
  return Buffer.concat([
    segment(0, 48, pageInformation),
    segment(1, 38, Buffer.concat([regionInformation, template, adaptivePixels, encoder.finish()])),
  ]);
}
