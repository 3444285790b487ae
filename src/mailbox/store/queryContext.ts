/** What a query depends on besides the messages. */
export interface QueryContext {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The account's home country (ISO 3166), see `readPhoneNumber`. */
  readonly country: string | undefined;
}
