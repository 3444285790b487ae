import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { MessageStore } from '../../../../src/mailbox/store/messageStore';
import { openMessageStore } from '../../../../src/mailbox/store/openMessageStore';
import { VERSIONS } from '../../../../src/mailbox/store/sqlite/schema';
import { migrate } from '../../../../src/storage/migrations';
import { openDatabase } from '../../../../src/storage/sqlite';
import { aMessage } from '../../../builders/message';
import { ALIVE, ALL } from './storeUnderTest';

let file: string;

beforeEach(() => {
  const folder = mkdtempSync(path.join(tmpdir(), 'erasure-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  file = path.join(folder, 'messages.sqlite');
});

function open(): MessageStore {
  const store = openMessageStore(file, ({ error }) => expect.unreachable(String(error)));
  onTestFinished(() => store.dispose());
  return store;
}

/** As texts are stored, and as the index of words stores them: in small letters, and without what the word before has, too. */
function isKept(word: string): boolean {
  return readdirSync(path.dirname(file)).some((name) => {
    const bytes = readFileSync(path.join(path.dirname(file), name)).toString('latin1');
    return bytes.includes(word) || bytes.includes(word.toLowerCase().slice(-10));
  });
}

function erase(store: MessageStore): void {
  for (let step = 0; ; step++) {
    expect(step).toBeLessThan(10_000);
    const result = store.eraseSome();
    if (result === 'done') return;
    expect(result).toBe('more');
  }
}

function purge(store: MessageStore, ids: readonly string[]): void {
  const operation = store.enqueue({ kind: 'deletePermanently', window: 'w', messageIds: ids }) ?? '';
  store.markSending(operation, ids);
  store.settle(operation, { done: ids });
  store.forget(operation);
}

describe('text of a message that was deleted permanently', () => {
  const WORD = 'QJZVSECRETWORD';

  it.each([
    ['in a message', { subject: `A ${WORD} in it` }],
    ['in a long one', { subject: `${'Some words before it. '.repeat(2_000)} ${WORD}` }],
    ['in a name', { from: { name: `Ada ${WORD}`, phoneNumber: '+16505550101' } }],
  ])('is neither in the file nor in its log any more: %s', (_where, fields) => {
    const store = open();
    const secret = aMessage(fields);
    const others = Array.from({ length: 300 }, (_, index) =>
      aMessage({ subject: `QJZV and number ${index}` }),
    );
    store.apply({ put: [...others.slice(0, 150), secret, ...others.slice(150)], sync: { generation: 1 } });
    expect(isKept(WORD)).toBe(true);
    purge(store, [secret.id]);
    expect(store.hasResidue).toBe(true);
    expect(isKept(WORD), 'before it is erased').toBe(true);
    erase(store);
    expect(isKept(WORD)).toBe(false);
    expect(store.hasResidue).toBe(false);
    expect(store.tally(ALIVE).total).toBe(300);
    const terms = [{ in: 'anywhere', text: 'number', phrase: false }] as const;
    expect(store.ids({ availability: 'Alive', filter: { terms } })).toHaveLength(300);
  });

  it('nor is its transcription', () => {
    const store = open();
    const secret = aMessage({ type: 'VoiceMail' });
    store.apply({ put: [secret, aMessage()] });
    store.putDetails([{ id: secret.id, transcription: `Hello, ${WORD}` }]);
    expect(isKept(WORD)).toBe(true);
    purge(store, [secret.id]);
    erase(store);
    expect(isKept(WORD)).toBe(false);
  });

  it('is gone from a file in which an earlier version has left it', () => {
    const database = openDatabase(file);
    database.exec('PRAGMA secure_delete = OFF');
    migrate(database, VERSIONS.slice(0, 6));
    database.close();
    const before = open();
    const messages = [aMessage({ subject: `A ${WORD} in it` }), aMessage()];
    before.apply({ put: messages });
    before.dispose();
    const old = openDatabase(file);
    old.exec('PRAGMA secure_delete = OFF');
    old.exec(`DELETE FROM message WHERE id = ${messages[0]?.id ?? ''}`);
    old.close();
    expect(isKept(WORD)).toBe(true);
    const store = open();
    erase(store);
    expect(isKept(WORD)).toBe(false);
    expect(store.messages(ALIVE, ALL)).toHaveLength(1);
  });

  it('is erased later if another window reads at that moment', () => {
    const store = open();
    const secret = aMessage({ subject: `A ${WORD} in it` });
    store.apply({ put: [secret, aMessage()] });
    const reader = openDatabase(file);
    reader.exec('BEGIN; SELECT * FROM message');
    purge(store, [secret.id]);
    let result;
    do result = store.eraseSome();
    while (result === 'more');
    expect(result).toBe('later');
    expect(store.hasResidue).toBe(true);
    reader.exec('ROLLBACK');
    reader.close();
    erase(store);
    expect(isKept(WORD)).toBe(false);
  });

  it('is gone from a damaged file that was set aside, too', () => {
    open().apply({ put: [aMessage({ subject: WORD })] });
    const database = openDatabase(file);
    database.exec('DROP TABLE tally');
    database.close();
    const store = openMessageStore(file, () => undefined);
    onTestFinished(() => store.dispose());
    const other = aMessage();
    store.apply({ put: [other] });
    expect(isKept(WORD)).toBe(true);
    purge(store, [other.id]);
    erase(store);
    expect(isKept(WORD)).toBe(false);
    expect(existsSync(file)).toBe(true);
  });

  it('leaves nothing to do where nothing was removed', () => {
    const store = open();
    store.apply({ put: [aMessage()] });
    store.apply({ put: [aMessage({ subject: 'Another' })] });
    expect(store.hasResidue).toBe(false);
    expect(store.eraseSome()).toBe('done');
  });
});
