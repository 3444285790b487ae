import type { LogOutputChannel, QuickPickItem } from 'vscode';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Message } from '../../../src/api/schema';
import { SignInRequiredError } from '../../../src/api/errors';
import { CommandRegistry } from '../../../src/commands/commandRegistry';
import { registerConversationCommands } from '../../../src/commands/conversationCommands';
import { Deletions } from '../../../src/commands/deletions';
import { registerMessageCommands } from '../../../src/commands/messageCommands';
import { registerTranscriptCommands } from '../../../src/commands/transcriptCommands';
import { registerViewCommands } from '../../../src/commands/viewCommands';
import { Command } from '../../../src/ids';
import type { Account, Accounts } from '../../../src/mailbox/accounts';
import type { MessageFilter } from '../../../src/mailbox/query';
import { MemoryMessageStore } from '../../../src/mailbox/store/memoryMessageStore';
import type { MailboxViews } from '../../../src/tree/mailboxViews';
import type { Node } from '../../../src/tree/nodes';
import type { ViewState } from '../../../src/tree/viewState';
import type { Viewers } from '../../../src/viewers/viewers';
import { aMessage } from '../../builders/message';

const vscode = vi.hoisted(() => ({
  commands: new Map<string, (...args: unknown[]) => Promise<void>>(),
  /** What stands in the status bar. */
  announced: [] as string[],
  /** The command of what was last shown in the status bar. */
  clicked: '',
  /** What was told in notifications, with the buttons. */
  told: [] as string[],
  asked: [] as string[],
  /** What stands below the questions. */
  details: [] as string[],
  /** The button of a question that is pressed. */
  presses: undefined as string | undefined,
  offered: [] as readonly QuickPickItem[],
  /** The label of what is picked. */
  picks: undefined as string | undefined,
  clipboard: '',
}));

vi.mock('vscode', async () => {
  const { l10n } = await import('../../fakes/l10n');
  const tell = (text: string, ...buttons: string[]): Promise<undefined> => {
    vscode.told.push([text, ...buttons].join(' | '));
    return Promise.resolve(undefined);
  };
  return {
    l10n,
    env: {
      language: 'en',
      uiKind: 1,
      clipboard: {
        writeText: (text: string) => {
          vscode.clipboard = text;
          return Promise.resolve();
        },
      },
    },
    UIKind: { Desktop: 1, Web: 2 },
    StatusBarAlignment: { Left: 1 },
    CancellationError: class extends Error {},
    commands: {
      registerCommand: (id: string, handler: (...args: unknown[]) => Promise<void>) => {
        vscode.commands.set(id, handler);
        return { dispose: () => vscode.commands.delete(id) };
      },
      executeCommand: (id: string, ...args: unknown[]) => vscode.commands.get(id)?.(...args),
    },
    window: {
      withProgress: (_options: unknown, task: () => unknown) => task(),
      createStatusBarItem: () => ({
        text: '',
        command: '',
        show(): void {
          vscode.announced.push(this.text);
          vscode.clicked = this.command;
        },
        dispose(): void {
          vscode.announced = vscode.announced.filter((text) => text !== this.text);
        },
      }),
      showInformationMessage: tell,
      showErrorMessage: tell,
      showWarningMessage: (text: string, { detail = '' }: { detail?: string }) => {
        vscode.asked.push(text);
        vscode.details.push(detail);
        return Promise.resolve(vscode.presses);
      },
      showQuickPick: (items: readonly QuickPickItem[]) => {
        vscode.offered = items;
        return Promise.resolve(items.find(({ label }) => label === vscode.picks));
      },
      setStatusBarMessage: () => ({ dispose: () => undefined }),
    },
  };
});

beforeEach(() => {
  filter = {};
  vscode.commands.clear();
  vscode.announced = [];
  vscode.told.length = 0;
  vscode.asked.length = 0;
  vscode.details.length = 0;
  vscode.presses = 'Delete';
  vscode.offered = [];
  vscode.picks = undefined;
  vscode.clipboard = '';
});

/** What the views leave out. */
let filter: MessageFilter;

interface Opened {
  readonly account: Account;
  readonly rowOf: (message: Message) => Node;
  /** What was asked of the mailbox, in the order of events. */
  readonly done: string[];
  /** Whether the server does what it is asked. */
  isWilling: boolean;
}

