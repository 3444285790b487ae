import type { InputBoxOptions, InputBoxValidationMessage, LogOutputChannel, QuickPickItem } from 'vscode';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Message } from '../../../src/api/schema';
import { CommandRegistry } from '../../../src/commands/commandRegistry';
import { registerReplyCommands } from '../../../src/commands/replyCommands';
import { Command, Setting } from '../../../src/ids';
import type { ServerKind } from '../../../src/api/origins';
import type { Account, Accounts } from '../../../src/mailbox/accounts';
import type { Group, GroupKey } from '../../../src/mailbox/group';
import { MemoryMessageStore } from '../../../src/mailbox/store/memoryMessageStore';
import type { MailboxViews } from '../../../src/tree/mailboxViews';
import type { Node } from '../../../src/tree/nodes';
import type { Subject } from '../../../src/viewers/subject';
import { aMessage } from '../../builders/message';

const vscode = vi.hoisted(() => ({
  commands: new Map<string, (...args: unknown[]) => Promise<void>>(),
  executed: [] as unknown[][],
  settings: new Map<string, { globalValue?: unknown; workspaceValue?: unknown }>(),
  /** What was handed to other programs, and what was told and copied, in the order of events. */
  events: [] as string[],
  opens: true,
  clipboard: '',
  asked: undefined as InputBoxOptions | undefined,
  /** What is typed; undefined closes the input box. */
  typed: undefined as string | undefined,
  picks: undefined as ((items: readonly QuickPickItem[]) => QuickPickItem | undefined) | undefined,
  /** The button that is pressed. */
  presses: undefined as string | undefined,
}));

vi.mock('vscode', async () => {
  const { l10n } = await import('../../fakes/l10n');
  const tell = (text: string, ...buttons: unknown[]): Promise<unknown> => {
    vscode.events.push(`tell ${[text, ...buttons].join(' | ')}`);
    return Promise.resolve(buttons.find((button) => button === vscode.presses));
  };
  return {
    l10n,
    InputBoxValidationSeverity: { Info: 1, Warning: 2, Error: 3 },
    CancellationError: class extends Error {},
    commands: {
      registerCommand: (id: string, handler: (...args: unknown[]) => Promise<void>) => {
        vscode.commands.set(id, handler);
        return { dispose: () => vscode.commands.delete(id) };
      },
      executeCommand: (...args: unknown[]) => Promise.resolve(vscode.executed.push(args)),
    },
    env: {
      language: 'en',
      clipboard: {
        writeText: (text: string) => {
          vscode.clipboard = text;
          vscode.events.push('copy');
          return Promise.resolve();
        },
      },
      openExternal: (target: unknown) => {
        vscode.events.push(`open ${typeof target === 'string' ? target : 'something else than text'}`);
        return Promise.resolve(vscode.opens);
      },
    },
    window: {
      showInformationMessage: tell,
      showWarningMessage: tell,
      showErrorMessage: tell,
      showInputBox: (options: InputBoxOptions) => {
        vscode.asked = options;
        return Promise.resolve(vscode.typed);
      },
      showQuickPick: (items: readonly QuickPickItem[]) => Promise.resolve(vscode.picks?.(items)),
    },
    workspace: {
      getConfiguration: () => ({
        get: (id: string) => vscode.settings.get(id)?.workspaceValue ?? vscode.settings.get(id)?.globalValue,
        inspect: (id: string) => vscode.settings.get(id),
      }),
    },
  };
});

const ADA = { name: 'Ada Park', phoneNumber: '+16505550101', location: 'San Mateo, CA' };
const BEN = { name: 'Ben Ito', phoneNumber: '+16505550102' };
const US = { name: 'Rosa Lind', phoneNumber: '+16505550100' };

interface Around {
  readonly selection?: Node[];
  /** What the tab that is worked in shows. */
  readonly front?: Message;
  /** The account that commands act on, if it is another one. */
  readonly current?: Account;
}

