import { bench, describe } from 'vitest';
import { groupMessages } from '../../src/mailbox/grouping';
import { MessageStore } from '../../src/mailbox/messageStore';
import { NO_FILTER } from '../../src/mailbox/query';
import { aMessage } from '../builders/message';

/** What a repaint of the sidebar costs. The figures to look at are the ratios between the sizes. */
function storeOf(size: number): MessageStore {
  const store = new MessageStore();
  store.put(Array.from({ length: size }, (_, index) => aMessage({ conversationId: String(index % 500) })));
  return store;
}

describe('reading and grouping the whole mailbox', () => {
  for (const size of [1_000, 10_000, 100_000]) {
    const store = storeOf(size);
    bench(`${size.toLocaleString('en')} messages`, () => {
      groupMessages(store.query({ availability: 'Alive', filter: NO_FILTER }), 'typeAndConversation', 0);
    });
  }
});
