import { beforeEach, expect, test, vi } from 'vitest';
import type { Account, Accounts } from '../../../src/mailbox/accounts';
import { SignInAgainPrompt } from '../../../src/accounts/signInAgainPrompt';
import { Emitter } from '../../../src/util/emitter';
import { window } from '../fakeVscode';

vi.mock('vscode', () => import('../fakeVscode'));

beforeEach(() => window.showWarningMessage.mockClear());

function accountsOf(...all: Account[]): Accounts & { readonly changed: Emitter<void> } {
  const changed = new Emitter<void>();
  return {
    all,
    current: all[0],
    changed,
    onDidChange: changed.event,
    get: (id) => all.find((account) => account.id === id),
  };
}

function account(label: string) {
  return {
    id: label,
    sessionId: `session of ${label}`,
    label,
    isSignInRequired: false,
  } as unknown as Account & {
    isSignInRequired: boolean;
  };
}

test('the user is asked once for each account that has to sign in again, and again only after it has signed in', () => {
  const [ada, bob] = [account('Ada'), account('Bob')];
  const accounts = accountsOf(ada, bob);
  const prompt = new SignInAgainPrompt(accounts);
  const asked = (): string[] =>
    window.showWarningMessage.mock.calls.map(([text]) => /sign-in to (\w+) is/.exec(text)?.[1] ?? text);
  expect(asked()).toEqual([]);

  ada.isSignInRequired = true;
  for (let times = 0; times < 3; times++) accounts.changed.fire();
  expect(asked()).toEqual(['Ada']);

  bob.isSignInRequired = true;
  accounts.changed.fire();
  expect(asked()).toEqual(['Ada', 'Bob']);

  ada.isSignInRequired = false;
  accounts.changed.fire();
  ada.isSignInRequired = true;
  accounts.changed.fire();
  expect(asked()).toEqual(['Ada', 'Bob', 'Ada']);

  prompt.dispose();
  bob.isSignInRequired = false;
  accounts.changed.fire();
  bob.isSignInRequired = true;
  accounts.changed.fire();
  expect(asked()).toHaveLength(3);
});
