import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { NetworkError } from '../../../src/api/errors';
import type { Account, Accounts } from '../../../src/mailbox/accounts';
import type { MailboxState } from '../../../src/mailbox/mailboxState';
import { MemoryMessageStore } from '../../../src/mailbox/store/memoryMessageStore';
import { StatusBar } from '../../../src/tree/statusBar';
import { Emitter } from '../../../src/util/emitter';
import { aMessage } from '../../builders/message';

interface Item {
  text: string;
  tooltip: { value: string; isTrusted: boolean; supportHtml: boolean };
  backgroundColor: { id: string } | undefined;
  command: string | { command: string; arguments?: unknown[] };
  accessibilityInformation: { label: string };
  isShown: boolean;
}

const vscode = vi.hoisted(() => ({
  items: [] as Item[],
  isWanted: true,
  changeSetting: (): void => undefined,
}));

vi.mock('vscode', async () => {
  const { Emitter: EventEmitter } = await import('../../../src/util/emitter');
  const { l10n, MarkdownString, ThemeColor } = await import('./fakeVscode');
  const settings = new EventEmitter<{ affectsConfiguration: () => boolean }>();
  vscode.changeSetting = () => settings.fire({ affectsConfiguration: () => true });
  return {
    l10n,
    MarkdownString,
    ThemeColor,
    env: { language: 'en' },
    StatusBarAlignment: { Right: 2 },
    window: {
      createStatusBarItem: () => {
        const item = {
          isShown: false,
          show: () => (item.isShown = true),
          hide: () => (item.isShown = false),
          dispose: () => (item.isShown = false),
        };
        vscode.items.push(item as unknown as Item);
        return item;
      },
    },
    workspace: {
      onDidChangeConfiguration: settings.event,
      getConfiguration: () => ({ get: () => vscode.isWanted }),
    },
  };
});

const MINUTE = 60_000;
const NOON = new Date('2026-06-17T12:00:00').getTime();

beforeEach(() => {
  vscode.items.length = 0;
  vscode.isWanted = true;
  vi.useFakeTimers({ now: NOON });
  onTestFinished(() => {
    vi.useRealTimers();
  });
});

function anAccount(label: string, ...types: readonly string[]) {
  const store = new MemoryMessageStore();
  store.apply({ put: types.map((type) => aMessage({ type })) });
  const changed = new Emitter<MailboxState>();
  const mailbox = {
    store,
    state: { kind: 'ready' } as MailboxState,
    online: true,
    onDidChangeState: changed.event,
  };
  const account = { label, sessionId: `session of ${label}`, isSignInRequired: false, mailbox };
  /** The mailbox can, or cannot, be updated from now on. */
  const become = (state: MailboxState): void => {
    mailbox.state = state;
    changed.fire(state);
  };
  return {
    ...account,
    account: account as unknown as Account & { isSignInRequired: boolean },
    store,
    become,
  };
}

/** Shows these accounts in the status bar, of which it gives the item. */
function setUp(...accounts: readonly ReturnType<typeof anAccount>[]) {
  const changed = new Emitter<void>();
  const all = accounts.map(({ account }) => account);
  const statusBar = new StatusBar({ all, onDidChange: changed.event } as unknown as Accounts);
  onTestFinished(() => statusBar.dispose());
  const [item] = vscode.items;
  if (!item) throw new Error('There is no item.');
  return { item, changed, statusBar };
}

const failed: MailboxState = {
  kind: 'failed',
  error: new NetworkError({ host: 'platform.example.com', failure: 'other' }),
};
const words = ({ tooltip }: Item): string => tooltip.value.replaceAll('\\', '');

