import * as assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { Command } from '../../src/ids';
import { openableAttachments } from '../../src/mailbox/message';
import { eventually } from './eventually';
import { messageRow, openMailbox, type OpenMailbox } from './openMailbox';
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

  test('are given whole to other programs, under their own name', async () => {
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

  test('that break off leave no file behind, and say so', async () => {
    const row = messageRow(opened.api, 'messages', ({ type }) => type === 'Fax');
    await opened.admin.fail({ kind: 'truncate', path: '/content/', count: 20 });
    saveAs('fax');
    await run(Command.SaveAttachment, row);
    assert.deepEqual(readdirSync(folder), []);
    assert.equal(person.texts('showErrorMessage').length, 1);
  });

  test('are offered under a name that is safe and says what it is', async () => {
    const row = messageRow(opened.api, 'messages', ({ type }) => type === 'VoiceMail');
    await run(Command.SaveAttachment, row);
    const [options] = person.asked.find(({ dialog }) => dialog === 'showSaveDialog')?.args ?? [];
    const { defaultUri } = options as vscode.SaveDialogOptions;
    assert.match(path.posix.basename(defaultUri?.path ?? ''), /^[^/\\:*?"<>|]+\.(mp3|mpga|wav)$/);
  });

  test('open in a tab, chosen from a list where there are several', async () => {
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