/** The commands, for an account that has these messages. */
function setUp(
  messages: readonly Message[],
  server: ServerKind = 'production',
  { selection = [], front, current }: Around = {},
) {
  const store = new MemoryMessageStore();
  store.apply({ put: messages });
  const account = { id: '101@platform.ringcentral.com', server, mailbox: { store } } as unknown as Account;
  const accounts = {
    all: [account, ...(current ? [current] : [])],
    current: current ?? account,
    get: (id: string) => (id === account.id ? account : undefined),
  } as unknown as Accounts;
  const views = {
    selectionIn: () => selection,
    queryOf: () => ({ availability: 'Alive', filter: {} }),
  } as unknown as MailboxViews;
  registerReplyCommands(
    new CommandRegistry({ error: () => undefined } as unknown as LogOutputChannel),
    accounts,
    views,
    {
      activeSubject:
        front && ({ accountId: account.id, message: () => front } as Partial<Subject> as Subject),
    },
  );
  const rowOf = (message: Message): Node => ({ kind: 'message', account, message, parent: undefined });
  const groupOf = (key: GroupKey, newest: Message): Node => {
    const group: Group = { key, newest, total: 1, unread: 0 };
    return { kind: 'group', account, group, parent: undefined };
  };
  const named = (id: string): object => ({ accountId: account.id, messageIds: [id] });
  return { account, rowOf, groupOf, named };
}

async function run(command: Command, ...args: unknown[]): Promise<void> {
  await vscode.commands.get(command)?.(...args);
}

function choose(openWith: unknown): void {
  vscode.settings.set(Setting.OpenWith, { globalValue: openWith });
}

const opened = (): string[] => vscode.events.filter((event) => event.startsWith('open '));

beforeEach(() => {
  vscode.settings.clear();
  vscode.executed.length = 0;
  vscode.events.length = 0;
  vscode.opens = true;
  vscode.clipboard = '';
  vscode.asked = undefined;
  vscode.typed = undefined;
  vscode.picks = undefined;
  vscode.presses = undefined;
});

const text = aMessage({ from: ADA });

