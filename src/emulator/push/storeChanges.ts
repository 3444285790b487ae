import type { MailboxEvent } from '../mailbox';

/** What a notification tells of one type of messages. */
interface TypeChanges {
  readonly type: string;
  readonly newMessageIds: readonly string[];
  readonly updatedCount: number;
}

export interface StoreChanges {
  /** ISO 8601. */
  readonly lastUpdated: string;
  readonly changes: readonly TypeChanges[];
}

/** Sums up by type what happened to the store. @param time ms since the epoch */
export function sumUp(events: readonly MailboxEvent[], time: number): StoreChanges {
  const byType = Map.groupBy(events, ({ message }) => message.type ?? 'SMS');
  return {
    lastUpdated: new Date(time).toISOString(),
    changes: [...byType].map(([type, ofType]) => {
      const newIds = new Set(ofType.filter(({ kind }) => kind === 'new').map(({ message }) => message.id));
      const allIds = new Set(ofType.map(({ message }) => message.id));
      return { type, newMessageIds: [...newIds], updatedCount: allIds.size - newIds.size };
    }),
  };
}
