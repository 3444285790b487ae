/** Where and when messages are looked at from. */
export interface Viewpoint {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Where the account is at home, see `readPhoneNumber`. */
  readonly country: string | undefined;
}
