/** Parts of a WAV file, and what they say of themselves. */

/**
 * A chunk, with a byte behind one of an odd size, unless it says another size than it has.
 * @param said its size, as it says it
 */
export function chunk(name: string, bytes: Uint8Array, said = bytes.length): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(said);
  const isOdd = said === bytes.length && said % 2 === 1;
  return Buffer.concat([Buffer.from(name, 'latin1'), size, bytes, Buffer.alloc(isOdd ? 1 : 0)]);
}

/** A file of chunks. @param said the size of what is in it, as it says it */
export function riff(chunks: readonly Uint8Array[], said?: number): Buffer {
  return chunk('RIFF', Buffer.concat([Buffer.from('WAVE'), ...chunks]), said);
}
