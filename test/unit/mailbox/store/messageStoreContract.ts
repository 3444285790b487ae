import { describe } from 'vitest';
import type { MessageStore } from '../../../../src/mailbox/store/messageStore';
import { describeDerivation } from './derivationContract';
import { describeLists } from './listContract';
import { describeOutbox } from './outboxContract';
import { describeRecords } from './recordContract';
import { describeSearch } from './searchContract';
import { storeForEachTest } from './storeUnderTest';

/** What every store does. `open` makes an empty one that takes the present moment from `now`. */
export function describeMessageStore(name: string, open: (now: () => number) => MessageStore): void {
  describe(name, () => {
    const tested = storeForEachTest(open);
    describeRecords(tested);
    describeOutbox(tested);
    describeLists(tested);
    describeSearch(() => tested.store);
    describeDerivation(tested);
  });
}
