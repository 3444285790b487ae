import type { MessageStore } from './store/messageStore';

export type MailboxState =
  /** The first synchronization is under way, and there is nothing to show yet. */
  | { readonly kind: 'loading' }
  | {
      readonly kind: 'ready';
      /** Present while older messages are still being fetched. */
      readonly backfill?: {
        /** Everything from this moment (ms since the epoch) on is here; undefined if that is not known. */
        readonly oldest?: number;
      };
    }
  /** The last synchronization failed; what was known before is still there. */
  | { readonly kind: 'failed'; readonly error: unknown };

/**
 * @param error of the last synchronization, if it failed
 * @param start how far back messages are kept; milliseconds since the epoch
 */
export function stateOf(store: MessageStore, error: unknown, start: number): MailboxState {
  if (error !== undefined) return { kind: 'failed', error };
  const sync = store.syncState();
  if (!sync && store.isEmpty) return { kind: 'loading' };
  const isWanted = sync?.reaches === undefined || start < sync.reaches;
  if (!isWanted) return { kind: 'ready' };
  const { backfill } = sync ?? {};
  return { kind: 'ready', backfill: backfill?.phase === 'alive' ? { oldest: backfill.before } : {} };
}

export function isSameState(a: MailboxState, b: MailboxState): boolean {
  if (a.kind === 'failed' || b.kind === 'failed') {
    return a.kind === 'failed' && b.kind === 'failed' && a.error === b.error;
  }
  return JSON.stringify(a) === JSON.stringify(b);
}
