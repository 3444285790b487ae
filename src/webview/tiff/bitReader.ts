/** Reads bits, the highest of each byte first. Behind the end there are zeros. */
export class BitReader {
  #position = 0;

  constructor(private readonly bytes: Uint8Array) {}

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

  toByte(): void {
    this.#position = (this.#position + 7) & ~7;
  }
}
