import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Message, Party } from '../../../src/api/schema';
import type { Account, Accounts } from '../../../src/mailbox/accounts';
import { MemoryMessageStore } from '../../../src/mailbox/store/memoryMessageStore';
import { Notifications } from '../../../src/notifications/notifications';
import { aMessage } from '../../builders/message';

const vscode = vi.hoisted(() => ({
  settings: new Map<string, unknown>(),
  shown: [] as { readonly severity: string; readonly text: string; readonly buttons: readonly string[] }[],
  executed: [] as unknown[][],
  answers: [] as string[],
  isWritable: true,
}));

vi.mock('vscode', async () => {
  const { l10n } = await import('../../fakes/l10n');
  const show =
    (severity: string) =>
    (text: string, ...buttons: string[]) => {
      vscode.shown.push({ severity, text, buttons });
      return Promise.resolve(vscode.answers.shift());
    };
  return {
    l10n,
    env: { language: 'en' },
    window: {
      state: { focused: true },
      showInformationMessage: show('information'),
      showWarningMessage: show('warning'),
    },
    commands: {
      executeCommand: (...args: unknown[]) => {
        vscode.executed.push(args);
        return Promise.resolve();
      },
    },
    ConfigurationTarget: { Global: 1 },
    workspace: {
      getConfiguration: () => ({
        get: (id: string) => vscode.settings.get(id),
        update: (id: string, value: unknown, target: number) => {
          if (!vscode.isWritable) return Promise.reject(new Error('read-only'));
          vscode.settings.set(id, value);
          expect(target).toBe(1);
          return Promise.resolve();
        },
      }),
    },
  };
});

const MODE = 'ringcentralMailbox.notifications.mode';
const SHOW_TEXT = 'ringcentralMailbox.notifications.showText';
const QUIET_HOURS = 'ringcentralMailbox.notifications.quietHours';

const OPEN = 'Open';
const MARK_READ = 'Mark as Read';
const DONT_SHOW = "Don't Show Again";

beforeEach(() => {
  vscode.settings.clear();
  vscode.shown.length = 0;
  vscode.executed.length = 0;
  vscode.answers.length = 0;
  vscode.isWritable = true;
  vi.useFakeTimers({ now: Date.parse('2026-06-17T12:00:00.000Z') });
  onTestFinished(() => {
    vi.useRealTimers();
  });
});

const ben: Party = { name: 'Ben Castellano', phoneNumber: '+15415550175' };
const maya: Party = { name: 'Maya Okafor', phoneNumber: '+15415550114' };

const now = (): string => new Date().toISOString();
const text = (fields: Partial<Message> = {}): Message => aMessage({ creationTime: now(), ...fields });
const voicemail = (fields: Partial<Message> = {}): Message =>
  text({
    type: 'VoiceMail',
    attachments: [{ id: '1', type: 'AudioRecording', contentType: 'audio/wav', vmDuration: 12 }],
    ...fields,
  });

/** Has these messages come, in one account of several, and gives what is shown of them. */
async function told(...messages: Message[]): Promise<readonly string[]> {
  await deliver(1, messages);
  return vscode.shown.map((each) => each.text);
}

async function deliver(accountCount: number, messages: readonly Message[]): Promise<void> {
  const all = Array.from({ length: accountCount }, (_, index) => {
    const store = new MemoryMessageStore();
    store.apply({ sync: { generation: 1, syncToken: 'a token' } });
    const id = `${index + 1}@example.com`;
    return {
      id,
      label: `Rosa Lind · ${101 + index}`,
      sample: false,
      mailbox: { store },
    } as unknown as Account;
  });
  const accounts = { all, onDidChange: () => ({ dispose: () => undefined }) } as unknown as Accounts;
  const claims = {
    claimed: () => new Set<string>(),
    claim: (_: string, keys: readonly string[]) => new Set(keys),
  };
  const notifications = new Notifications({
    accounts,
    claims,
    isShowing: () => false,
    warn: (line) => vscode.executed.push(['warn', line]),
  });
  onTestFinished(() => notifications.dispose());
  all[0]?.mailbox.store.apply({ put: messages });
  await vi.advanceTimersByTimeAsync(10_000);
}

