import type { MailboxOptions } from '../../../src/mailbox/mailbox';
import { MemoryMessageStore } from '../../../src/mailbox/store/memoryMessageStore';

/** Opens the store of one account in one more window. */
export type OpenStore = () => Pick<MailboxOptions, 'store' | 'shared'>;

export interface StoreKind {
  readonly name: string;
  /** A new account's store, empty. */
  create(): OpenStore;
}

/** Every kind of store there is. */
export const STORES: readonly StoreKind[] = [
  { name: 'in memory', create: () => () => ({ store: new MemoryMessageStore() }) },
];
