import { beforeEach, describe, expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import { EditorReturn } from '../../../src/auth/editorReturn';
import type { ReturnPath } from '../../../src/auth/returnPath';
import { FakeSecretStorage } from '../../fakes/secretStorage';
import { external, Uri } from './fakeVscode';

vi.mock('vscode', () => import('./fakeVscode'));

const ADDRESS = 'vscode://mailbox-for-ringcentral.ringcentral-mailbox/signed-in';
const DESKTOP = external.of;

let secrets: FakeSecretStorage;
let log: string[];

beforeEach(() => {
  external.of = DESKTOP;
  secrets = new FakeSecretStorage();
  log = [];
});

/** What a window has of ours; the secrets are shared by all. */
function openWindow(): EditorReturn {
  return new EditorReturn(secrets, (line) => log.push(line));
}

/** The browser goes to an address, and VS Code gives it to a window. */
function visit(window: EditorReturn, address: string): void {
  window.handleUri(Uri.parse(address) as unknown as vscode.Uri);
}

/** Waits for whatever comes with this state. */
function answerOf(path: ReturnPath | undefined, state = 's'): Promise<URLSearchParams> | undefined {
  return path?.answerTo((parameters) => parameters.get('state') === state);
}

test('the address on the desktop is the registered one, without the number of the window', async () => {
  expect((await openWindow().open())?.redirectUri).toBe(ADDRESS);
});

test('the address in a browser is exactly the one that VS Code gives', async () => {
  const web = 'https://code.example.com/callback?vscode-reqid=1&vscode-path=%2Fsigned-in';
  external.of = () => Promise.resolve(Uri.parse(web));
  expect((await openWindow().open())?.redirectUri).toBe(web);
});

test('there is no return path where VS Code has no address for the editor', async () => {
  external.of = () => Promise.reject(new Error('not here'));
  expect(await openWindow().open()).toBeUndefined();
});

test('the answer has all parameters of the registered address, and none of another address', async () => {
  const window = openWindow();
  const answer = answerOf(await window.open());
  visit(window, 'vscode://mailbox-for-ringcentral.ringcentral-mailbox/elsewhere?code=wrong&state=s');
  visit(window, `${ADDRESS}?windowId=3&code=a%2Bb&state=s`);
  expect(Object.fromEntries((await answer) ?? [])).toEqual({ windowId: '3', code: 'a+b', state: 's' });
  expect(secrets.secrets.size).toBe(0);
});

test('what any page sends there is passed over, and the sign-in goes on', async () => {
  const window = openWindow();
  const answer = answerOf(await window.open());
  visit(window, `${ADDRESS}?code=evil&state=another`);
  visit(window, `${ADDRESS}?error=access_denied`);
  visit(window, `${ADDRESS}?code=c&state=s`);
  expect((await answer)?.get('code')).toBe('c');
});

test('of two windows that wait each gets its own answer, whichever VS Code gives them to', async () => {
  const [one, other] = [openWindow(), openWindow()];
  const answers = [answerOf(await one.open(), '1'), answerOf(await other.open(), '2')];
  visit(one, `${ADDRESS}?code=two&state=2`);
  expect((await answers[1])?.get('code')).toBe('two');
  visit(other, `${ADDRESS}?code=one&state=1`);
  expect((await answers[0])?.get('code')).toBe('one');
});

describe('a window that waits for no answer', () => {
  test('hands an answer on to the window that waits for it, and no secret is left', async () => {
    const [other, waiting] = [openWindow(), openWindow()];
    const answer = answerOf(await waiting.open());
    visit(other, `${ADDRESS}?code=c&state=s`);
    expect(Object.fromEntries((await answer) ?? [])).toEqual({ code: 'c', state: 's' });
    await expect.poll(() => secrets.secrets.size).toBe(0);
    expect(log).toEqual([]);
  });

  test('does not give an old answer to a sign-in that begins later', async () => {
    const window = openWindow();
    visit(window, `${ADDRESS}?code=old&state=old`);
    await expect.poll(() => secrets.secrets.size).toBe(1);
    const answer = answerOf(await window.open());
    visit(window, `${ADDRESS}?code=new&state=s`);
    expect((await answer)?.get('code')).toBe('new');
  });

  test('deletes an answer that no window takes within a minute', async () => {
    vi.useFakeTimers();
    try {
      visit(openWindow(), `${ADDRESS}?code=c&state=s`);
      await vi.advanceTimersByTimeAsync(1_000);
      expect(secrets.secrets.size).toBe(1);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(secrets.secrets.size).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  test('does not store an answer that is too long', () => {
    const store = vi.spyOn(secrets, 'store');
    const window = openWindow();
    visit(window, `${ADDRESS}?code=${'x'.repeat(10_000)}`);
    visit(window, `${ADDRESS}?code=short`);
    expect(store.mock.calls.map(([, value]) => value)).toEqual(['code=short']);
  });

  test('hands an answer on even if it has waited for a sign-in that is over', async () => {
    const window = openWindow();
    const path = await window.open();
    path?.dispose();
    visit(window, `${ADDRESS}?code=late`);
    await expect.poll(() => secrets.secrets.size).toBe(1);
  });
});
