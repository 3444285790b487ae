import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { AUTHENTICATION_PROVIDER_ID, Command } from '../../src/ids';
import { eventually } from './eventually';
import { openMailbox, type OpenMailbox, rows, testApi } from './openMailbox';
import { run } from './run';
import { Person } from './window';

const GLOBAL_DISPATCHERS = ['undici.globalDispatcher.1', 'undici.globalDispatcher.2'].map((name) =>
  Symbol.for(name),
);

suite('The extension', () => {
  test('registers every command that it contributes', async () => {
    await testApi();
    const registered = new Set(await vscode.commands.getCommands());
    for (const command of Object.values(Command)) assert.ok(registered.has(command), command);
  });

  test('shows its log', async () => {
    await run(Command.ShowLog);
    const shown = (): boolean =>
      vscode.window.visibleTextEditors.some(({ document }) => document.uri.scheme === 'output');
    await eventually(() => assert.ok(shown()));
    await vscode.commands.executeCommand('workbench.action.closePanel');
  });

  test('leaves the HTTP dispatcher of other extensions alone', async () => {
    await testApi();
    const before = GLOBAL_DISPATCHERS.map(
      (symbol) => (globalThis as Record<symbol, unknown>)[symbol]?.constructor,
    );
    const opened = await openMailbox();
    await opened.close();
    const after = GLOBAL_DISPATCHERS.map(
      (symbol) => (globalThis as Record<symbol, unknown>)[symbol]?.constructor,
    );
    assert.deepEqual(after, before);
  });
});

suite('Signing in and out', () => {
  let person: Person;
  const mailboxes: OpenMailbox[] = [];
  setup(() => {
    person = new Person();
  });
  teardown(async () => {
    person.leave();
    for (const mailbox of mailboxes.splice(0)) await mailbox.close();
    await (await testApi()).sessions.signOutAll();
  });

  const open = async (): Promise<OpenMailbox> => {
    const opened = await openMailbox();
    mailboxes.push(opened);
    return opened;
  };

  test('the sample mailbox opens without a question', async () => {
    const api = await testApi();
    await run(Command.SignInWithSample);
    await eventually(() => assert.ok(rows(api, 'messages').length > 100));
    const [session] = api.sessions.all();
    assert.equal(session?.sample, true);
    assert.deepEqual(person.asked, []);
    await api.sessions.signOut(session.id);
    assert.deepEqual(rows(api, 'messages'), []);
  });

  test('an account is listed in VS Code’s accounts until it is signed out', async () => {
    const opened = await open();
    const accounts = await vscode.authentication.getAccounts(AUTHENTICATION_PROVIDER_ID);
    assert.deepEqual(
      accounts.map(({ label }) => label),
      opened.api.sessions.all().map(({ label }) => label),
    );
    await opened.close();
    assert.deepEqual(await vscode.authentication.getAccounts(AUTHENTICATION_PROVIDER_ID), []);
  });

  test('signing out asks first, then revokes the session and forgets the messages', async () => {
    const opened = await open();
    await run(Command.SignOut);
    assert.equal(opened.api.sessions.all().length, 1, 'still signed in after the question was dismissed');
    person.answers('showWarningMessage', (_text: string, _options: unknown, confirm: string) => confirm);
    await run(Command.SignOut);
    const revoked = await opened.requests(({ path }) => path === '/restapi/oauth/revoke');
    assert.equal(revoked.length, 1);
    assert.deepEqual(opened.api.sessions.all(), []);
    assert.deepEqual(rows(opened.api, 'messages'), []);
  });

  test('a second account is added without a question, and VS Code’s accounts list both', async () => {
    const opened = await open();
    await run(Command.SignInWithSample);
    assert.deepEqual(person.asked, []);
    const labels = (await vscode.authentication.getAccounts(AUTHENTICATION_PROVIDER_ID)).map(
      ({ label }) => label,
    );
    const [first, second] = opened.api.sessions.all();
    assert.deepEqual(labels, [first?.label, `${second?.label} (Sample)`]);
    assert.equal(opened.api.accounts.current?.sessionId, second?.id, 'the one just signed in is current');
  });

  test('signing out asks which of several accounts, and removes its messages if the user says so', async () => {
    const opened = await open();
    const { sessions } = opened.api;
    await run(Command.SignInWithSample);
    const signedOut: unknown[] = [];
    const listening = sessions.onDidSignOut((event) => signedOut.push(event));
    const [account] = sessions.all();
    person.picks(({ label }) => !label.endsWith('(Sample)'));
    person.answers('showWarningMessage', (...[, , , remove]: string[]) => remove);
    await run(Command.SignOut);
    assert.deepEqual(
      sessions.all().map(({ sample }) => sample),
      [true],
    );
    assert.deepEqual(signedOut, [
      {
        accountId: account?.accountId,
        label: account?.label,
        sample: false,
        server: 'another',
        messages: 'remove',
      },
    ]);
    listening.dispose();
  });

  test('signing out of all accounts asks once', async () => {
    const opened = await open();
    await run(Command.SignInWithSample);
    await run(Command.SignOutAll);
    assert.equal(opened.api.sessions.all().length, 2, 'both signed in after the question was dismissed');
    person.answers('showWarningMessage', (_text: string, _options: unknown, confirm: string) => confirm);
    await run(Command.SignOutAll);
    assert.deepEqual(opened.api.sessions.all(), []);
    assert.equal(person.texts('showWarningMessage').length, 2);
    const revoked = await opened.requests(({ path }) => path === '/restapi/oauth/revoke');
    assert.equal(revoked.length, 1);
  });

  test('an expired token is renewed once and without an error message', async () => {
    const opened = await open();
    await opened.admin.resetRequests();
    await opened.admin.expireTokens('access');
    await run(Command.Refresh);
    assert.equal(opened.mailbox.state.kind, 'ready');
    assert.deepEqual(person.texts('showErrorMessage'), []);
    const renewals = await opened.requests(({ path }) => path === '/restapi/oauth/token');
    assert.equal(renewals.length, 1);
  });

  test('the access token is in no URL', async () => {
    const opened = await open();
    const requests = await opened.requests(() => true);
    // Notifications come by an address with a token of its own, good for one connection (FACTS, Push).
    const others = requests.filter(({ path }) => path !== '/ws');
    assert.ok(others.length > 2);
    assert.ok(others.every(({ query }) => query['access_token'] === undefined));
  });
});
