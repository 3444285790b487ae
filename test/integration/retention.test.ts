import * as assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { Command } from '../../src/ids';
import { openMailbox, type OpenMailbox } from './openMailbox';
import { run } from './run';
import { Person } from './window';

suite('Retention settings', () => {
  let opened: OpenMailbox;
  let person: Person;

  setup(async () => {
    person = new Person();
    opened = await openMailbox();
    await opened.admin.resetRequests();
  });
  teardown(async () => {
    await opened.close();
    person.leave();
  });

  const retention = async (): Promise<number> => (await opened.admin.state()).retentionPeriod;

  test('are shown', async () => {
    await run(Command.ShowRetention);
    assert.match(
      person.texts('showInformationMessage').join(),
      new RegExp(`kept for ${String(await retention())} days`),
    );
  });

  test('can be changed to a whole number of days from 7 to 90 only', async () => {
    person.answers('showInputBox', (box: vscode.InputBoxOptions) => {
      for (const bad of ['6', '91', '30.5', 'x', '', '-7']) assert.ok(box.validateInput?.(bad), bad);
      for (const good of ['7', '90', ' 30 ']) assert.equal(box.validateInput?.(good), undefined, good);
      return '90';
    });
    await run(Command.ChangeRetention);
    assert.equal(await retention(), 90);
  });

  test('are not shortened unless the user agrees to lose older messages', async () => {
    const before = await retention();
    person.answers('showInputBox', () => '7');
    await run(Command.ChangeRetention);
    assert.equal(await retention(), before);
    assert.match(person.texts('showWarningMessage').join(), /for 7 days instead of/);
  });

  test('name the permission that is missing to see them', async () => {
    await opened.admin.setPermissions({ user: { AccountAdministration: false } });
    await run(Command.ShowRetention);
    assert.match(
      person.texts('showErrorMessage').join(),
      /lacks a required permission: AccountAdministration/,
    );
  });
});
