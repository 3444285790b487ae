import { MemoryMessageStore } from '../../../src/mailbox/store/memoryMessageStore';
import type { MailboxOptions } from '../../../src/mailbox/mailbox';

export type OpenStore = () => Pick<MailboxOptions, 'store' | 'shared'>;

/** Every kind of store, by its name; each test has one of its own. */
export const STORES: readonly { readonly name: string; readonly open: OpenStore }[] = [
  { name: 'in memory', open: () => ({ store: new MemoryMessageStore() }) },
];