function open(id: string, messages: readonly Message[]): Opened {
  const store = new MemoryMessageStore();
  store.apply({ put: messages });
  let undoable: readonly string[] = [];
  const done: string[] = [];
  const run = (what: string, ids: readonly string[]) => {
    done.push(`${what} ${ids.join()}`);
    const changed = opened.isWilling ? ids : [];
    return Promise.resolve({ changed, failed: [], waiting: [], cancelled: false });
  };
  const account = {
    id,
    label: id,
    server: 'production',
    mailbox: {
      store,
      refresh: () => Promise.resolve(done.push('refresh')),
      actions: {
        get undoable() {
          return undoable;
        },
        get canUndo() {
          return undoable.length > 0;
        },
        delete: (ids: readonly string[]) => {
          if (opened.isWilling) undoable = ids;
          return run('delete', ids);
        },
        deleteConversation: (conversationId: string, ids: readonly string[]) =>
          run(`delete of conversation ${conversationId}`, ids),
        restore: (ids: readonly string[]) => {
          undoable = [];
          return run('restore', ids);
        },
        setReadStatus: (ids: readonly string[], status: string) => run(`mark ${status}`, ids),
      },
    },
  } as unknown as Account;
  const rowOf = (message: Message): Node => ({ kind: 'message', account, message, parent: undefined });
  const opened: Opened = { account, rowOf, done, isWilling: true };
  return opened;
}

/** The commands, for these accounts, with rows that are selected in Messages. */
function setUp(selection: readonly Node[], ...opened: readonly Opened[]): void {
  const all = opened.map(({ account }) => account);
  const accounts = {
    all,
    current: all[0],
    get: (id: string) => all.find((account) => account.id === id),
  } as unknown as Accounts;
  const views = {
    selectionIn: (view: string) => (view === 'messages' ? selection : []),
    queryOf: () => ({ availability: 'Alive', filter }),
    keepingPlace: (_row: unknown, _ids: unknown, action: () => unknown) => action(),
  } as unknown as MailboxViews;
  const log = { error: () => undefined } as unknown as LogOutputChannel;
  const commands = new CommandRegistry(log);
  const deletions = new Deletions(commands, accounts, views, log);
  onTestFinished(() => deletions.dispose());
  registerMessageCommands(commands, accounts, views, deletions, log);
  registerConversationCommands(commands, accounts, views, deletions, log);
  registerViewCommands(commands, accounts, {} as ViewState, log);
  registerTranscriptCommands(commands, accounts, views, {} as Viewers);
}

async function run(command: Command, ...args: unknown[]): Promise<void> {
  await vscode.commands.get(command)?.(...args);
}

describe('Mark as Unread', () => {
  const received = aMessage({ readStatus: 'Read', conversationId: '7' });
  const sent = aMessage({ direction: 'Outbound', readStatus: 'Read', conversationId: '8' });

  test('leaves alone what was sent, which nobody has to read', async () => {
    const opened = open('1@example.com', [received, sent]);
    const rows = [received, sent].map(opened.rowOf);
    setUp([], opened);
    await run(Command.MarkUnread, rows[0], rows);
    expect(opened.done).toEqual([`mark Unread ${received.id}`]);
    expect(vscode.told).toEqual([]);
  });

  test('says so if there is nothing else', async () => {
    const opened = open('1@example.com', [sent]);
    const [group] = opened.account.mailbox.store.groups({ availability: 'Alive', filter: {} }, 'thread', {
      offset: 0,
      limit: 1,
    });
    setUp([], opened);
    for (const row of [opened.rowOf(sent), { kind: 'group', account: opened.account, group }])
      await run(Command.MarkUnread, row);
    expect(opened.done).toEqual([]);
    const told = 'There are no messages that this command applies to.';
    expect(vscode.told).toEqual([told, told]);
  });

  test('offers only what was received', async () => {
    const opened = open('1@example.com', [received, sent]);
    setUp([], opened);
    await run(Command.MarkUnread);
    expect(vscode.offered).toHaveLength(1);
  });
});

describe('a command that does nothing', () => {
  const registry = (isAsked = false): CommandRegistry =>
    new CommandRegistry({ error: () => undefined } as unknown as LogOutputChannel, () => isAsked);

  test('because VS Code is reading the rows again, says so in the status bar, once', async () => {
    const done: unknown[] = [];
    const commands = registry();
    onTestFinished(() => commands.dispose());
    commands.registerForRows(Command.Delete, (...args) => void done.push(args));
    await run(Command.Delete, undefined);
    await run(Command.Delete, null);
    await run(Command.Delete, {}, [{}, undefined]);
    expect(done).toEqual([]);
    expect(vscode.told).toEqual([]);
    expect(vscode.announced).toEqual([
      '$(info) Nothing was done because the list was being updated. Try again.',
    ]);
  });

  test.each([
    [false, ['Your sign-in is no longer valid. Sign in again. | Sign In Again']],
    [true, []],
  ])(
    'because the sign-in has ended, asks to sign in again unless that is being asked (%s)',
    async (isAsked, told) => {
      registry(isAsked).register(Command.Refresh, () => {
        throw new SignInRequiredError('The sign-in has ended.');
      });
      await run(Command.Refresh);
      expect(vscode.told).toEqual(told);
    },
  );
});

