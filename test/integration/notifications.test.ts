import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Command, Setting } from '../../src/ids';
import { isUnread } from '../../src/mailbox/message';
import { eventually } from './eventually';
import { openMailbox, type OpenMailbox, shown, testApi } from './openMailbox';
import { run } from './run';
import { Person } from './window';

const VOICEMAIL = {
  type: 'VoiceMail',
  from: { name: 'Ada [Park](command:workbench.action.quit)', phoneNumber: '+16505550101' },
  attachments: [
    { type: 'AudioRecording', contentType: 'audio/x-wav', file: 'voicemail-ben.wav', vmDuration: 10 },
  ],
} as const;

/** What VS Code does not make a link of. */
const SHOWN = 'New voicemail from Ada [Park]\u2060(command:workbench.action.quit) (0:10)';

suite('Notifications', () => {
  let opened: OpenMailbox;
  let person: Person;

  setup(async () => {
    person = new Person();
    opened = await openMailbox();
  });
  teardown(async () => {
    await setMode(undefined);
    await opened.close();
    person.leave();
  });

  /** Has messages come, and be fetched. */
  const deliver = async (...messages: Readonly<Record<string, unknown>>[]): Promise<void> => {
    await opened.admin.deliverAll(messages);
    await run(Command.Refresh);
  };
  const told = (): string[] => person.texts('showInformationMessage');
  const newest = () => {
    const [message] = shown(opened.api, 'messages');
    assert.ok(message);
    return message;
  };

  test('tell of a new voicemail, and of nothing that was there before; Open opens it', async () => {
    assert.ok(shown(opened.api, 'messages').some(isUnread));
    person.answers('showInformationMessage', () => 'Open');
    await deliver(VOICEMAIL, { text: 'Not important enough' });
    await eventually(() => assert.deepEqual(told(), [SHOWN]));
    await eventually(() => {
      const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
      assert.ok(tab?.input instanceof vscode.TabInputWebview);
      assert.match(tab.label, /^Ada/);
      assert.ok(
        !shown(opened.api, 'messages').some(
          (message) =>
            message.type === 'VoiceMail' && isUnread(message) && message.from?.name === VOICEMAIL.from.name,
        ),
      );
    });
  });

  test('tell of texts if everything is wanted, but not of those in the tab in front', async () => {
    await setMode('all');
    await deliver({ text: 'One' });
    await eventually(() => assert.deepEqual(told(), ['New text message from Noor Haddad']));
    const { conversationId } = newest();
    await run(Command.Open, { accountId: opened.account.id, messageIds: [newest().id] });
    await deliver(
      { text: 'Two', conversationId },
      { text: 'Three', from: { name: 'Ada Park', phoneNumber: '+16505550101' } },
    );
    await eventually(() => assert.deepEqual(told().slice(1), ['New text message from Ada Park']));
  });

  test('Mark as Read marks the message as read at RingCentral', async () => {
    person.answers('showInformationMessage', () => 'Mark as Read');
    await deliver(VOICEMAIL);
    await eventually(() => assert.equal(isUnread(newest()), false));
    await eventually(async () => {
      const { messages } = await opened.admin.state();
      assert.equal(messages.find(({ id }) => id === newest().id)?.readStatus, 'Read');
    });
  });

  test("Don't Show Again turns them off in the user's settings", async () => {
    person.answers('showInformationMessage', () => "Don't Show Again");
    await deliver(VOICEMAIL);
    await eventually(() => assert.equal(told().length, 2));
    const { globalValue } = vscode.workspace.getConfiguration().inspect(Setting.NotificationsMode) ?? {};
    assert.equal(globalValue, 'off');
    await deliver(VOICEMAIL);
    // What would have been told of it comes before this.
    await setMode('important');
    await deliver({ ...VOICEMAIL, from: { name: 'Ben' } });
    await eventually(() => assert.equal(told().at(-1), 'New voicemail from Ben (0:10)'));
    assert.equal(told().length, 3);
  });
});

suite('A test message', () => {
  test('comes to the sample mailbox, and is notified of', async () => {
    const person = new Person();
    const { sessions } = await testApi();
    try {
      await run(Command.SignInWithSample);
      const api = await testApi();
      await eventually(() => assert.ok(shown(api, 'messages').length > 100));
      await eventually(() => assert.deepEqual(api.accounts.all[0]?.mailbox.state, { kind: 'ready' }));
      const before = shown(api, 'messages').length;
      await run(Command.DeliverTestMessage);
      await eventually(() => assert.equal(shown(api, 'messages').length, before + 1));
      await eventually(() =>
        assert.deepEqual(person.texts('showInformationMessage'), ['New voicemail from Kenji Morita (0:12)']),
      );
    } finally {
      for (const { id } of sessions.all()) await sessions.signOut(id);
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      person.leave();
    }
  });
});

async function setMode(mode: 'important' | 'all' | undefined): Promise<void> {
  await vscode.workspace
    .getConfiguration()
    .update(Setting.NotificationsMode, mode, vscode.ConfigurationTarget.Global);
}
