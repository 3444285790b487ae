import type { Mailbox } from './mailbox';

/** The mailbox that commands act on; asked at each use, because signing in and out changes it. */
export interface CurrentMailbox {
  /** Undefined while nobody is signed in. */
  readonly mailbox: Mailbox | undefined;
}