describe('the key that undoes a deletion is told', () => {
  const message = aMessage();
  const mailbox = (): Opened => open('1@example.com', [message]);

  test('where it works: in the list', async () => {
    const opened = mailbox();
    setUp([], opened);
    await run(Command.Delete, opened.rowOf(message));
    expect(vscode.announced.join()).toMatch(/^\$\(trash\) Deleted text message from Ada Park\. .+ to undo$/);
    expect(vscode.told).toEqual([]);
  });

  test('and a click on it undoes, whatever the keys are', async () => {
    const opened = mailbox();
    setUp([], opened);
    await run(Command.Delete, opened.rowOf(message));
    await vscode.commands.get(vscode.clicked)?.();
    expect(opened.done).toEqual([`delete ${message.id}`, `restore ${message.id}`]);
    expect(vscode.announced).toEqual([]);
  });

  test('until something else is deleted', async () => {
    const others = [aMessage(), aMessage()];
    const opened = open('1@example.com', [message, ...others]);
    setUp([], opened);
    await run(Command.Delete, opened.rowOf(message));
    const rows = others.map(opened.rowOf);
    await run(Command.Delete, rows[0], rows);
    expect(vscode.announced).toEqual([]);
    expect(vscode.told).toEqual(['Deleted 2 messages. | Undo']);
  });

  test.each([Command.Delete, Command.DeleteMessages])(
    'not after the palette, when the keys go to an editor: %s',
    async (command) => {
      const opened = mailbox();
      setUp([opened.rowOf(message)], opened);
      await run(command);
      expect(opened.done).toEqual([`delete ${message.id}`]);
      expect(vscode.announced).toEqual([]);
      expect(vscode.told).toEqual(['Deleted text message from Ada Park. | Undo']);
    },
  );

  test('nor after a conversation of one message was deleted from there', async () => {
    const threaded = aMessage({ conversationId: '7' });
    const opened = open('1@example.com', [threaded]);
    setUp([opened.rowOf(threaded)], opened);
    await run(Command.DeleteConversation);
    expect(vscode.asked).toEqual(['Delete the conversation with Ada Park (1 message)?']);
    expect(vscode.announced).toEqual([]);
    expect(vscode.told).toEqual(['Deleted text message from Ada Park. | Undo']);
  });
});

test('Undo takes back the last deletion that came to something, of whichever account it is', async () => {
  const [one, two, three] = [aMessage(), aMessage(), aMessage()];
  const [first, second] = [open('1@example.com', [one]), open('2@example.com', [two, three])];
  setUp([], first, second);
  await run(Command.Delete, second.rowOf(two));
  await run(Command.Delete, first.rowOf(one));
  second.isWilling = false;
  await run(Command.Delete, second.rowOf(three));
  await run(Command.UndoDelete);
  expect(first.done.at(-1)).toBe(`restore ${one.id}`);
  expect(second.done).toEqual([`delete ${two.id}`, `delete ${three.id}`]);
});

test('a question names three people, and how many others there are', async () => {
  const from = (index: number) => ({
    name: `Person ${String(index)}`,
    phoneNumber: `+1650555010${String(index)}`,
  });
  const messages = [1, 2, 3, 4, 5].map((index) => aMessage({ from: from(index) }));
  const opened = open('1@example.com', messages);
  setUp([], opened);
  const rows = messages.map(opened.rowOf);
  await run(Command.DeletePermanently, rows[0], rows.slice(0, 4));
  await run(Command.DeletePermanently, rows[0], rows);
  expect(vscode.asked).toEqual([
    'Permanently delete 4 messages (Person 1, Person 2, Person 3 and 1 other)?',
    'Permanently delete 5 messages (Person 1, Person 2, Person 3 and 2 others)?',
  ]);
});

