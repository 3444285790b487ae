/** What a file asks for is more than any that people send, however small the file itself is. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
}
