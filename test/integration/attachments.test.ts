import * as assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Attachment } from '../../src/api/schema';
import type { LoggedRequest } from '../../src/emulator/requestLog';
import { media } from '../../src/emulator/sample/media';
import { Command } from '../../src/ids';
import { openableAttachments } from '../../src/mailbox/message';
import type { MessageNode } from '../../src/tree/nodes';
import { eventually } from './eventually';
import { fillDisk } from './fullDisk';
import { groupRow, messageRow, messagesIn, openMailbox, type OpenMailbox } from './openMailbox';
import { run } from './run';
import { Person } from './window';

suite('Attachments', () => {
  let opened: OpenMailbox;
  let person: Person;
  let folder: string;

  setup(async () => {
    person = new Person();
    folder = mkdtempSync(path.join(tmpdir(), 'mailbox-'));
    opened = await openMailbox();
    await opened.admin.resetRequests();
  });
  teardown(async () => {
    await opened.close();
    person.leave();
    rmSync(folder, { recursive: true });
  });

  /** Presses Cancel while this attachment is being downloaded. */
  const cancelsDownload = async (attachment: Attachment | undefined): Promise<void> => {
    const content = `/content/${attachment?.id}`;
    await opened.admin.fail({ kind: 'delay', milliseconds: 600_000, path: content });
    const show = vscode.window.withProgress;
    const withCancel: typeof show = (options, task) => {
      vscode.window.withProgress = show;
      const cancel = new vscode.CancellationTokenSource();
      void eventually(async () =>
        assert.equal((await opened.requests(({ path }) => path.endsWith(content))).length, 1),
      ).then(() => cancel.cancel());
      return show(options, (progress) => task(progress, cancel.token));
    };
    vscode.window.withProgress = withCancel;
  };

  /** The requests for these attachments; transcriptions, which are attachments as well, may be fetched at the same time. */
  const contentRequests = (...attachments: readonly (Attachment | undefined)[]): Promise<LoggedRequest[]> =>
    opened.requests(({ path }) => attachments.some((each) => path.endsWith(`/content/${each?.id}`)));

  const saveAs = (name: string): void =>
    person.answers('showSaveDialog', () => vscode.Uri.file(path.join(folder, name)));

  test('are saved byte for byte', async () => {
    const row = messageRow(opened.api, 'messages', ({ type }) => type === 'Fax');
    const [attachment] = openableAttachments(row.message);
    saveAs('fax');
    await run(Command.SaveAttachment, row);
    const saved = readFileSync(path.join(folder, 'fax'));
    assert.equal(saved.byteLength, attachment?.size);
    assert.deepEqual(readdirSync(folder), ['fax']);
  });

  test('are passed whole to other programs, under their own names', async () => {
    const row = messageRow(opened.api, 'messages', ({ type }) => type === 'Fax');
    const [attachment] = openableAttachments(row.message);
    const opener = vscode.env.openExternal;
    let given: vscode.Uri | undefined;
    vscode.env.openExternal = (uri) => Promise.resolve(Boolean((given = uri)));
    try {
      await run(Command.OpenAttachmentExternally, row);
    } finally {
      vscode.env.openExternal = opener;
    }
    assert.ok(given);
    assert.equal(path.posix.basename(given.path), attachment?.fileName);
    assert.equal(readFileSync(given.fsPath).byteLength, attachment?.size);
  });

  test('leave no file behind when the download breaks off, and an error says so', async () => {
    const row = messageRow(opened.api, 'messages', ({ type }) => type === 'Fax');
    await opened.admin.fail({ kind: 'truncate', bytes: 1000, path: '/content/', count: 1000 });
    saveAs('fax');
    await run(Command.SaveAttachment, row);
    assert.deepEqual(readdirSync(folder), []);
    assert.match(person.texts('showErrorMessage').join(), /^Couldn't save fax\. Couldn't reach /);
  });

  test('continue from where the download broke off when the user tries again', async () => {
    const row = messageRow(opened.api, 'messages', ({ type }) => type === 'Fax');
    const [attachment] = openableAttachments(row.message);
    await opened.admin.fail({ kind: 'truncate', bytes: 1000, path: '/content/', count: 1000 });
    saveAs('fax');
    person.answers('showErrorMessage', async (_text: string, again: string) => {
      await opened.admin.clearFaults();
      await opened.admin.resetRequests();
      return again;
    });
    await run(Command.SaveAttachment, row);
    await eventually(() => assert.deepEqual(readdirSync(folder), ['fax']));
    assert.equal(readFileSync(path.join(folder, 'fax')).byteLength, attachment?.size);
    assert.deepEqual(
      (await contentRequests(attachment)).map(({ headers }) => headers.range),
      ['bytes=5000-'],
    );
  });

  test('leave no file and no message behind when the user cancels', async () => {
    const row = messageRow(opened.api, 'messages', ({ type }) => type === 'Fax');
    const [attachment] = openableAttachments(row.message);
    saveAs('fax');
    await cancelsDownload(attachment);
    await run(Command.SaveAttachment, row);
    assert.deepEqual(readdirSync(folder), []);
    assert.deepEqual(person.texts('showErrorMessage'), []);
    assert.deepEqual(person.texts('showInformationMessage'), []);
  });

  test('are not saved where the user may not write, and an error says so', async function () {
    // Where not even root may.
    if (process.platform !== 'linux') return this.skip();
    const row = messageRow(opened.api, 'messages', ({ type }) => type === 'Fax');
    person.answers('showSaveDialog', () => vscode.Uri.file('/sys/fax.pdf'));
    await run(Command.SaveAttachment, row);
    assert.match(
      person.texts('showErrorMessage').join(),
      /permission to save the file there\. Choose another location\.$/,
    );
  });

  test('are not saved on a full disk, an error says so, and an older file of that name stays', async () => {
    const row = messageRow(opened.api, 'messages', ({ type }) => type === 'Fax');
    saveAs('fax');
    await run(Command.SaveAttachment, row);
    writeFileSync(path.join(folder, 'fax'), 'What was saved last year');
    saveAs('fax');
    const makeRoom = fillDisk(1000);
    try {
      await run(Command.SaveAttachment, row);
    } finally {
      makeRoom();
    }
    assert.deepEqual(person.texts('showErrorMessage'), [
      "Couldn't save fax. The disk is full. Free up some space and try again.",
    ]);
    assert.deepEqual(readdirSync(folder), ['fax']);
    assert.equal(readFileSync(path.join(folder, 'fax'), 'utf8'), 'What was saved last year');
  });

  test('of a group are not tried one after another on a full disk', async () => {
    const row = groupRow(opened.api, ({ key }) => key.kind === 'type' && key.type === 'Fax');
    const attachments = messagesIn(opened.api, row).flatMap(openableAttachments);
    person.answers('showOpenDialog', () => [vscode.Uri.file(folder)]);
    const makeRoom = fillDisk(0);
    try {
      await run(Command.SaveAttachments, row);
    } finally {
      makeRoom();
    }
    assert.deepEqual(person.texts('showErrorMessage'), [
      `Saved 0 of ${String(attachments.length)} attachments. The disk is full. Free up some space and try again.`,
    ]);
    assert.deepEqual(readdirSync(folder), []);
    assert.equal((await contentRequests(...attachments)).length, 1);
  });

  test('are downloaded once, however often they are needed', async () => {
    const row = messageRow(opened.api, 'messages', ({ type }) => type === 'Fax');
    saveAs('first');
    await run(Command.SaveAttachment, row);
    await opened.admin.resetRequests();
    saveAs('second');
    await run(Command.SaveAttachment, row);
    assert.deepEqual(await contentRequests(...openableAttachments(row.message)), []);
    assert.deepEqual(readFileSync(path.join(folder, 'first')), readFileSync(path.join(folder, 'second')));
    // As private as whatever else the user makes there, not as the cache.
    writeFileSync(path.join(folder, 'other'), '');
    const modes = ['first', 'other'].map((name) => statSync(path.join(folder, name)).mode);
    assert.equal(modes[0], modes[1]);
  });

  test('of several messages are saved into a folder, each under a different name', async () => {
    const attachments = ['budget.png', 'site-plan.png'].map((file) => ({
      file,
      fileName: '../Plan.png',
      type: 'MmsAttachment',
      contentType: 'image/png',
    }));
    await opened.admin.deliver({ text: 'One', attachments });
    await opened.admin.deliver({ text: 'Two', attachments: [{ ...attachments[0], fileName: '_plan.png' }] });
    await opened.admin.deliver({ text: 'Three' });
    await run(Command.Refresh);
    writeFileSync(path.join(folder, '_plan (2).png'), 'mine');
    const row = (text: string): MessageNode =>
      messageRow(opened.api, 'messages', ({ subject }) => subject === text);
    const selection = [row('One'), row('Two'), row('Three')];
    person.answers('showOpenDialog', () => [vscode.Uri.file(folder)]);
    await run(Command.SaveAttachments, selection[0], selection);
    const names = ['_Plan (3).png', '_Plan.png', '_plan (2).png', '_plan (4).png'];
    assert.deepEqual(readdirSync(folder).sort(), names);
    assert.equal(readFileSync(path.join(folder, '_plan (2).png'), 'utf8'), 'mine');
    assert.equal(readFileSync(path.join(folder, '_Plan (3).png')).byteLength, media['site-plan.png'].size);
    assert.match(person.texts('showInformationMessage').join(), /^Saved 3 attachments to mailbox-/);
  });

  test('of a whole group are saved, and cancelling keeps those that are complete', async () => {
    const row = groupRow(opened.api, ({ key }) => key.kind === 'type' && key.type === 'Fax');
    const all = [...messagesIn(opened.api, row)].reverse().flatMap(openableAttachments);
    person.answers('showOpenDialog', () => [vscode.Uri.file(folder)]);
    await cancelsDownload(all[2]);
    await run(Command.SaveAttachments, row);
    assert.equal(readdirSync(folder).length, 2);
    assert.match(person.texts('showInformationMessage').join(), /^Canceled\. Saved 2 of \d+ attachments\.$/);
    await opened.admin.clearFaults();
    person.answers('showOpenDialog', () => [vscode.Uri.file(folder)]);
    await run(Command.SaveAttachments, row);
    assert.equal(readdirSync(folder).length, 2 + all.length);
  });

  test('of a conversation are saved when a page names the conversation', async () => {
    const attachments = [{ file: 'budget.png', type: 'MmsAttachment', contentType: 'image/png' }];
    await opened.admin.deliver({ text: 'A picture', attachments });
    await run(Command.Refresh);
    const { message } = messageRow(opened.api, 'messages', ({ subject }) => subject === 'A picture');
    const { id: accountId } = opened.account;
    person.answers('showOpenDialog', () => [vscode.Uri.file(folder)]);
    await run(Command.SaveAttachments, { accountId, conversationId: message.conversationId });
    assert.ok(readdirSync(folder).some((name) => name.endsWith('.png')));
  });

  test('are offered under a safe name with a fitting extension', async () => {
    const row = messageRow(opened.api, 'messages', ({ type }) => type === 'VoiceMail');
    await run(Command.SaveAttachment, row);
    const [options] = person.asked.find(({ dialog }) => dialog === 'showSaveDialog')?.args ?? [];
    const { defaultUri } = options as vscode.SaveDialogOptions;
    assert.match(path.posix.basename(defaultUri?.path ?? ''), /^[^/\\:*?"<>|]+\.(mp3|mpga|wav)$/);
  });

  test('are saved and passed on under the ending of their type, or if that tells nothing of their first bytes', async () => {
    const recording = { file: 'voicemail-ben.wav', type: 'MmsAttachment' };
    await opened.admin.deliverAll([
      { text: 'Of a type', attachments: [{ ...recording, contentType: 'AUDIO/X-WAV' }] },
      { text: 'Of no type', attachments: [recording] },
      {
        text: 'A program',
        attachments: [{ text: 'MZ and so on', type: 'MmsAttachment', fileName: 'a.exe' }],
      },
    ]);
    await run(Command.Refresh);
    const opener = vscode.env.openExternal;
    const given: string[] = [];
    vscode.env.openExternal = (uri) => Promise.resolve(given.push(path.posix.basename(uri.path)) > 0);
    try {
      for (const text of ['Of a type', 'Of no type', 'A program']) {
        const row = messageRow(opened.api, 'messages', ({ subject }) => subject === text);
        await run(Command.SaveAttachment, row);
        await run(Command.OpenAttachmentExternally, row);
      }
    } finally {
      vscode.env.openExternal = opener;
    }
    const offered = person.asked
      .filter(({ dialog }) => dialog === 'showSaveDialog')
      .map(({ args: [options] }) => (options as vscode.SaveDialogOptions).defaultUri?.path ?? '');
    assert.deepEqual(
      offered.map((name) => path.posix.extname(name)),
      ['.wav', '.wav', '.exe'],
    );
    assert.deepEqual(
      given.map((name) => path.posix.extname(name)),
      ['.wav', '.wav'],
    );
    assert.match(person.texts('showWarningMessage').join(), /^a\.exe can't be opened in another program/);
  });

  test('open in a tab, after a choice from a list if there are several', async () => {
    const attachments = ['budget.png', 'tile-samples.jpg'].map((file) => ({ file, type: 'MmsAttachment' }));
    await opened.admin.deliver({ text: 'Two pictures', attachments });
    await run(Command.Refresh);
    const row = messageRow(opened.api, 'messages', ({ subject }) => subject === 'Two pictures');
    let offered: string[] = [];
    person.answers('showQuickPick', (items: readonly vscode.QuickPickItem[]) => {
      offered = items.map(({ label }) => label);
      return items[1];
    });
    await run(Command.OpenAttachment, row);
    assert.equal(offered.length, 2);
    await eventually(() =>
      assert.ok(vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputWebview),
    );
  });
});