describe('the status bar', () => {
  test('counts what is unread, and says in its hover of which types', async () => {
    const rosa = anAccount('Rosa Lind', 'VoiceMail', 'VoiceMail', 'SMS', 'Fax');
    const { item, statusBar } = setUp(rosa);
    expect(item).toMatchObject({ isShown: true, text: '$(mail) 4', backgroundColor: undefined });
    expect(item.command).toBe('ringcentralMailbox.messages.focus');
    expect(words(item)).toBe('**4 unread messages**\n\nVoicemail: 2\nText Messages: 1\nFaxes: 1\n\n');
    rosa.store.apply({ put: [aMessage({ type: 'Fax' })] });
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(statusBar.text).toBe('$(mail) 5');
    expect(words(item)).toContain('Faxes: 2');
  });

  test('says of several accounts what is unread in each', () => {
    const { item } = setUp(
      anAccount('Rosa Lind', 'Fax'),
      anAccount('Ada Park'),
      anAccount('Ben Bell', 'SMS'),
    );
    expect(item.text).toBe('$(mail) 2');
    expect(words(item)).toBe(
      '**2 unread messages**\n\nRosa Lind\nFaxes: 1\n\nBen Bell\nText Messages: 1\n\n',
    );
  });

  test('leaves the sample mailbox out, unless it is alone', () => {
    const sample = anAccount('Robin Whitlock', 'SMS');
    Object.assign(sample.account, { sample: true, server: 'sample' });
    const { item } = setUp(anAccount('Rosa Lind', 'Fax'), sample);
    expect(item.text).toBe('$(mail) 1');
    expect(words(item)).toBe('**1 unread message**\n\nRosa Lind\nFaxes: 1\n\n');
    vscode.items.length = 0;
    expect(setUp(sample).item.text).toBe('$(mail) 1');
  });

  test('is not there while there is nothing to say, or people do not want it', () => {
    const rosa = anAccount('Rosa Lind', 'Fax');
    rosa.account.isSignInRequired = true;
    const { item, statusBar } = setUp(rosa);
    expect(item.isShown).toBe(true);
    vscode.isWanted = false;
    vscode.changeSetting();
    expect([item.isShown, statusBar.text]).toEqual([false, undefined]);
    vscode.isWanted = true;
    vscode.changeSetting();
    expect(item.isShown).toBe(true);
    expect(setUp(anAccount('Ada Park')).statusBar.text).toBeUndefined();
  });

  test('warns of a sign-in that ended, and leads to signing in again', () => {
    const rosa = anAccount('Rosa Lind', 'Fax');
    const { item, changed } = setUp(rosa);
    rosa.account.isSignInRequired = true;
    changed.fire();
    expect(item).toMatchObject({
      text: '$(warning) 1',
      backgroundColor: { id: 'statusBarItem.warningBackground' },
      command: { command: 'ringcentralMailbox.signInAgain', arguments: ['session of Rosa Lind'] },
    });
    expect(words(item)).toContain('RingCentral no longer accepts the sign-in of Rosa Lind.');
    expect(item.accessibilityInformation.label).toContain('sign in again');
    rosa.account.isSignInRequired = false;
    changed.fire();
    expect(item).toMatchObject({ text: '$(mail) 1', backgroundColor: undefined });
    expect(item.command).toBe('ringcentralMailbox.messages.focus');
  });

  test('calls an account of a sandbox by the label that it has elsewhere', () => {
    const rosa = anAccount('Rosa Lind');
    Object.assign(rosa.account, { server: 'sandbox', isSignInRequired: true });
    expect(words(setUp(rosa).item)).toContain('the sign-in of Rosa Lind (Sandbox).');
  });

  test('lets people choose which of several accounts they sign in to again, although nothing is unread', () => {
    const accounts = [anAccount('Rosa Lind'), anAccount('Ada Park')];
    for (const { account } of accounts) account.isSignInRequired = true;
    const { item } = setUp(...accounts);
    expect(item).toMatchObject({ isShown: true, text: '$(warning)' });
    expect(item.command).toMatchObject({ command: 'ringcentralMailbox.signInAgain' });
    expect(item.command).not.toHaveProperty('arguments');
  });

  test('says since when messages are not up to date, after ten minutes, until they are', async () => {
    const rosa = anAccount('Rosa Lind', 'Fax');
    rosa.store.apply({ sync: { generation: 1, syncToken: 'a token', syncTime: NOON - MINUTE } });
    const { item } = setUp(rosa);
    rosa.become(failed);
    await vi.advanceTimersByTimeAsync(9 * MINUTE);
    expect(item.text).toBe('$(mail) 1');
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    expect(item).toMatchObject({ text: '$(sync-ignored) 1', backgroundColor: undefined });
    expect(words(item)).toMatch(
      /^Not updated since 11:59\sAM: Couldn't reach platform\.example\.com\. Check your network connection, or try again\.\n/,
    );
    rosa.become({ kind: 'ready' });
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(item.text).toBe('$(mail) 1');
    // Another outage has ten minutes of its own.
    rosa.become(failed);
    await vi.advanceTimersByTimeAsync(9 * MINUTE);
    expect(item.text).toBe('$(mail) 1');
  });

  test('says the date if messages were up to date on another day, and which account it is about', async () => {
    const rosa = anAccount('Rosa Lind');
    rosa.store.apply({ sync: { generation: 1, syncToken: 'a token', syncTime: NOON - 30 * 60 * MINUTE } });
    const { item } = setUp(rosa, anAccount('Ada Park'));
    rosa.become(failed);
    await vi.advanceTimersByTimeAsync(11 * MINUTE);
    expect(item.text).toBe('$(sync-ignored)');
    expect(words(item)).toMatch(/^Rosa Lind hasn't been updated since Jun 16, 2026, 6:00\sAM: /);
  });

  test('interprets nothing in the names of accounts', () => {
    const hostile = '[a](command:b) $(error) <b>';
    const { item } = setUp(anAccount(hostile, 'Fax'), anAccount('Ada Park', 'Fax'));
    expect(item.tooltip).toMatchObject({ isTrusted: false, supportHtml: false });
    expect(item.tooltip.value).not.toMatch(/(?<!\\)\](?:\(|\\\()|(?<!\\)\$|(?<!\\)</);
  });
});
