import type { ServerSupport } from './serverSupport';

/** What a synchronization has to remember between requests, windows and restarts. */
export interface SyncState {
  /** Undefined before the first full sync, and after the server has refused the token. */
  readonly syncToken?: string;
  /** The server's time of the last synchronization (ms since the epoch), if it said so. */
  readonly syncTime?: number;
  /** Counts full syncs: messages that the latest whole one did not bring are gone from the server. */
  readonly generation: number;
  /** How far the full sync has come back in time; undefined when it is finished. */
  readonly backfill?: Backfill;
  /**
   * Every message from this moment (ms since the epoch) on has been fetched at some time; undefined before the first full
   * sync is finished. Unlike `backfill` it survives the server's refusing the token.
   */
  readonly reaches?: number;
  /** What the server was found to support; undefined before the first look. */
  readonly server?: ServerSupport;
}

export type Backfill =
  /** Older living messages are still to be fetched, from this moment (ms since the epoch, inclusive) backwards. */
  | { readonly phase: 'alive'; readonly before: number }
  /** Deleted messages are still to be listed, from this moment (likewise) backwards, or from now. */
  | { readonly phase: 'deleted'; readonly before?: number }
  /** All there is was fetched; what the server did not bring is still to be removed. */
  | { readonly phase: 'sweep' };
