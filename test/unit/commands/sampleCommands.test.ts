import type { LogOutputChannel } from 'vscode';
import { beforeEach, expect, test, vi } from 'vitest';
import type { SampleServer } from '../../../src/auth/sampleServer';
import { CommandRegistry } from '../../../src/commands/commandRegistry';
import { registerSampleCommands } from '../../../src/commands/sampleCommands';
import { Command, Setting } from '../../../src/ids';
import type { Accounts } from '../../../src/mailbox/accounts';

const vscode = vi.hoisted(() => ({
  commands: new Map<string, () => Promise<void>>(),
  settings: new Map<string, unknown>(),
  told: [] as string[],
}));

vi.mock('vscode', async () => {
  const { l10n } = await import('../../fakes/l10n');
  return {
    l10n,
    CancellationError: class extends Error {},
    commands: {
      registerCommand: (id: string, handler: () => Promise<void>) => {
        vscode.commands.set(id, handler);
        return { dispose: () => undefined };
      },
    },
    window: {
      setStatusBarMessage: (text: string) => vscode.told.push(text),
      showErrorMessage: (text: string) => Promise.resolve(vscode.told.push(text)),
    },
    workspace: { getConfiguration: () => ({ get: (id: string) => vscode.settings.get(id) }) },
  };
});

beforeEach(() => {
  vscode.settings.clear();
  vscode.told.length = 0;
});

/** Has a voicemail come to the sample mailbox, and gives what is told of it. */
async function deliver({ isOpen = true, isSeen = false } = {}): Promise<readonly string[]> {
  const account = { sample: true, mailbox: { refresh: () => Promise.resolve() } };
  const accounts = { all: isOpen ? [account] : [] } as unknown as Accounts;
  const sample = { deliver: () => Promise.resolve({ type: 'VoiceMail' }) } as unknown as SampleServer;
  const log = { error: () => undefined } as unknown as LogOutputChannel;
  registerSampleCommands(new CommandRegistry(log), accounts, sample, { isShowing: () => isSeen });
  await vscode.commands.get(Command.DeliverTestMessage)?.();
  return vscode.told;
}

test('a test message is followed by a notification, and that is said', async () => {
  expect(await deliver()).toEqual(['$(mail) Test message delivered. A notification follows shortly.']);
});

test.each([
  [Setting.NotificationsMode, 'off'],
  [Setting.NotificationsQuietHours, '00:00-00:00'],
])('none is promised where none would be shown: %s is %s', async (setting, value) => {
  vscode.settings.set(setting, value);
  expect(await deliver()).toEqual([
    '$(mail) Test message delivered. Your settings show no notification for it.',
  ]);
});

test('none is promised of a message that is seen already', async () => {
  expect(await deliver({ isSeen: true })).toEqual([
    "$(mail) Test message delivered. It's in the tab you're looking at, so no notification is shown for it.",
  ]);
});

test('there is none without the sample mailbox', async () => {
  expect(await deliver({ isOpen: false })).toEqual(['Open the sample mailbox first.']);
});
