import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Command } from '../../src/ids';
import { eventually } from './eventually';
import { openMailbox, type OpenMailbox } from './openMailbox';
import { run } from './run';

suite('The connection to a server', () => {
  let opened: OpenMailbox;

  setup(async () => {
    opened = await openMailbox();
  });
  teardown(async () => {
    // Nobody is to be asked whether to save the report.
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await opened.close();
  });

  test('is checked by a command whose report tells what differs, in an untitled document', async () => {
    await opened.admin.deviate({ differences: ['noSyncTime'] });
    await run(Command.CheckConnection);
    const { document } = vscode.window.activeTextEditor ?? assert.fail('no editor');
    assert.equal(document.isUntitled, true);
    assert.equal(document.languageId, 'markdown');
    const text = document.getText();
    assert.match(text, /^# Connection check of Mailbox for RingCentral\n/);
    assert.match(text, /VS Code \d+\.\d+\.\d+.* server: another; sign-in: jwt\./);
    assert.match(text, /\| Full synchronization of 1000 records since 2000 \|.*without syncTime \|/);
    assert.match(text, /\| Notifications \|.*\| (?:connected|connecting) \|/);
  });

  test('brings a shared text message as soon as it arrives, over the only one that was opened for it', async () => {
    await eventually(async () => assert.equal((await opened.admin.state()).pushConnections, 1));
    assert.equal((await opened.requests(({ path }) => path === '/ws')).length, 1);
    const owner = { extensionId: '400131499008', name: 'Support' };
    const { id } = await opened.admin.deliver({ text: 'To all of us', owner });
    await eventually(() => {
      assert.equal(opened.account.mailbox.store.get(String(id))?.subject, 'To all of us');
    });
  });
});
