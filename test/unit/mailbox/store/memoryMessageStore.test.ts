import { MemoryMessageStore } from '../../../../src/mailbox/store/memoryMessageStore';
import { describeMessageStore } from './messageStoreContract';

describeMessageStore('MemoryMessageStore', (now) => new MemoryMessageStore(now));
