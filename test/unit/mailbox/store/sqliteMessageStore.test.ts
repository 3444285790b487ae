import { SqliteMessageStore } from '../../../../src/mailbox/store/sqliteMessageStore';
import { openDatabase } from '../../../../src/storage/sqlite';
import { describeMessageStore } from './messageStoreContract';

describeMessageStore('SqliteMessageStore', (now) => new SqliteMessageStore(openDatabase(':memory:'), now));
