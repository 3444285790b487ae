import * as assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { type Emulator, startEmulator } from '../../src/emulator/emulator';
import type { LoggedRequest } from '../../src/emulator/requestLog';
import type { Message } from '../../src/api/schema';
import type { TestApi } from '../../src/extension';
import type { MailboxSession } from '../../src/auth/sessions';
import { Command, EXTENSION_ID } from '../../src/ids';
import type { Account } from '../../src/mailbox/accounts';
import type { Mailbox } from '../../src/mailbox/mailbox';
import type { GroupNode, MessageNode, Node } from '../../src/tree/nodes';
import { EmulatorAdmin } from '../builders/emulatorAdmin';
import { freePort } from '../builders/freePort';
import { eventually } from './eventually';
import { failures } from './failures';
import { run } from './run';

export interface OpenMailbox {
  readonly emulator: Emulator;
  readonly api: TestApi;
  readonly account: Account;
  readonly mailbox: Mailbox;
  /** What the server received that `only` accepts; by default what changes something. */
  requests(only?: (request: LoggedRequest) => boolean): Promise<LoggedRequest[]>;
  readonly admin: EmulatorAdmin;
  /** Signs out, removes what was kept, ends the emulator, and closes and resets what VS Code shows. A second call waits for the first. */
  close(): Promise<void>;
}

export async function testApi(): Promise<TestApi> {
  const extension = vscode.extensions.getExtension<TestApi>(EXTENSION_ID);
  assert.ok(extension, 'the extension is installed');
  return extension.activate();
}

/** Enough for some of everything: each type, deleted ones, failed faxes, shared ones. */
const SOME_MESSAGES = 100;

/**
 * Signs in to an emulator of the test's own, and waits until the whole mailbox is there. Without `messages` it is the newest
 * part of the sample mailbox.
 */
export async function openMailbox({
  messages = SOME_MESSAGES,
  reachedBy = (url) => Promise.resolve(url),
}: {
  messages?: number | 'whole sample';
  /** Gives the address by which the server is reached, where that is not its own. */
  reachedBy?: (url: string) => Promise<string>;
} = {}): Promise<OpenMailbox> {
  const api = await testApi();
  const extensionUri = vscode.extensions.getExtension(EXTENSION_ID)?.extensionUri;
  assert.ok(extensionUri);
  const emulator = await startEmulator({
    // An account is named after its server as well: with a port that another has had, it would find what that one has left.
    port: await freePort(),
    mediaDirectory: vscode.Uri.joinPath(extensionUri, 'media', 'sample').fsPath,
    ...(messages !== 'whole sample' && { messages }),
  });
  const admin = new EmulatorAdmin(emulator);
  const failuresBefore = failures.length;
  let session: MailboxSession | undefined;
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= closeNow());
  const closeNow = async (): Promise<void> => {
    const [failure] = failures.slice(failuresBefore);
    if (failure !== undefined) await keepRequests(admin, failure);
    await Promise.all([
      (session ? api.sessions.signOut(session.id, 'remove') : Promise.resolve()).then(() => emulator.stop()),
      // The next test finds nothing of what this one has opened or chosen.
      vscode.commands.executeCommand('workbench.action.closeAllEditors'),
      vscode.commands.executeCommand('workbench.action.closeSidebar'),
      run(Command.ClearFilters),
      run(Command.ClearDeletedFilters),
      run(Command.GroupByTypeAndConversation),
    ]);
  };

  try {
    const { url, mediaUrl, clientId, clientSecret, jwt } = emulator;
    session = await api.sessions.signIn({
      kind: 'jwt',
      server: { rest: await reachedBy(url), media: mediaUrl },
      clientId,
      clientSecret,
      jwt,
    });
    const { id } = session;
    const account = await eventually(() => {
      const opened = api.accounts.all.find(({ sessionId }) => sessionId === id);
      assert.deepEqual(opened?.mailbox.state, { kind: 'ready' });
      return opened;
    });
    return {
      emulator,
      api,
      account,
      mailbox: account.mailbox,
      admin,
      requests: async (
        only = ({ method, path }) => method !== 'GET' && !path.startsWith('/restapi/oauth/'),
      ) => {
        return (await admin.requests()).filter(only);
      },
      close,
    };
  } catch (error) {
    await keepRequests(admin, 'opening a mailbox');
    await close();
    throw error;
  }
}

/** Writes what an emulator was asked into the folder MAILBOX_TEST_RESULTS of the environment, to explain a failure. */
async function keepRequests(admin: EmulatorAdmin, failure: string): Promise<void> {
  const results = process.env['MAILBOX_TEST_RESULTS'];
  if (!results) return;
  const name = failure.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 150);
  const requests = JSON.stringify(await admin.requests(), undefined, 2);
  await writeFile(path.join(results, `requests-${name}.json`), requests);
}

/** Every row of a view that `wanted` accepts, as VS Code would show it when all is expanded. */
export function rows(api: TestApi, view: 'messages' | 'deleted'): { node: Node; item: vscode.TreeItem }[] {
  const tree = api.views.trees[view];
  const walk = (nodes: readonly Node[]): { node: Node; item: vscode.TreeItem }[] =>
    nodes.flatMap((node) => [{ node, item: tree.getTreeItem(node) }, ...walk(tree.getChildren(node))]);
  return walk(tree.getChildren());
}

/** The first row of a message that `wanted` accepts. */
export function messageRow(
  api: TestApi,
  view: 'messages' | 'deleted',
  wanted: (message: MessageNode['message']) => boolean,
): MessageNode {
  const row = rows(api, view).find(({ node }) => node.kind === 'message' && wanted(node.message));
  assert.ok(row?.node.kind === 'message', `a message in ${view}`);
  return row.node;
}

/** The first row of a group that `wanted` accepts. */
export function groupRow(api: TestApi, wanted: (group: GroupNode['group']) => boolean): GroupNode {
  const row = rows(api, 'messages').find(({ node }) => node.kind === 'group' && wanted(node.group));
  assert.ok(row?.node.kind === 'group', 'a group');
  return row.node;
}

/** Every message that a view shows, newest first, whether its row is loaded or not. */
export function shown(api: TestApi, view: 'messages' | 'deleted'): readonly Message[] {
  const query = api.views.queryOf(view);
  return api.accounts.all.flatMap(({ mailbox }) =>
    mailbox.store.messages(query, { offset: 0, limit: Number.MAX_SAFE_INTEGER }),
  );
}

/** Every message in a group that its view shows, newest first. */
export function messagesIn(api: TestApi, { account, group }: GroupNode): readonly Message[] {
  const query = { ...api.views.queryOf('messages'), group: group.key };
  return account.mailbox.store.messages(query, { offset: 0, limit: Number.MAX_SAFE_INTEGER });
}

/** Whether a message has a row in a view. */
export function isShown(api: TestApi, view: 'messages' | 'deleted', id: string): boolean {
  return rows(api, view).some(({ node }) => node.kind === 'message' && node.message.id === id);
}

/** The text of a row; empty if there is no such row. */
export function labelOf(row: { readonly item: vscode.TreeItem } | undefined): string {
  const label = row?.item.label ?? '';
  return typeof label === 'string' ? label : label.label;
}