describe('by default', () => {
  test('voicemail is told of, with its length, and what can be done with it', async () => {
    await told(voicemail());
    expect(vscode.shown).toEqual([
      {
        severity: 'information',
        text: 'New voicemail from Ada Park (0:12)',
        buttons: [OPEN, MARK_READ, DONT_SHOW],
      },
    ]);
  });

  test('urgent messages are told of, as such', async () => {
    expect(await told(text({ priority: 'High' }))).toEqual(['New urgent text message from Ada Park']);
  });

  test('other messages are not', async () => {
    expect(await told(text(), text({ type: 'Fax' }), text({ type: 'Pager' }))).toEqual([]);
  });

  test('messages of ours that failed are told of, with the reason', async () => {
    const failed = text({
      direction: 'Outbound',
      readStatus: 'Read',
      type: 'Fax',
      messageStatus: 'SendingFailed',
      to: [{ ...ben, messageStatus: 'SendingFailed', faxErrorCode: 'LineBusy' }],
    });
    expect(await told(failed)).toEqual(["A fax to Ben Castellano couldn't be sent: line busy."]);
    expect(vscode.shown[0]).toMatchObject({ severity: 'warning', buttons: [OPEN, DONT_SHOW] });
  });

  test('of several recipients only those are named that a message failed for', async () => {
    const failed = text({
      direction: 'Outbound',
      readStatus: 'Read',
      type: 'Fax',
      messageStatus: 'Sent',
      to: [
        { ...ben, messageStatus: 'SendingFailed', faxErrorCode: 'NoAnswer' },
        { ...maya, messageStatus: 'Sent' },
      ],
    });
    expect(await told(failed)).toEqual(["A fax to Ben Castellano couldn't be sent: no answer."]);
  });

  test('no notification has the text of a message', async () => {
    const [shown = ''] = await told(
      voicemail({ subject: 'A secret' }),
      text({ priority: 'High', subject: 'A secret' }),
    );
    expect(shown).not.toContain('secret');
  });
});

describe('of several messages', () => {
  beforeEach(() => vscode.settings.set(MODE, 'all'));

  const ada = aMessage().from;
  const nobody: Party = {};

  test.each([
    [
      '3 new messages from Ada Park',
      [
        [text, ada],
        [text, ada],
        [text, ada],
      ],
    ],
    [
      '3 new messages from Ada Park and 1 other',
      [
        [text, ada],
        [text, ada],
        [text, ben],
      ],
    ],
    [
      '3 new messages from Ada Park and 2 others',
      [
        [text, ada],
        [voicemail, ben],
        [text, maya],
      ],
    ],
    [
      '2 new voicemails from Ada Park',
      [
        [voicemail, ada],
        [voicemail, ada],
      ],
    ],
    [
      '2 new voicemails from Ada Park and 1 other',
      [
        [voicemail, ada],
        [voicemail, ben],
      ],
    ],
    [
      '3 new voicemails from Ada Park and 2 others',
      [
        [voicemail, ada],
        [voicemail, ben],
        [voicemail, maya],
      ],
    ],
    [
      '2 new messages from Unknown',
      [
        [text, nobody],
        [text, nobody],
      ],
    ],
  ] as const)('one notification says how many, and from whom: %s', async (expected, messages) => {
    // The newest one names the sender.
    const delivered = messages.map(([make, from = nobody], index) =>
      make({ from, creationTime: new Date(Date.now() - index).toISOString() }),
    );
    expect(await told(...delivered)).toEqual([expected]);
  });

  test('of one conversation, Open opens it; of several, the view', async () => {
    vscode.answers.push(OPEN, OPEN);
    const one = text({ conversationId: '7' });
    const two = text({ conversationId: '7', creationTime: new Date(Date.now() + 1).toISOString() });
    await told(one, two);
    expect(vscode.executed).toEqual([
      ['ringcentralMailbox.open', { accountId: '1@example.com', messageIds: [two.id] }],
    ]);
    await told(text({ conversationId: '7' }), text({ conversationId: '8' }));
    expect(vscode.executed[1]).toEqual(['ringcentralMailbox.messages.focus']);
  });

  test('Mark as Read marks those that it was told of, and nothing else', async () => {
    vscode.answers.push(MARK_READ);
    const [one, two] = [text(), text()];
    await told(one, two);
    const [[command, argument] = []] = vscode.executed;
    expect(command).toBe('ringcentralMailbox.markRead');
    const { messageIds } = argument as { messageIds: string[] };
    expect([...messageIds].sort()).toEqual([one.id, two.id].sort());
  });
});

