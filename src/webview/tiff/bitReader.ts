/** Reads bits, the highest of each byte first. Behind the end there are zeros. */
export class BitReader {
  #position = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /** Bits that are left; negative if more were read than there are. */
  get left(): number {
    return this.bytes.length * 8 - this.#position;
  }

  isAtEnd(): boolean {
    return this.#position >= this.bytes.length * 8;
  }

  /** The next bits, which stay unread. @param count 16 at most */
  peek(count: number): number {
    const byte = this.#position >> 3;
    const { bytes } = this;
    const three = ((bytes[byte] ?? 0) << 16) | ((bytes[byte + 1] ?? 0) << 8) | (bytes[byte + 2] ?? 0);
    return (three >> (24 - (this.#position & 7) - count)) & ((1 << count) - 1);
  }

  skip(count: number): void {
    this.#position += count;
  }

  /** @param count 16 at most */
  read(count: number): number {
    const value = this.peek(count);
    this.#position += count;
    return value;
  }

  /** Goes to the next place where a byte begins. @param multiple of how many bytes that place is to be, a power of 2 */
  toByte(multiple = 1): void {
    const bits = 8 * multiple;
    this.#position = (this.#position + bits - 1) & ~(bits - 1);
  }

  /** Goes to the next place where so many zeros stand in a row, or to the end. @param count 16 at most */
  toZeros(count: number): void {
    while (!this.isAtEnd()) {
      const bits = this.peek(count);
      if (bits === 0) return;
      // Nothing begins before the last one of these bits.
      this.#position += count - trailingZeros(bits);
    }
  }

  /** Goes past zeros, if there are any, and the one behind them. @returns false if there are only zeros up to the end */
  skipZerosAndOne(): boolean {
    while (!this.isAtEnd()) {
      const bits = this.peek(16);
      if (bits !== 0) {
        this.#position += Math.clz32(bits) - 16 + 1;
        return true;
      }
      this.#position += 16;
    }
    return false;
  }
}

function trailingZeros(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
