import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Command } from '../../src/ids';
import { eventually } from './eventually';
import { shown, testApi } from './openMailbox';
import { run } from './run';
import { Person } from './window';

const WRONG = new Map<string, unknown>([
  ['http.noProxy', 'intranet.example.test'],
  ['ringcentralMailbox.statusBar', 'no'],
  ['ringcentralMailbox.sync.history', 30],
  ['ringcentralMailbox.cache.maxSize', 'much'],
]);

suite('Settings of the wrong type', () => {
  let person: Person;

  setup(() => (person = new Person()));
  teardown(async () => {
    for (const id of WRONG.keys()) await set(id, undefined);
    for (const { id } of (await testApi()).sessions.all()) await (await testApi()).sessions.signOut(id);
    person.leave();
  });

  test('are ignored with a warning, and the mailbox works', async () => {
    const api = await testApi();
    for (const [id, value] of WRONG) await set(id, value);
    await eventually(() =>
      assert.deepEqual(
        person.texts('showWarningMessage'),
        [...WRONG.keys()].map((id) => `The setting ${id} is ignored because its value isn't valid.`),
      ),
    );
    await run(Command.SignInWithSample);
    await eventually(() => assert.ok(shown(api, 'messages').length > 100));
  });
});

async function set(id: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration().update(id, value, vscode.ConfigurationTarget.Global);
}
