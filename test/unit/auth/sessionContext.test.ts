import { beforeEach, expect, test, vi } from 'vitest';
import { followSessionContext } from '../../../src/auth/sessionContext';
import type { MailboxSession, Sessions } from '../../../src/auth/sessions';
import { ContextKey } from '../../../src/ids';
import { Emitter } from '../../../src/util/emitter';

const vscode = vi.hoisted(() => ({ context: new Map<string, unknown>() }));

vi.mock('vscode', () => ({
  commands: {
    executeCommand: (_command: string, key: string, value: unknown) =>
      Promise.resolve(vscode.context.set(key, value)),
  },
}));

beforeEach(() => vscode.context.clear());

test.each<[name: string, sessions: readonly Partial<MailboxSession>[], keys: readonly ContextKey[]]>([
  ['nobody', [], []],
  ['the sample mailbox', [{ server: 'sample', sample: true }], [ContextKey.SampleOpen]],
  ['the sandbox', [{ server: 'sandbox' }], [ContextKey.SignedIn]],
  ['production', [{ server: 'production' }], [ContextKey.SignedIn, ContextKey.ProductionAccount]],
  [
    'production, whose sign-in has ended, beside the sample mailbox',
    [
      { server: 'production', isSignInRequired: true },
      { server: 'sample', sample: true },
    ],
    [ContextKey.SampleOpen, ContextKey.SignedIn, ContextKey.ProductionAccount, ContextKey.SignInRequired],
  ],
])('the context keys say who is signed in: %s', (_name, sessions, keys) => {
  const changed = new Emitter<void>();
  const all = sessions.map((session) => ({ sample: false, isSignInRequired: false, ...session }));
  followSessionContext({ all: () => all, onDidChange: changed.event } as unknown as Sessions);
  changed.fire();
  const on = [...vscode.context].filter(([, value]) => value === true).map(([key]) => key);
  expect(on.sort()).toEqual([...keys].sort());
});