describe('Reply', () => {
  test('asks for the text under name and number, and opens RingCentral with both filled in', async () => {
    const { rowOf } = setUp([text]);
    vscode.typed = 'At 5 & with +1';
    await run(Command.Reply, rowOf(text));
    expect(vscode.asked?.title).toBe('Text Message to Ada Park, (650) 555-0101');
    expect(vscode.asked?.prompt).toMatch(/^Continue in RingCentral in your browser/);
    expect(vscode.events).toEqual([
      'open https://app.ringcentral.com/r/sms?type=new&number=%2B16505550101&content=At%205%20%26%20with%20%2B1',
    ]);
  });

  test('opens a new message if no text is typed, and nothing if it is dismissed', async () => {
    const { rowOf } = setUp([text]);
    await run(Command.Reply, rowOf(text));
    expect(vscode.events).toEqual([]);
    vscode.typed = '';
    await run(Command.Reply, rowOf(text));
    expect(vscode.events).toEqual(['open https://app.ringcentral.com/r/sms?type=new&number=%2B16505550101']);
  });

  test.each([
    ['app', 'rcmobile://sms?number=%2B16505550101', /^Continue in the RingCentral app, .* clipboard/],
    ['system', 'sms:+16505550101', /^Continue in the app for text messages, .* clipboard/],
  ])(
    'copies the text before an app opens that takes none, and says so (%s)',
    async (app, address, prompt) => {
      const { rowOf } = setUp([text]);
      choose(app);
      vscode.typed = 'Thanks';
      await run(Command.Reply, rowOf(text));
      expect(vscode.asked?.prompt).toMatch(prompt);
      expect(vscode.events).toEqual([
        'copy',
        `open ${address}`,
        'tell Your text is on the clipboard. Paste it into the message to Ada Park.',
      ]);
      expect(vscode.clipboard).toBe('Thanks');
    },
  );

  test('leaves the clipboard alone if there is no text to paste', async () => {
    const { rowOf } = setUp([text]);
    choose('app');
    vscode.typed = '';
    await run(Command.Reply, rowOf(text));
    expect(vscode.events).toEqual(['open rcmobile://sms?number=%2B16505550101']);
  });

  test('copies a text that is too long for an address, and says so while it is typed and afterwards', async () => {
    const { rowOf } = setUp([text]);
    vscode.typed = 'long '.repeat(600);
    await run(Command.Reply, rowOf(text));
    const problem = vscode.asked?.validateInput?.(vscode.typed) as InputBoxValidationMessage;
    expect(problem).toMatchObject({ message: expect.stringContaining('too long') as string, severity: 1 });
    expect(vscode.asked?.validateInput?.('short')).toBeUndefined();
    expect(vscode.events).toEqual([
      'copy',
      'open https://app.ringcentral.com/r/sms?type=new&number=%2B16505550101',
      'tell Your text is on the clipboard. Paste it into the message to Ada Park.',
    ]);
    expect(vscode.clipboard).toBe(vscode.typed);
  });

  test('goes to the recipient of what we sent, and to the sender of a fax or voicemail', async () => {
    vscode.typed = '';
    const sent = aMessage({ direction: 'Outbound', from: US, to: [BEN] });
    for (const message of [
      sent,
      aMessage({ type: 'Fax', from: BEN }),
      aMessage({ type: 'VoiceMail', from: BEN }),
    ])
      await run(Command.Reply, setUp([message]).rowOf(message));
    expect(opened()).toEqual(
      Array(3).fill('open https://app.ringcentral.com/r/sms?type=new&number=%2B16505550102'),
    );
  });

  test('does what the user’s settings say, and nothing that a workspace says', async () => {
    const { rowOf } = setUp([text]);
    vscode.typed = '';
    vscode.settings.set(Setting.OpenWith, { globalValue: 'app', workspaceValue: 'system' });
    await run(Command.Reply, rowOf(text));
    vscode.settings.set(Setting.OpenWith, { workspaceValue: 'system' });
    await run(Command.Reply, rowOf(text));
    choose('file:///etc');
    await run(Command.Reply, rowOf(text));
    const web = 'open https://app.ringcentral.com/r/sms?type=new&number=%2B16505550101';
    expect(opened()).toEqual(['open rcmobile://sms?number=%2B16505550101', web, web]);
  });

  test('does not lose the text if nothing opens', async () => {
    const { rowOf } = setUp([text]);
    vscode.opens = false;
    vscode.typed = 'Thanks';
    vscode.presses = 'Copy Text';
    await run(Command.Reply, rowOf(text));
    expect(vscode.events.at(-2)).toBe(
      "tell RingCentral wasn't opened in your browser. | Copy Text | Choose Another App",
    );
    expect(vscode.clipboard).toBe('Thanks');
    choose('app');
    await run(Command.Reply, rowOf(text));
    expect(vscode.events.at(-1)).toBe(
      "tell The RingCentral app couldn't be opened. Your text is on the clipboard. | Choose Another App",
    );
  });

  test('shows a stranger’s name as it is, and takes nothing of it into the address', async () => {
    const evil = aMessage({
      from: { name: 'Eve &number=+4930123456 [x](command:y) $(alert)', phoneNumber: '+16505550101' },
      subject: '&content=Pay',
    });
    const { rowOf } = setUp([evil]);
    choose('app');
    vscode.typed = 'ok';
    await run(Command.Reply, rowOf(evil));
    expect(opened()).toEqual(['open rcmobile://sms?number=%2B16505550101']);
    expect(vscode.events.at(-1)).not.toMatch(/\]\(|\$\(/);
    expect(vscode.asked?.prompt).not.toContain('Eve');
  });
});

describe('Call', () => {
  test.each([
    ['web', 'https://app.ringcentral.com/r/call?number=%2B16505550101'],
    ['app', 'rcmobile://call?number=%2B16505550101'],
    ['system', 'tel:+16505550101'],
  ])('opens the call without asking (%s)', async (app, address) => {
    const { rowOf } = setUp([text]);
    choose(app);
    await run(Command.Call, rowOf(text));
    expect(vscode.asked).toBeUndefined();
    expect(vscode.events).toEqual([`open ${address}`]);
  });

  test.each([
    ['app', "The RingCentral app couldn't be opened."],
    ['system', 'No app for calls could be opened.'],
  ])('says if nothing opens, and leads to the setting (%s)', async (app, sentence) => {
    const { rowOf } = setUp([text]);
    choose(app);
    vscode.opens = false;
    vscode.presses = 'Choose Another App';
    await run(Command.Call, rowOf(text));
    expect(vscode.events.at(-1)).toBe(`tell ${sentence} | Copy Number | Choose Another App`);
    expect(vscode.executed).toEqual([['workbench.action.openSettings', 'ringcentralMailbox.openWith']]);
  });

  test('says nothing to somebody who has just told VS Code not to open the browser', async () => {
    const { rowOf } = setUp([text]);
    vscode.opens = false;
    await run(Command.Call, rowOf(text));
    expect(vscode.events).toEqual(['open https://app.ringcentral.com/r/call?number=%2B16505550101']);
  });
});

describe('whom Reply and Call reach', () => {
  const CALL_ADA = ['open https://app.ringcentral.com/r/call?number=%2B16505550101'];
  const NOBODY = ['tell There is no phone number here that can be texted or called.'];

  test('is nobody if the message is gone that a page names, whatever is selected', async () => {
    const account = { id: '101@platform.ringcentral.com', server: 'production' } as unknown as Account;
    const { named } = setUp([], 'production', {
      selection: [{ kind: 'message', account, message: text, parent: undefined }],
    });
    await run(Command.Call, named(text.id));
    await run(Command.Call, { accountId: 'gone', messageIds: [text.id] });
    expect(vscode.events).toEqual([
      'tell This message is no longer in the mailbox. | Show Log',
      'tell This message is no longer in the mailbox. | Show Log',
    ]);
  });

  test('is the other side of a conversation’s or caller’s row', async () => {
    const { groupOf } = setUp([text]);
    await run(Command.Call, groupOf({ kind: 'thread', type: 'SMS', thread: '1' }, text));
    await run(Command.Call, groupOf({ kind: 'party', party: '+16505550101' }, text));
    expect(vscode.events).toEqual([...CALL_ADA, ...CALL_ADA]);
  });

  test('is nobody for a row that holds messages of anybody', async () => {
    const { groupOf } = setUp([text]);
    await run(Command.Call, groupOf({ kind: 'type', type: 'SMS' }, text));
    await run(Command.Call, groupOf({ kind: 'date', span: 'today' }, text));
    expect(vscode.events).toEqual([...NOBODY, ...NOBODY]);
  });

  test.each<ServerKind>(['sample', 'sandbox', 'another'])(
    'is nobody in an account of this server: %s',
    async (server) => {
      const { rowOf } = setUp([text], server);
      await run(Command.Call, rowOf(text));
      await run(Command.Reply, rowOf(text));
      expect(vscode.events).toEqual([...NOBODY, ...NOBODY]);
    },
  );

  test('is the other side of a message that a page names', async () => {
    const { named } = setUp([text]);
    await run(Command.Call, named(text.id));
    expect(vscode.events).toEqual(CALL_ADA);
  });

  test('is the only row that is selected, else one that is picked among those with a number', async () => {
    const extension = aMessage({ type: 'Pager', from: { name: 'Cy', extensionNumber: '102' } });
    const ben = aMessage({ from: BEN });
    const messages = [extension, ben, text];
    const row: Node = setUp(messages).rowOf(text);
    setUp(messages, 'production', { selection: [row] });
    await run(Command.Call);
    expect(vscode.events).toEqual(CALL_ADA);

    setUp(messages, 'production', { selection: [setUp(messages).rowOf(extension)] });
    let offered: string[] = [];
    vscode.picks = (items) => {
      offered = items.map(({ label }) => label);
      return items.find(({ label }) => label === 'Ben Ito');
    };
    await run(Command.Call);
    expect(offered.sort()).toEqual(['Ada Park', 'Ben Ito']);
    expect(vscode.events.at(-1)).toBe('open https://app.ringcentral.com/r/call?number=%2B16505550102');
    vscode.picks = undefined;
    await run(Command.Call);
    expect(opened()).toHaveLength(2);
  });

  test('is the other side of what the tab in front shows, whatever row is selected', async () => {
    const ben = aMessage({ from: BEN });
    const selection = [setUp([text, ben]).rowOf(ben)];
    setUp([text, ben], 'production', { selection, front: text });
    await run(Command.Call);
    expect(vscode.events).toEqual(CALL_ADA);
  });

  test('is picked if the tab in front shows nobody that can be called: the row that is selected is not meant', async () => {
    const ben = aMessage({ from: BEN });
    const front = aMessage({ type: 'Pager', from: { name: 'Cy', extensionNumber: '102' } });
    const messages = [text, ben, front];
    setUp(messages, 'production', { selection: [setUp(messages).rowOf(ben)], front });
    vscode.picks = (items) => items.find(({ label }) => label === 'Ada Park');
    await run(Command.Call);
    expect(vscode.events).toEqual(CALL_ADA);
  });

  test('is picked in an account whose numbers can be called, whichever account is the current one', async () => {
    const current = { id: 'sample', server: 'sample', mailbox: { store: new MemoryMessageStore() } };
    setUp([text], 'production', { current: current as unknown as Account });
    vscode.picks = ([first]) => first;
    await run(Command.Call);
    expect(vscode.events).toEqual(CALL_ADA);
  });
});
