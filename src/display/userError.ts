/** An expected failure outside the API, whose message is a sentence for people already. */
export class UserError extends Error {
  override readonly name = 'UserError';
}
