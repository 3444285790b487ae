import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Message } from '../../src/api/schema';
import { Command, FILE_SCHEME } from '../../src/ids';
import { accountPath, filePath, messagePath } from '../../src/mailbox/files/mailboxPath';
import { messageFiles } from '../../src/mailbox/files/messageFiles';
import { audioTranscription, openableAttachments } from '../../src/mailbox/message';
import { eventually } from './eventually';
import { messageRow, openMailbox, type OpenMailbox, rows, shown } from './openMailbox';
import { run } from './run';
import { Person } from './window';

const { fs } = vscode.workspace;

suite('Files of the mailbox', () => {
  let opened: OpenMailbox;
  let person: Person;

  setup(async () => {
    person = new Person();
    opened = await openMailbox();
  });
  teardown(async () => {
    await opened.close();
    person.leave();
  });

  const at = (path: string): vscode.Uri => vscode.Uri.from({ scheme: FILE_SCHEME, path });
  const fileOf = (message: Message, name: string): vscode.Uri => at(filePath(opened.account, message, name));
  const names = async (uri: vscode.Uri): Promise<string[]> =>
    (await fs.readDirectory(uri)).map(([name]) => name);
  const text = async (uri: vscode.Uri): Promise<string> => Buffer.from(await fs.readFile(uri)).toString();
  const find = (wanted: (message: Message) => boolean): Message => {
    const message = shown(opened.api, 'messages').find(wanted);
    assert.ok(message);
    return message;
  };
  const deliver = async (fields: Readonly<Record<string, unknown>>): Promise<Message> => {
    const { id } = await opened.admin.deliver(fields);
    await run(Command.Refresh);
    return find((message) => message.id === String(id));
  };

  test('include every message, from the root down', async () => {
    const found: string[] = [];
    for (const account of await names(at('/'))) {
      assert.equal(`/${account}`, accountPath(opened.account));
      for (const folder of await names(at(`/${account}`))) {
        for (const month of await names(at(`/${account}/${folder}`))) {
          assert.match(month, /^\d{4}-\d{2}$/);
          const path = `/${account}/${folder}/${month}`;
          for (const message of await names(at(path))) found.push(`${path}/${message}`);
        }
      }
    }
    const all = [...shown(opened.api, 'messages'), ...shown(opened.api, 'deleted')];
    assert.ok(all.length > 0);
    assert.deepEqual(found.sort(), all.map((message) => messagePath(opened.account, message)).sort());
    const [first = ''] = found;
    assert.equal((await fs.stat(at(first))).type, vscode.FileType.Directory);
  });

  test('hold the text and attachments of a message, with true sizes and times', async () => {
    const message = find((each) => audioTranscription(each) !== undefined);
    const folder = at(messagePath(opened.account, message));
    assert.deepEqual(
      (await names(folder)).sort(),
      messageFiles(message)
        .map(({ name }) => name)
        .sort(),
    );
    for (const name of await names(folder)) {
      // What is fetched now is known afterwards.
      await fs.readFile(fileOf(message, name));
      const bytes = await fs.readFile(fileOf(message, name));
      const stat = await fs.stat(fileOf(message, name));
      assert.equal(bytes.byteLength, stat.size, name);
      assert.equal(stat.type, vscode.FileType.File);
      assert.equal(stat.mtime, Date.parse(message.lastModifiedTime ?? ''));
      assert.equal(stat.ctime, Date.parse(message.creationTime ?? ''));
    }
    const markdown = await text(fileOf(message, 'message.md'));
    assert.match(markdown, /^# Voicemail from /);
    assert.match(markdown, /\n## Transcription\n\n\w/);
    assert.match(markdown, /\n- \[[\w-]+\.(mp3|wav)\]\([\w-]+\.(mp3|wav)\) /);
    const record = JSON.parse(await text(fileOf(message, 'message.json'))) as Message;
    assert.equal(record.id, message.id);
  });

  test('open in an editor as Markdown in which other people’s words are escaped', async () => {
    const long = `${'A long story. '.repeat(200)}*The end* <b>`;
    const message = await deliver({
      text: long,
      from: { name: '[Ada](http://evil.test)', phoneNumber: '+16505550101' },
    });
    const document = await vscode.workspace.openTextDocument(fileOf(message, 'message.md'));
    assert.equal(document.languageId, 'markdown');
    assert.ok(document.getText().includes('\\*The end\\* \\<b\\>'));
    assert.match(document.getText(), /^# Text message from \\\[Ada\\\]\(http:\/\/evil\.test\)\n/);
  });

  test('are updated in an open editor when the message changes', async () => {
    const message = await deliver({ text: 'Before' });
    const uri = fileOf(message, 'message.md');
    await vscode.window.showTextDocument(uri);
    const document = (): string | undefined =>
      vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString())?.getText();
    assert.match(document() ?? '', /Before/);
    await opened.admin.change(message.id, { text: 'After' });
    await run(Command.Refresh);
    await eventually(() => assert.match(document() ?? '', /After/));
  });

  test('report new messages to file watchers', async () => {
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(at(accountPath(opened.account)), '**'),
    );
    const created: string[] = [];
    watcher.onDidCreate(({ path }) => created.push(path));
    const delivered: string[] = [];
    // VS Code begins to watch when it comes to it.
    try {
      await eventually(async () => {
        delivered.push(messagePath(opened.account, await deliver({ text: 'New' })));
        assert.ok(created.some((path) => delivered.includes(path)));
      });
    } finally {
      watcher.dispose();
    }
  });

  test('are still found by their old path after the sender’s name has changed', async () => {
    const message = await deliver({ text: 'Hello', from: { name: 'Ada', phoneNumber: '+16505550101' } });
    const before = fileOf(message, 'message.md');
    await opened.admin.change(message.id, { from: { name: 'Ada Lovelace', phoneNumber: '+16505550101' } });
    await run(Command.Refresh);
    const after = fileOf(
      find(({ id }) => id === message.id),
      'message.md',
    );
    assert.notEqual(before.path, after.path);
    assert.equal(await text(before), await text(after));
  });

  test('are fetched from the server once', async () => {
    const message = find(({ type }) => type === 'Fax');
    const [name] = messageFiles(message).flatMap((file) => (file.kind === 'attachment' ? [file.name] : []));
    assert.ok(name);
    const [attachment] = openableAttachments(message);
    const bytes = await fs.readFile(fileOf(message, name));
    assert.equal(bytes.byteLength, attachment?.size);
    await opened.admin.resetRequests();
    assert.deepEqual(await fs.readFile(fileOf(message, name)), bytes);
    assert.deepEqual(await opened.requests(({ path }) => path.endsWith(`/content/${attachment?.id}`)), []);
  });

  test('say why an attachment cannot be read', async () => {
    const message = find(({ type }) => type === 'Fax');
    const [name] = messageFiles(message).flatMap((file) => (file.kind === 'attachment' ? [file.name] : []));
    assert.ok(name);
    await opened.admin.fail({ path: '/content/', status: 404, errorCode: 'CMN-102', count: 100 });
    await assert.rejects(
      Promise.resolve(fs.readFile(fileOf(message, name))),
      /This item is no longer on the server\./,
    );
  });

  test('are not found where there is no such message, file or folder', async () => {
    const message = find(({ type }) => type === 'SMS');
    const root = accountPath(opened.account);
    for (const path of [
      '/.vscode/settings.json',
      `${root}/Telegrams`,
      `${root}/Faxes/1999-01`,
      `${root}/Faxes/2026-06/x #1`,
      filePath(opened.account, message, 'other.md'),
    ]) {
      await assert.rejects(Promise.resolve(fs.stat(at(path))), { code: 'FileNotFound' }, path);
    }
  });

  test('cannot be changed', async () => {
    const message = find(({ type }) => type === 'SMS');
    const uri = fileOf(message, 'message.md');
    const other = fileOf(message, 'other.md');
    assert.equal(fs.isWritableFileSystem(FILE_SCHEME), false);
    for (const change of [
      () => fs.writeFile(uri, Buffer.from('x')),
      () => fs.writeFile(other, Buffer.from('x')),
      () => fs.delete(uri),
      () => fs.rename(uri, other),
      () => fs.copy(uri, other),
      () => fs.createDirectory(other),
    ]) {
      await assert.rejects(Promise.resolve(change()), /NoPermissions|readonly|read-only|can't be changed/i);
    }
    assert.deepEqual(await opened.requests(), []);
  });

  test('cannot be read after their account has signed out', async () => {
    const uri = fileOf(
      find(({ type }) => type === 'SMS'),
      'message.md',
    );
    await opened.api.sessions.signOut(opened.account.sessionId);
    await assert.rejects(Promise.resolve(fs.readFile(uri)), /signed out of this file's RingCentral account/);
  });

  test('open from the menu of a message as Markdown and as JSON, which marks it read', async () => {
    const row = messageRow(
      opened.api,
      'messages',
      ({ type, readStatus }) => type === 'VoiceMail' && readStatus === 'Unread',
    );
    await run(Command.OpenAsMarkdown, row);
    await eventually(() =>
      assert.equal(
        vscode.window.activeTextEditor?.document.uri.toString(),
        fileOf(row.message, 'message.md').toString(),
      ),
    );
    await eventually(() => assert.equal(opened.mailbox.store.get(row.message.id)?.readStatus, 'Read'));
    await run(Command.OpenRawRecord, row);
    await eventually(() => assert.equal(vscode.window.activeTextEditor?.document.languageId, 'json'));
  });

  test('are what is dragged out of the view', async () => {
    const row = messageRow(opened.api, 'messages', ({ type }) => type === 'VoiceMail');
    const dragged = rows(opened.api, 'messages').find(
      ({ node }) => node === row || (node.kind === 'message' && node.message.id === row.message.id),
    );
    assert.match(dragged?.item.resourceUri?.path ?? '', /\/[\w-]+\.(mp3|wav)$/);
    const { size } = await fs.stat(dragged?.item.resourceUri ?? at('/'));
    assert.equal(size, openableAttachments(row.message)[0]?.size);
  });
});
