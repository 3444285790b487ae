import * as assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { Command, Setting } from '../../src/ids';
import type { Message } from '../../src/api/schema';
import type { LoggedRequest } from '../../src/emulator/requestLog';
import { openableAttachments } from '../../src/mailbox/message';
import { eventually } from './eventually';
import { openMailbox, type OpenMailbox, shown, testApi } from './openMailbox';
import { run } from './run';
import { Person } from './window';

const WORD = 'QJZVSECRETWORD';

suite('Messages on this computer', () => {
  let opened: OpenMailbox;
  let person: Person;
  /** What other accounts have left there. */
  let filesOfOthers: string[];

  setup(async () => {
    person = new Person();
    filesOfOthers = files((await testApi()).mailboxFolder);
    opened = await openMailbox();
  });
  teardown(async () => {
    await set(Setting.KeepOnDisk, undefined);
    await set(Setting.SyncHistory, undefined);
    await set(Setting.CacheMaxSize, undefined);
    await opened.close();
    person.leave();
  });

  const folder = (): string => opened.api.mailboxFolder;
  const files = (of = folder()): string[] => (existsSync(of) ? readdirSync(of) : []);
  /** Files of attachments, in all folders. */
  const cached = (): string[] => {
    const { attachmentFolder } = opened.api;
    if (!existsSync(attachmentFolder)) return [];
    return readdirSync(attachmentFolder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      statSync(path.join(attachmentFolder, name)).isFile(),
    );
  };
  /** Whether it is in any file, as texts are stored, or as the index of words stores them: in small letters. */
  const isWordKept = (): boolean =>
    files().some((name) => {
      const bytes = readFileSync(path.join(folder(), name)).toString('latin1');
      return bytes.includes(WORD) || bytes.includes(WORD.toLowerCase().slice(-10));
    });
  /** Reads the content of a fax, as every viewer does. */
  const readFax = async (): Promise<Message> => {
    const [account] = opened.api.accounts.all;
    const message = shown(opened.api, 'messages').find(({ type }) => type === 'Fax');
    const attachment = message && openableAttachments(message)[0];
    assert.ok(account && message && attachment);
    const bytes = await opened.api.contents.read({ account, message, attachment });
    assert.equal(bytes.byteLength, attachment.size);
    return message;
  };
  const set = (setting: string, value: unknown): Thenable<void> =>
    vscode.workspace.getConfiguration().update(setting, value, vscode.ConfigurationTarget.Global);
  const whole = async (count: number): Promise<void> => {
    await eventually(() => {
      assert.deepEqual(opened.api.accounts.current?.mailbox.state, { kind: 'ready' });
      assert.equal(shown(opened.api, 'messages').length, count);
    });
  };

  test('are stored where only the user may read them', () => {
    assert.ok(files().some((file) => file.endsWith('.sqlite')));
    if (process.platform === 'win32') return;
    assert.equal(statSync(folder()).mode & 0o777, 0o700);
    for (const file of files()) assert.equal(statSync(path.join(folder(), file)).mode & 0o777, 0o600, file);
  });

  test('are shown but not stored if the user switches storage off', async () => {
    const count = shown(opened.api, 'messages').length;
    await set(Setting.KeepOnDisk, false);
    await eventually(() => assert.deepEqual(files(), []));
    await whole(count);
    assert.deepEqual(files(), []);
    await set(Setting.KeepOnDisk, true);
    await eventually(() => assert.ok(files().some((file) => file.endsWith('.sqlite'))));
    await whole(count);
  });

  test('are removed and fetched again when the user asks for it', async () => {
    const count = shown(opened.api, 'messages').length;
    await opened.admin.resetRequests();
    // One for what is new may be sent at any time.
    const fullSyncs = (): Promise<LoggedRequest[]> =>
      opened.requests(({ query }) => query['syncType']?.includes('FSync') ?? false);
    await run(Command.ClearLocalData);
    assert.deepEqual(await fullSyncs(), []);
    person.answers('showWarningMessage', (_text: string, _options: unknown, clear: string) => clear);
    await run(Command.ClearLocalData);
    await whole(count);
    assert.ok((await fullSyncs()).length > 0);
  });

  test('go back no further than the user wants', async () => {
    const day = 24 * 60 * 60 * 1000;
    const month = Date.now() - 30 * day;
    await opened.admin.deliver({ creationTime: new Date(month - day).toISOString() });
    await run(Command.Refresh);
    const count = shown(opened.api, 'messages').length;
    const recent = (): boolean =>
      shown(opened.api, 'messages').every(
        ({ creationTime = '' }) => Date.parse(creationTime) >= month - 60_000,
      );
    assert.ok(!recent());
    await set(Setting.SyncHistory, '30days');
    await eventually(() => assert.ok(recent()));
    assert.ok(shown(opened.api, 'messages').length > 0);
    await set(Setting.SyncHistory, 'everything');
    await whole(count);
  });

  test('are removed together with their stored attachments', async () => {
    const count = shown(opened.api, 'messages').length;
    await readFax();
    assert.equal(cached().length, 2);
    person.answers('showWarningMessage', (_text: string, _options: unknown, clear: string) => clear);
    await run(Command.ClearLocalData);
    assert.deepEqual(cached(), []);
    await whole(count);
    await readFax();
    assert.equal(cached().length, 2);
    await set(Setting.KeepOnDisk, false);
    await eventually(() => assert.deepEqual(cached(), []));
    await whole(count);
    await readFax();
    assert.deepEqual(cached(), []);
  });

  test('leave no attachments stored beyond the size that the user allows', async () => {
    await readFax();
    assert.equal(cached().length, 2);
    await set(Setting.CacheMaxSize, 0);
    await eventually(() => assert.deepEqual(cached(), []));
    await readFax();
    assert.deepEqual(cached(), []);
  });

  test('lose their stored attachments when they are deleted permanently', async () => {
    const { id } = await readFax();
    await opened.mailbox.actions.deletePermanently([id]);
    await eventually(() => assert.deepEqual(cached(), []));
  });

  test('leave no word behind when they are deleted permanently', async () => {
    const record = await opened.admin.deliver({ text: `A ${WORD} in it` });
    const id = String(record.id);
    await run(Command.Refresh);
    await eventually(() => assert.ok(isWordKept()));
    await opened.mailbox.actions.deletePermanently([id]);
    await eventually(() => assert.ok(!isWordKept()));
    assert.equal(opened.mailbox.store.get(id), undefined);
    assert.ok(shown(opened.api, 'messages').length > 0);
  });

  test('are removed when the user signs out and wants them removed', async () => {
    await opened.admin.deliver({ text: `A ${WORD} in it` });
    await run(Command.Refresh);
    await eventually(() => assert.ok(isWordKept()));
    await readFax();
    person.answers(
      'showWarningMessage',
      (_text: string, _options: unknown, _signOut: string, andRemove: string) => andRemove,
    );
    await run(Command.SignOut);
    assert.deepEqual(opened.api.accounts.all, []);
    assert.deepEqual(files(), filesOfOthers);
    assert.deepEqual(cached(), []);
    assert.ok(!isWordKept());
  });
});
