import { expect, test, vi } from 'vitest';
import type { Account, Accounts } from '../../../src/mailbox/accounts';
import type { AttachmentContents } from '../../../src/mailbox/content/attachmentContents';
import type { Mailbox } from '../../../src/mailbox/mailbox';
import type { MailboxState } from '../../../src/mailbox/mailboxState';
import { MemoryMessageStore } from '../../../src/mailbox/store/memoryMessageStore';
import type { SyncState } from '../../../src/mailbox/sync/syncState';
import { MailboxViewerSource } from '../../../src/viewers/mailboxViewerSource';
import { Emitter } from '../../../src/util/emitter';
import { aMessage } from '../../builders/message';
import { longText, openContents } from '../mailbox/content/contents';

vi.mock('vscode', () => import('./fakeVscode'));

const ADA = '101@platform.example.com';

function setUp() {
  const store = new MemoryMessageStore();
  const stateChanged = new Emitter<MailboxState>();
  const mailbox = { store, onDidChangeState: stateChanged.event } as unknown as Mailbox;
  const accountsChanged = new Emitter<void>();
  const all: Account[] = [];
  const accounts: Accounts = {
    all,
    current: undefined,
    onDidChange: accountsChanged.event,
    get: (id) => all.find((account) => account.id === id),
  };
  const contents = {} as unknown as AttachmentContents;
  const source = new MailboxViewerSource(accounts, contents);
  const settled: boolean[] = [];
  source.onDidChange(() => settled.push(source.settled(ADA)));
  const signIn = (): void => {
    all.push({ id: ADA, mailbox } as Account);
    accountsChanged.fire();
  };
  const sync = (state: SyncState): void => {
    store.apply({ sync: state });
    stateChanged.fire({ kind: 'ready' });
  };
  return { source, store, settled, signIn, sync };
}

test('a missing message counts as gone only after everything has been fetched once', () => {
  const { settled, signIn, sync } = setUp();
  signIn();
  sync({ generation: 1, syncToken: 'a', backfill: { phase: 'alive', before: 5 } });
  expect(settled.at(-1), 'older messages are still being fetched').toBe(false);
  sync({ generation: 1, syncToken: 'b', reaches: 0 });
  expect(settled.at(-1)).toBe(true);
  sync({ generation: 1, reaches: 0 });
  expect(settled.at(-1), 'the server has refused the token').toBe(true);
});

test('a message counts as gone if its account is not signed in after the start, until it is signed in again', () => {
  const { source, settled, signIn } = setUp();
  expect(source.settled(ADA), 'it may be signed in yet').toBe(false);
  source.start();
  expect(settled).toEqual([true]);
  signIn();
  expect(settled.at(-1), 'signed in to again').toBe(false);
});

test('unreadVoicemails returns those that are not deleted, oldest first', () => {
  const { source, store, signIn } = setUp();
  signIn();
  const at = (day: number, fields: object = {}) =>
    aMessage({ type: 'VoiceMail', creationTime: `2026-03-0${String(day)}T12:00:00Z`, ...fields });
  const [first, second] = [at(1), at(2)];
  store.apply({
    put: [
      second,
      first,
      at(3, { readStatus: 'Read' }),
      at(4, { availability: 'Deleted' }),
      at(5, { type: 'Fax' }),
    ],
  });
  expect(source.unreadVoicemails(ADA)).toEqual([first.id, second.id]);
  expect(source.unreadVoicemails('102@platform.example.com')).toEqual([]);
});

test.each([
  ['as bytes up to 4 MB', 4_000_000],
  ['as a file above 4 MB', 4_000_001],
])('readContent returns an attachment %s', async (_name, size) => {
  const opened = await openContents();
  const text = longText(size);
  // Whatever its record says of its size, or does not say.
  const { account, message, attachment } = await opened.attach(text, { size: undefined });
  const accounts = { all: [], onDidChange: () => ({ dispose: () => undefined }), get: () => account };
  const source = new MailboxViewerSource(accounts as unknown as Accounts, opened.contents);
  let written = '';
  const content = await source.readContent(
    account.id,
    message.id,
    attachment.id,
    new AbortController().signal,
    async (_key, { file }) => {
      written = await file.readFile('utf8');
      return 'https://files.example/1';
    },
  );
  expect(content).toMatchObject({ contentType: 'text/plain' });
  if ('url' in content) expect([content.url, written === text]).toEqual(['https://files.example/1', true]);
  else expect(Buffer.from(content.bytes).toString() === text).toBe(true);
  expect('url' in content).toBe(size > 4_000_000);
});