test.each([Command.Delete, Command.DeletePermanently])(
  'a question about a group says that what the filter hides is kept, and means only what is shown: %s',
  async (command) => {
    const messages = [aMessage(), aMessage(), aMessage({ readStatus: 'Read' })];
    const opened = open('1@example.com', messages);
    setUp([], opened);
    filter = { readStatus: 'Unread' };
    const [group] = opened.account.mailbox.store.groups({ availability: 'Alive', filter: {} }, 'party', {
      offset: 0,
      limit: 1,
    });
    await run(command, { kind: 'group', account: opened.account, group, parent: undefined });
    expect(vscode.asked.join()).toMatch(/elete 2 messages/);
    expect(vscode.details.join()).toMatch(/ Messages that the filter \(unread\) hides are kept\.$/);
  },
);

test('the conversations to choose from have the number of their messages, one or several', async () => {
  const ben = { name: 'Ben Ito', phoneNumber: '+16505550102' };
  const one = aMessage({ conversationId: '7' });
  const two = [1, 2].map(() => aMessage({ conversationId: '8', from: ben }));
  setUp([], open('1@example.com', [one, ...two]));
  await run(Command.DeleteConversation);
  expect(vscode.offered.map(({ label, description }) => `${label}: ${String(description)}`).sort()).toEqual([
    'Ada Park: 1 message',
    'Ben Ito: 2 messages',
  ]);
});

/** VS Code passes the row that has the focus to commands in the titles of views, and what is selected if that is several. */
describe('from the title of the view, whatever row has the focus', () => {
  const [one, two, three] = [aMessage(), aMessage(), aMessage()];
  const read = aMessage({ readStatus: 'Read' });

  function setUpTwo(): { first: Opened; second: Opened; focused: Node } {
    const [first, second] = [open('1@example.com', [one, two, read]), open('2@example.com', [three])];
    const focused = first.rowOf(one);
    setUp([focused], first, second);
    return { first, second, focused };
  }

  test('Mark All as Read marks everything that is shown, after a question that says how much it is', async () => {
    const { first, second, focused } = setUpTwo();
    vscode.presses = 'Mark as Read';
    await run(Command.MarkAllRead, focused, [focused, first.rowOf(read)]);
    expect(vscode.asked).toEqual(['Mark 3 messages as read?']);
    expect([first.done, second.done]).toEqual([[`mark Read ${two.id},${one.id}`], [`mark Read ${three.id}`]]);
  });

  test('Restore Messages… asks which', async () => {
    const { first, focused } = setUpTwo();
    await run(Command.RestoreMessages, focused, [focused]);
    expect(vscode.offered).toHaveLength(3);
    expect(first.done).toEqual([]);
  });

  test('what is about one account asks which', async () => {
    const { focused } = setUpTwo();
    const given: unknown[][] = [];
    const registry = new CommandRegistry({ error: () => undefined } as unknown as LogOutputChannel);
    for (const command of [Command.SignOut, Command.CheckConnection, Command.ShowRetention])
      registry.register(command, (...args) => void given.push([...args]));
    await run(Command.SignOut, focused, [focused]);
    await run(Command.CheckConnection, focused);
    await run(Command.ShowRetention, focused, undefined);
    await run(Command.SignOut, 'a session');
    expect(given).toEqual([[], [], [], ['a session']]);
  });

  test('Refresh Messages refreshes every account; from the row of an account, that one', async () => {
    const { first, second, focused } = setUpTwo();
    await run(Command.Refresh, focused);
    expect([first.done, second.done]).toEqual([['refresh'], ['refresh']]);
    await run(Command.Refresh, { kind: 'account', account: second.account, parent: undefined });
    expect([first.done, second.done]).toEqual([
      ['refresh', 'refresh'],
      ['refresh', 'refresh'],
    ]);
    await run(Command.RefreshAccount, { kind: 'account', account: second.account, parent: undefined });
    expect([first.done, second.done]).toEqual([
      ['refresh', 'refresh'],
      ['refresh', 'refresh', 'refresh'],
    ]);
  });
});

test.each([
  ['of one person', '+16505550101', 'Conversation with Ada Park'],
  ['of several people', '+16505550102', 'Messages'],
])('messages %s are copied under the title that they have together', async (_whose, phoneNumber, title) => {
  const messages = [aMessage(), aMessage({ type: 'VoiceMail', from: { name: 'Ada Park', phoneNumber } })];
  const opened = open('1@example.com', messages);
  setUp([], opened);
  const rows = messages.map(opened.rowOf);
  vscode.picks = 'Plain Text';
  await run(Command.CopyMessages, rows[0], rows);
  expect(vscode.clipboard.split('\n')[0]).toBe(title);
});
