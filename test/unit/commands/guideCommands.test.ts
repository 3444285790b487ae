import { beforeEach, expect, test, vi } from 'vitest';
import type { CommandRegistry } from '../../../src/commands/commandRegistry';
import { registerGuideCommands } from '../../../src/commands/guideCommands';
import { Command } from '../../../src/ids';

const editor = vi.hoisted(() => ({
  settings: new Map<string, unknown>(),
  /** What VS Code makes of an address of its own; undefined where it has none. */
  external: (_address: string): string | undefined => undefined,
  clipboard: '',
  told: [] as string[],
  chooses: undefined as string | undefined,
  opened: [] as string[],
  run: [] as unknown[][],
}));

vi.mock('vscode', async () => {
  const { l10n } = await import('../../fakes/l10n');
  const { Uri } = await import('../auth/fakeVscode');
  return {
    l10n,
    Uri,
    commands: {
      executeCommand: (...args: unknown[]) => {
        editor.run.push(args);
        return Promise.resolve();
      },
    },
    env: {
      uriScheme: 'vscode-insiders',
      asExternalUri: (uri: unknown) => {
        const external = editor.external(String(uri));
        return external === undefined
          ? Promise.reject(new Error('not here'))
          : Promise.resolve(Uri.parse(external));
      },
      openExternal: (uri: unknown) => {
        editor.opened.push(String(uri));
        return Promise.resolve(true);
      },
      clipboard: {
        writeText: (text: string) => {
          editor.clipboard = text;
          return Promise.resolve();
        },
      },
    },
    window: {
      showInformationMessage: (text: string) => {
        editor.told.push(text);
        return Promise.resolve(editor.chooses);
      },
    },
    workspace: {
      getConfiguration: () => ({ inspect: (id: string) => ({ globalValue: editor.settings.get(id) }) }),
    },
  };
});

const EDITOR = 'vscode-insiders://mailbox-for-ringcentral.ringcentral-mailbox/signed-in';
const handlers = new Map<Command, () => Promise<void> | void>();

beforeEach(() => {
  editor.settings.clear();
  editor.external = (address) => `${address}?windowId=2`;
  editor.clipboard = '';
  editor.told = [];
  editor.chooses = undefined;
  editor.opened = [];
  editor.run = [];
  handlers.clear();
  registerGuideCommands({
    register: (command: Command, handler: () => Promise<void> | void) => handlers.set(command, handler),
  } as unknown as CommandRegistry);
});

const copy = async (): Promise<readonly string[]> => {
  await handlers.get(Command.CopyRedirectUris)?.();
  return editor.clipboard.split('\n');
};

test('the redirect URIs are the address of this VS Code and the local one, each on a line', async () => {
  expect(await copy()).toEqual([EDITOR, 'http://127.0.0.1:53931/callback']);
  expect(editor.told).toHaveLength(1);
  for (const uri of await copy()) expect(editor.told[0]).toContain(uri);
});

test('the local redirect URI has the port of the setting', async () => {
  editor.settings.set('ringcentralMailbox.signIn.localPort', 40123);
  expect(await copy()).toEqual([EDITOR, 'http://127.0.0.1:40123/callback']);
});

test.each([
  ['another address each time', () => 'https://code.example.com/callback?vscode-reqid=1'],
  ['no address', () => undefined],
])(
  'where VS Code has %s, the local redirect URI is the only one, and that is said',
  async (_what, external) => {
    editor.external = external;
    expect(await copy()).toEqual(['http://127.0.0.1:53931/callback']);
    expect(editor.told[0]).toContain('no permanent address of its own');
  },
);

test('after copying, the developer console is a button away', async () => {
  editor.chooses = 'Open Developer Console';
  await copy();
  await expect
    .poll(() => editor.opened)
    .toEqual(['https://developers.ringcentral.com/my-account.html#/applications']);
});

test('Get Started opens the walkthrough of this extension', async () => {
  await handlers.get(Command.OpenWalkthrough)?.();
  expect(editor.run).toEqual([
    ['workbench.action.openWalkthrough', 'mailbox-for-ringcentral.ringcentral-mailbox#getStarted'],
  ]);
});