describe('the settings', () => {
  test('"all" tells of everything, each type by its name', async () => {
    vscode.settings.set(MODE, 'all');
    for (const fields of [
      {},
      { type: 'Fax' },
      { type: 'Fax', faxPageCount: 1 },
      { type: 'Fax', faxPageCount: 3 },
      { type: 'Fax', faxPageCount: 3, priority: 'High' },
      { type: 'Pager' },
      { type: 'VoiceMail' },
      { type: 'New' },
    ] as const)
      await told(text(fields));
    expect(vscode.shown.map((each) => each.text)).toEqual([
      'New text message from Ada Park',
      'New fax from Ada Park',
      'New fax from Ada Park (1 page)',
      'New fax from Ada Park (3 pages)',
      'New urgent fax from Ada Park',
      'New pager message from Ada Park',
      'New voicemail from Ada Park',
      'New message from Ada Park',
    ]);
  });

  test('"off" tells of nothing', async () => {
    vscode.settings.set(MODE, 'off');
    const failed = text({ direction: 'Outbound', readStatus: 'Read', messageStatus: 'SendingFailed' });
    expect(await told(voicemail(), failed)).toEqual([]);
  });

  test('with text shows what was written, in one line', async () => {
    vscode.settings.set(MODE, 'all');
    vscode.settings.set(SHOW_TEXT, true);
    expect(await told(text({ subject: 'See you\nat five' }))).toEqual([
      'New text message from Ada Park: See you at five',
    ]);
  });

  test('with quiet hours show nothing while they last', async () => {
    vscode.settings.set(QUIET_HOURS, '00:00-00:00');
    expect(await told(voicemail())).toEqual([]);
  });

  test('of an unknown kind count as none', async () => {
    vscode.settings.set(MODE, 'everything');
    vscode.settings.set(QUIET_HOURS, 'always');
    expect(await told(voicemail(), text({ from: ben }))).toEqual(['New voicemail from Ada Park (0:12)']);
  });

  test("are changed by Don't Show Again, which tells how to get notifications back", async () => {
    vscode.answers.push(DONT_SHOW, 'Open Settings');
    await told(voicemail());
    expect(vscode.settings.get(MODE)).toBe('off');
    expect(vscode.shown[1]?.text).toBe(
      `Notifications of new messages are off. To turn them on again, change the setting ${MODE}.`,
    );
    expect(vscode.executed).toEqual([['workbench.action.openSettings', MODE]]);
  });

  test('that cannot be changed are told of', async () => {
    vscode.isWritable = false;
    vscode.answers.push(DONT_SHOW);
    await told(voicemail());
    expect(vscode.shown[1]?.text).toBe(`Notifications couldn't be turned off. Change the setting ${MODE}.`);
  });
});

test('of several accounts it is said which one has new messages', async () => {
  await deliver(2, [voicemail()]);
  expect(vscode.shown.map((each) => each.text)).toEqual([
    'Rosa Lind · 101: New voicemail from Ada Park (0:12)',
  ]);
});

/** What VS Code would make links or icons of, wherever it stands. */
const HOSTILE = [
  '[Click](command:workbench.action.quit)',
  '$(error) $(trash)',
  '[x][y] [z]: command:a',
  '[a](https://evil.example)',
];

describe('what strangers wrote', () => {
  test.each(HOSTILE)('is not interpreted by VS Code: %s', async (hostile) => {
    vscode.settings.set(MODE, 'all');
    vscode.settings.set(SHOW_TEXT, true);
    const from = { name: hostile };
    await told(text({ from, subject: hostile }));
    await told(voicemail({ from }), text({ from: { name: `${hostile} again` } }));
    await told(
      text({
        direction: 'Outbound',
        readStatus: 'Read',
        messageStatus: 'DeliveryFailed',
        deliveryErrorCode: hostile,
        to: [{ name: hostile }],
      }),
    );
    expect(vscode.shown).toHaveLength(3);
    for (const { text: shown } of vscode.shown) {
      expect(shown).not.toMatch(/\]\(|\]\[|\]:|\$\(/);
      expect(shown).toMatch(/\$\u2060\(|\]\u2060/);
    }
  });
});
