import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Command } from '../../src/ids';
import { openMailbox, type OpenMailbox, shown } from './openMailbox';
import { eventually } from './eventually';
import { run } from './run';
import { SearchBox } from './searchBox';

suite('Search Messages', () => {
  let opened: OpenMailbox;

  suiteSetup(async () => {
    opened = await openMailbox({ messages: 'whole sample' });
    await opened.admin.deliver({ text: 'The rhinoceros waits at the Café, and the lease is signed' });
    await opened.admin.deliver({ text: 'Another rhinoceros came $(trash)' });
    await run(Command.Refresh);
  });
  teardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await run(Command.ClearFilters);
    await run(Command.ClearDeletedFilters);
  });
  suiteTeardown(() => opened.close());

  const details = (box: SearchBox): string[] => box.items.map(({ detail }) => detail ?? '');
  const subjects = (view: 'messages' | 'deleted'): string[] =>
    shown(opened.api, view).map(({ subject }) => subject ?? '');

  test('lists matches while the user types, newest first, and nothing else', async () => {
    const box = await SearchBox.open();
    await box.type('rhino', () => assert.equal(box.items.length, 2));
    assert.match(box.title, /2 messages found$/);
    assert.match(details(box)[0] ?? '', /^Another rhinoceros came/);
    assert.match(details(box)[1] ?? '', /^The rhinoceros waits/);
    await box.type('rhino cafe', () => assert.equal(box.items.length, 1));
    await box.type('rhino nobodywrotethis', () => assert.equal(box.items.length, 0));
    assert.match(box.title, /^No messages found$/);
    await box.close();
  });

  test('puts matches that VS Code does not highlight in brackets, and makes no icons of text', async () => {
    const box = await SearchBox.open();
    await box.type('lease rhino', () => assert.equal(box.items.length, 1));
    assert.match(
      details(box)[0] ?? '',
      /^The \[rhino\]ceros waits at the Café, and the \[lease\] is signed$/,
    );
    await box.type('Another', () =>
      assert.ok(details(box).includes('Another rhinoceros came $\u2060(trash)')),
    );
    await box.close();
  });

  test('understands the query language, and reports what it does not understand', async () => {
    const box = await SearchBox.open();
    await box.type('type:fax', () => assert.ok(areAll(box, /^fax/)));
    await box.type('is:unread type:voicemail', () => assert.ok(areAll(box, /^voicemail-unread$/)));
    assert.ok(box.items.every(({ description }) => description?.includes('unread')));
    await box.type('type:letter rhino', () => assert.match(box.title, /^"type:" needs voicemail, fax/));
    assert.deepEqual(box.items, []);
    await box.close();
  });

  test('offers examples, which are written into the box, while the box is empty', async () => {
    const box = await SearchBox.open();
    assert.ok(box.items.some(({ label }) => label === 'from:ada'));
    await box.accept(({ label }) => label === 'type:fax');
    await eventually(() => assert.equal(box.value, 'type:fax'));
    assert.ok(box.items.length > 0 && !box.items.some(({ label }) => label === 'from:ada'));
    box.pressButton('Query Language');
    assert.ok(box.items.some(({ label }) => label === 'from:ada'));
    assert.equal(box.value, 'type:fax');
    await box.close();
  });

  test('opens a message in its conversation', async () => {
    const tabs = (): readonly vscode.Tab[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const conversations = new Set(
      shown(opened.api, 'messages')
        .filter(({ subject }) => subject?.includes('rhinoceros'))
        .map(({ conversationId }) => conversationId),
    );
    assert.equal(conversations.size, 1, 'both messages are of one conversation');
    for (const words of ['rhinoceros waits', 'another rhinoceros']) {
      const box = await SearchBox.open();
      await box.type(words, () => assert.equal(box.items.length, 1));
      await box.accept(() => true);
      await box.done;
      await eventually(() => assert.ok(tabs()[0]?.input instanceof vscode.TabInputWebview));
    }
    assert.equal(tabs().length, 1);
  });

  test('narrows Messages to the matches', async () => {
    const box = await SearchBox.open();
    await box.type('rhino', () => assert.equal(box.items.length, 2));
    box.pressButton('Show in Messages');
    await box.done;
    assert.equal(subjects('messages').length, 2);
    assert.ok(subjects('messages').every((subject) => subject.includes('rhinoceros')));
    await run(Command.ClearFilters);
    assert.ok(subjects('messages').length > 2);
  });

  test('finds deleted messages, and narrows Deleted to the matches', async () => {
    const box = await SearchBox.open('in:deleted ');
    assert.equal(box.items.length, subjects('deleted').length);
    assert.match(box.title, /deleted messages? found$/);
    const all = subjects('messages').length;
    await box.type('in:deleted type:voicemail', () => assert.ok(areAll(box, /^voicemail/)));
    const found = box.items.length;
    assert.ok(found > 0);
    box.pressButton('Show in Messages');
    await box.done;
    assert.equal(shown(opened.api, 'deleted').length, found);
    assert.ok(shown(opened.api, 'deleted').every(({ type }) => type === 'VoiceMail'));
    assert.equal(subjects('messages').length, all);
  });

  test('searches all accounts, and names the account of each match', async () => {
    const other = await openMailbox();
    await other.admin.deliver({ text: 'A rhinoceros elsewhere' });
    await run(Command.Refresh);
    const box = await SearchBox.open();
    await box.type('rhino', () => assert.equal(box.items.length, 3));
    const [newest] = box.items;
    assert.equal(newest?.detail, 'A rhinoceros elsewhere');
    assert.ok(newest.description?.endsWith(other.account.label));
    await box.close();
    await other.close();
  });
});

/** Whether something was found, and all of it has such an icon, which says what it is. */
function areAll({ items }: SearchBox, icon: RegExp): boolean {
  const names = items.map(({ iconPath }) =>
    iconPath instanceof vscode.ThemeIcon ? iconPath.id.replace('ringcentral-mailbox-', '') : '',
  );
  return names.length > 0 && names.every((name) => icon.test(name));
}
