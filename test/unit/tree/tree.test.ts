import { readFileSync } from 'node:fs';
import type { MarkdownString, TreeItem } from 'vscode';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Message } from '../../../src/api/schema';
import { accountLabel } from '../../../src/display/accountLabel';
import type { Account, Accounts } from '../../../src/mailbox/accounts';
import type { GroupBy, MessageFilter } from '../../../src/mailbox/query';
import { MemoryMessageStore } from '../../../src/mailbox/store/memoryMessageStore';
import { SqliteMessageStore } from '../../../src/mailbox/store/sqliteMessageStore';
import { openDatabase } from '../../../src/storage/sqlite';
import { MailboxTree } from '../../../src/tree/mailboxTree';
import type { Node } from '../../../src/tree/nodes';
import { messageTooltip } from '../../../src/tree/tooltip';
import { UnreadDecorations } from '../../../src/tree/unreadDecorations';
import { aMessage } from '../../builders/message';
import { settings } from './fakeVscode';

vi.mock('vscode', () => import('./fakeVscode'));

const ada = { name: 'Ada Park', phoneNumber: '+16505550101' };
const ben = { name: 'Ben Ito', phoneNumber: '+16505550102' };
const us = { name: 'Rosa Lind', phoneNumber: '+16505550100' };
const recording = { id: '1', type: 'AudioRecording', contentType: 'audio/mpeg', vmDuration: 12 };

let minutes = 0;

/** Each older than the one before. */
function message(fields: Partial<Message>): Message {
  const creationTime = new Date(Date.now() - ++minutes * 60_000 - 1_000).toISOString();
  return aMessage({ readStatus: 'Read', from: ada, to: [us], creationTime, ...fields });
}

const voicemail = (fields: Partial<Message> = {}): Message =>
  message({ type: 'VoiceMail', subject: '', attachments: [recording], ...fields });

const text = (subject: string, fields: Partial<Message> = {}): Message =>
  message({ type: 'SMS', conversationId: '77', subject, ...fields });

function accountWith(messages: readonly Message[], fields: Partial<Account> = {}): Account {
  const store = new MemoryMessageStore();
  store.apply({ put: messages });
  return {
    id: '1@example.com',
    label: 'Rosa Lind',
    sample: false,
    isSignInRequired: false,
    mailbox: { store, state: { kind: 'ready' }, online: true, waitingCount: 0 },
    ...fields,
  } as unknown as Account;
}

function treeOf(groupBy: GroupBy, ...all: Account[]): MailboxTree {
  const accounts = { all, current: all[0] } as unknown as Accounts;
  return new MailboxTree(
    accounts,
    { query: () => ({ availability: 'Alive', filter: {} }), groupBy: () => groupBy },
    { show: () => undefined },
  );
}

/** Rows as "label | description", what is under each indented. */
function outline(tree: MailboxTree, parent?: Node, depth = 0): string[] {
  return tree.getChildren(parent).flatMap((node) => {
    const { label, description } = tree.getTreeItem(node);
    const line = [label, description]
      .flatMap((part) => (typeof part === 'string' && part !== '' ? [part] : []))
      .join(' | ');
    return ['  '.repeat(depth) + line, ...outline(tree, node, depth + 1)];
  });
}

/** The paragraphs of a hover in Markdown, as it is read. */
function hover({ tooltip }: Pick<TreeItem, 'tooltip'>): string {
  const { value } = tooltip as MarkdownString;
  return value.trim().replaceAll('\\', '').replaceAll('&nbsp;', ' ').split(/\n\n/).join('|');
}

beforeEach(() => {
  minutes = 0;
  settings.clear();
});

describe('rows', () => {
  test('say of a conversation what was said last and by whom, and of a type how much is unread', () => {
    const tree = treeOf(
      'typeAndConversation',
      accountWith([
        text('Also: can the lemon tree stay?', { readStatus: 'Unread' }),
        text('Of course', { direction: 'Outbound', from: us, to: [ada] }),
        text('Till then', { conversationId: '78', direction: 'Outbound', from: us, to: [ben] }),
        text('Lunch?', { conversationId: '79', from: ben, to: [{ ...us, target: true }, ada] }),
        text('No way', {
          conversationId: '80',
          direction: 'Outbound',
          messageStatus: 'DeliveryFailed',
          from: us,
          to: [ben],
        }),
      ]),
    );
    expect(outline(tree)).toEqual([
      'Text Messages | 1 unread',
      '  Ada Park | 1m · Also: can the lemon tree stay?',
      '    ● Also: can the lemon tree stay? | 1m',
      '    You: Of course | 2m',
      '  Ben Ito | 3m · You: Till then',
      '    You: Till then | 3m',
      '  Ben Ito, Ada Park | 4m · Ben Ito: Lunch?',
      '    Ben Ito: Lunch? | 4m',
      '  Ben Ito | 5m · Failed: not delivered · You: No way',
      '    You: No way | 5m · Failed: not delivered',
    ]);
    const [type] = tree.getChildren();
    const [conversation] = tree.getChildren(type);
    if (!type || !conversation) throw new Error('There are none.');
    const item = tree.getTreeItem(conversation);
    expect(hover(item)).toBe('Ada Park, (650) 555-0101|1 unread of 2|---|Also: can the lemon tree stay?');
    expect(item.accessibilityInformation?.label).toBe(
      'Ada Park, 1 unread of 2, 1m, Also: can the lemon tree stay?',
    );
    expect(item.command?.arguments).toEqual([conversation]);
    expect(item.resourceUri).toMatchObject({ query: '1', fragment: 'badge' });
    expect(tree.getTreeItem(type).command, 'a click on a type expands it').toBeUndefined();
    expect(tree.getTreeItem(type).resourceUri?.fragment).toBeUndefined();
  });

  test('show what was said in a voicemail as soon as that is known, and how long it is until then', () => {
    const [newest, older, fromBen] = [voicemail(), voicemail(), voicemail({ from: ben })];
    const account = accountWith([newest, older, fromBen]);
    const tree = treeOf('typeAndConversation', account);
    expect(outline(tree)).toEqual([
      'Voicemail',
      '  Ada Park | 1m · 0:12',
      '    Voicemail (0:12) | 1m',
      '    Voicemail (0:12) | 2m',
      '  Ben Ito | 3m · 0:12',
    ]);
    account.mailbox.store.putDetails(
      [newest, fromBen].map(({ id }) => ({ id, transcription: 'It is only me.\nNo need to call back.' })),
    );
    expect(outline(tree)).toEqual([
      'Voicemail',
      '  Ada Park | 1m · It is only me. No need to call back.',
      '    It is only me. No need to call back. | 1m · 0:12',
      '    Voicemail (0:12) | 2m',
      '  Ben Ito | 3m · It is only me. No need to call back.',
    ]);
    const long = { ...newest, transcription: 'word '.repeat(400) };
    const shown = messageTooltip(long).value.match(/word/g)?.length ?? 0;
    expect(shown, 'about 600 characters').toBeGreaterThan(110);
    expect(shown).toBeLessThan(121);
  });

  test('of several faxes say what they are where no icon does, and to screen readers', () => {
    const fax = (): Message => message({ type: 'Fax', subject: '', faxPageCount: 1 });
    const account = accountWith([fax(), fax()]);
    expect(outline(treeOf('otherParty', account))[0]).toBe('Ada Park | 1m · Fax received, 1 page');
    const tree = treeOf('typeAndConversation', account);
    const [group] = tree.getChildren(tree.getChildren()[0]);
    expect(group && tree.getTreeItem(group).accessibilityInformation?.label).toBe(
      'Ada Park, 2 messages, 1m, Fax received, 1 page',
    );
  });

  test('show the cover page of a fax, else its pages, and what became of one that was sent', () => {
    const fax = (fields: Partial<Message>): Message => message({ type: 'Fax', subject: '', ...fields });
    const sent = { direction: 'Outbound', messageStatus: 'Sent', from: us } as const;
    const tree = treeOf(
      'otherParty',
      accountWith([
        fax({ faxPageCount: 3, readStatus: 'Unread' }),
        fax({ from: ben, faxPageCount: 1, coverPageText: 'Please sign' }),
        fax({ ...sent, to: [{ name: 'Cy' }], faxPageCount: 2, coverPageText: 'As agreed' }),
        fax({ ...sent, messageStatus: 'Queued', to: [{ name: 'Di' }] }),
        fax({ ...sent, messageStatus: 'SendingFailed', to: [{ name: 'Ed' }], faxPageCount: 2 }),
        fax({ ...sent, messageStatus: 'SendingFailed', to: [{ name: 'Ed' }], coverPageText: 'Again' }),
        fax({ ...sent, messageStatus: 'SendingFailed', to: [{ name: 'Fay' }], faxPageCount: 2 }),
      ]),
    );
    expect(outline(tree)).toEqual([
      '● Ada Park | 1m · 3 pages',
      'Ben Ito | 2m · Please sign',
      'Cy | 3m · Fax sent · As agreed',
      'Di | 4m · Fax queued',
      'Ed | 5m · Failed: unable to send · 2 pages',
      '  Fax not sent, 2 pages | 5m · Failed: unable to send',
      '  Again | 6m · Failed: unable to send',
      'Fay | 7m · Failed: unable to send · 2 pages',
    ]);
  });

  test('of several faxes of a person say below Faxes the same as the row of one does', () => {
    const fax = (fields: Partial<Message>): Message => message({ type: 'Fax', subject: '', ...fields });
    const sent = { direction: 'Outbound', messageStatus: 'Sent', from: us } as const;
    const faxes = [
      { faxPageCount: 3 },
      { faxPageCount: 1, from: ben, coverPageText: 'Please sign' },
      { faxPageCount: 2, ...sent, to: [{ name: 'Cy', phoneNumber: '+16505550103' }] },
      {
        ...sent,
        messageStatus: 'SendingFailed',
        faxPageCount: 2,
        to: [{ name: 'Di', phoneNumber: '+16505550104' }],
      },
    ];
    const account = accountWith(faxes.map(fax));
    const tree = treeOf('typeAndConversation', account);
    const said = ['3 pages', 'Please sign', 'Fax sent · 2 pages', 'Failed: unable to send · 2 pages'];
    const descriptions = (): unknown[] =>
      tree.getChildren(tree.getChildren()[0]).map((row) => tree.getTreeItem(row).description);
    expect(descriptions()).toEqual(said.map((each, index) => `${index + 1}m · ${each}`));
    account.mailbox.store.apply({ put: faxes.map(fax) });
    expect(tree.getChildren(tree.getChildren()[0]).map(({ kind }) => kind)).toEqual(faxes.map(() => 'group'));
    expect(descriptions()).toEqual(said.map((each, index) => `${index + 1}m · ${each}`));
  });

  test('say to menus whether there is one attachment or several', () => {
    const picture = { id: '1', type: 'MmsAttachment', contentType: 'image/png' };
    const pictures = (count: number): Message =>
      text('Hello', {
        attachments: Array.from({ length: count }, (_, index) => ({ ...picture, id: `${index}` })),
      });
    const tree = treeOf('otherParty', accountWith([0, 1, 2].map(pictures)));
    const words = tree.getChildren(tree.getChildren()[0]).map((row) => tree.getTreeItem(row).contextValue);
    expect(words.map((each) => /\b(attachments|several)\b.*text\b/.exec(each ?? '')?.[0])).toEqual([
      undefined,
      'attachments text',
      'attachments several text',
    ]);
  });

  test('say in their hovers what a message is from the moment that they are shown', () => {
    const tree = treeOf('typeAndConversation', accountWith([voicemail()]));
    const [row] = tree.getChildren(tree.getChildren()[0]);
    if (row?.kind !== 'message') throw new Error('There is none.');
    expect(tree.getTreeItem(row).tooltip).toEqual(messageTooltip(row.message));
  });

  test('say in their hovers how much is unread once, whatever VS Code adds of their badges', () => {
    const unread = text('Hello', { readStatus: 'Unread' });
    const tree = treeOf('typeAndConversation', accountWith([unread]));
    const [row] = tree.getChildren(tree.getChildren()[0]);
    const { tooltip, resourceUri } = (row && tree.getTreeItem(row)) ?? {};
    expect(hover({ tooltip })).toBe('Ada Park, (650) 555-0101|1 unread of 1|---|Hello');
    const badge = resourceUri && new UnreadDecorations().provideFileDecoration(resourceUri);
    expect(badge).toMatchObject({ badge: '1' });
    expect(badge?.tooltip).toBeUndefined();
  });

  test('of several people name all of them in the hover, and what was said last as it was written', () => {
    const cy = { name: 'Cy', extensionNumber: '102' };
    const said = `[Pay](command:pay) ${'very '.repeat(200)}long`;
    const tree = treeOf('typeAndConversation', accountWith([text(said, { to: [us, ben, cy] })]));
    const [row] = tree.getChildren(tree.getChildren()[0]);
    const shown = row ? hover(tree.getTreeItem(row)) : '';
    expect(shown).toMatch(
      /^Ada Park, \(650\) 555-0101; Ben Ito, \S+ \S+; Cy, \S+\|1 message\|---\|\[Pay]\(command:pay\) very/,
    );
    expect(shown.length).toBeGreaterThan(600);
    expect(shown.length).toBeLessThan(750);
    const tooltip = (row && tree.getTreeItem(row).tooltip) as MarkdownString;
    expect(tooltip.value).not.toContain('[Pay](');
    expect(tooltip.isTrusted).toBe(false);
  });

  test('of several messages say of the newest that it is urgent, or that it failed, as the row of one does', () => {
    const urgent = { priority: 'High' } as const;
    const failed = { direction: 'Outbound', messageStatus: 'SendingFailed', from: us } as const;
    const tree = treeOf(
      'typeAndConversation',
      accountWith([
        text('Call me', urgent),
        text('Come', { conversationId: '78', from: ben, ...urgent, readStatus: 'Unread' }),
        text('Lost', { conversationId: '79', ...failed, to: [{ name: 'Cy', phoneNumber: '+16505550103' }] }),
      ]),
    );
    const items = tree.getChildren(tree.getChildren()[0]).map((row) => tree.getTreeItem(row));
    expect(items.map(({ description, iconPath }) => [description, iconPath])).toMatchObject([
      ['1m · Urgent · Call me', { id: 'ringcentral-mailbox-text', color: { id: 'list.warningForeground' } }],
      [
        '2m · Urgent · Come',
        { id: 'ringcentral-mailbox-text-unread', color: { id: 'list.warningForeground' } },
      ],
      [
        expect.stringMatching(/^3m · Failed: /),
        { id: 'ringcentral-mailbox-text-failed', color: { id: 'list.errorForeground' } },
      ],
    ]);
    expect(items[0]?.accessibilityInformation?.label).toBe('Ada Park, 1 message, 1m, Urgent, Call me');
  });

  test('say to a screen reader how far the newest fax has come, as they show it', () => {
    const fax = (): Message =>
      message({
        type: 'Fax',
        direction: 'Outbound',
        messageStatus: 'Queued',
        from: us,
        to: [ben],
        coverPageText: 'Please sign',
      });
    const tree = treeOf('typeAndConversation', accountWith([fax(), fax()]));
    const [row] = tree.getChildren(tree.getChildren()[0]);
    const item = row && tree.getTreeItem(row);
    expect(item?.description).toBe('1m · Fax queued · Please sign');
    expect(item?.accessibilityInformation?.label).toBe('Ben Ito, 2 messages, 1m, Fax queued, Please sign');
  });

  test('say to menus what can be done: whom to write to, which number to copy, and what somebody has to read', () => {
    const nobody = { name: 'Unknown' };
    const tree = treeOf(
      'otherParty',
      accountWith([
        text('Hello'),
        text('Bye', { direction: 'Outbound', from: us, to: [ada] }),
        voicemail({ from: nobody }),
        voicemail({ from: nobody }),
      ]),
    );
    const [friend, unknown] = tree.getChildren();
    const words = (node: Node | undefined): string => (node && tree.getTreeItem(node).contextValue) ?? '';
    expect(words(friend)).toMatch(/^group party\b.*\btexts number\b/);
    expect(words(unknown)).not.toMatch(/\b(texts|number)\b/);
    expect(tree.getChildren(friend).map((each) => /\bnumber\b.*$/.exec(words(each))?.[0])).toEqual([
      'number inbound',
      'number',
    ]);
  });

  test('of several accounts are not there if the filter leaves none of their messages, for the welcome text to be', () => {
    const all = ['one', 'two'].map((id) => accountWith([text('Hello')], { id }));
    let filter: MessageFilter = { types: ['Fax'] };
    const tree = new MailboxTree(
      { all, current: all[0] } as unknown as Accounts,
      { query: () => ({ availability: 'Alive', filter }), groupBy: () => 'date' },
      { show: () => undefined },
    );
    expect(tree.getChildren()).toEqual([]);
    // What one of them has to tell stays in sight.
    Object.assign(all[1]?.mailbox ?? {}, { online: false });
    expect(tree.getChildren()).toHaveLength(2);
    Object.assign(all[1]?.mailbox ?? {}, { online: true });
    all[0]?.mailbox.store.apply({ put: [message({ type: 'Fax' })] });
    expect(tree.getChildren()).toHaveLength(2);
    filter = {};
    expect(tree.getChildren()).toHaveLength(2);
  });

  test('of a person with one voicemail are that voicemail, in both groupings; a conversation stays a group', () => {
    const [call, chat] = [voicemail(), text('Hello', { from: ben })];
    for (const groupBy of ['typeAndConversation', 'otherParty'] as const) {
      const tree = treeOf(groupBy, accountWith([call, chat]));
      const top = tree.getChildren();
      const parent = groupBy === 'otherParty' ? undefined : top[0];
      const [row] = tree.getChildren(parent);
      if (!row) throw new Error('There is none.');
      expect(row).toMatchObject({ kind: 'message', message: { id: call.id } });
      expect(tree.getParent(row)).toBe(parent);
      expect(tree.getChildren(row)).toEqual([]);
      const { command, collapsibleState, contextValue } = tree.getTreeItem(row);
      expect(command?.arguments).toEqual([row]);
      expect(collapsibleState).toBeUndefined();
      expect(contextValue).toMatch(/^message /);
      const last = groupBy === 'otherParty' ? top[1] : tree.getChildren(top[1])[0];
      expect(last).toMatchObject({ kind: 'group', group: { total: 1 } });
    }
  });

  test('of a voicemail become those of its caller with a second one, under another id', () => {
    const account = accountWith([voicemail()]);
    const tree = treeOf('otherParty', account);
    const idOf = (): unknown => tree.getChildren().map((node) => tree.getTreeItem(node).id);
    const before = idOf();
    account.mailbox.store.apply({ put: [voicemail()] });
    expect(outline(tree)).toHaveLength(3);
    expect(idOf()).not.toEqual(before);
  });

  test('of more than a page count groups, whichever of them are messages', () => {
    const callers = Array.from({ length: 1_300 }, (_, index) =>
      voicemail({ from: { name: `Caller ${index}`, phoneNumber: `+1650555${1000 + index}` } }),
    );
    const tree = treeOf('otherParty', accountWith([text('Hello'), ...callers]));
    const top = tree.getChildren();
    expect(top).toHaveLength(101);
    const more = top.at(-1);
    expect(more).toMatchObject({ kind: 'more', remaining: 1_201 });
    expect(more && tree.getTreeItem(more).description).toBe('1,201 not shown');
  });

  test.each([
    [99, true, '', 'badge'],
    [100, true, '100 unread · ', undefined],
    [5, false, '5 unread · ', undefined],
  ])('with %i unread messages, badges shown: %s', (count, areBadgesShown, words, fragment) => {
    settings.set('explorer.decorations.badges', areBadgesShown);
    const texts = Array.from({ length: count }, () => text('Hello', { readStatus: 'Unread' }));
    const tree = treeOf('otherParty', accountWith(texts));
    const [row] = tree.getChildren();
    const item = row && tree.getTreeItem(row);
    expect(item?.description).toBe(`${words}1m · Hello`);
    expect(item?.resourceUri?.fragment).toBe(fragment);
  });

  test('of accounts name the sample and the sandbox, and leave the sample collapsed', () => {
    const unread = text('Hello', { readStatus: 'Unread' });
    const tree = treeOf(
      'otherParty',
      accountWith([unread, text('Ho')]),
      accountWith([], { id: '2', server: 'sandbox' }),
      accountWith([unread], { id: '3', sample: true, server: 'sample' }),
    );
    const items = tree.getChildren().map((node) => tree.getTreeItem(node));
    expect(items.map(({ label }) => label)).toEqual([
      'Rosa Lind',
      'Rosa Lind (Sandbox)',
      'Rosa Lind (Sample)',
    ]);
    expect(items.map(({ collapsibleState }) => collapsibleState)).toEqual([2, 2, 1]);
    expect(items.map(({ description }) => description)).toEqual(['1 unread · current', '', '1 unread']);
    expect(items[0]?.tooltip).toBe('Rosa Lind\n1 unread of 2\ncurrent');
    expect(accountLabel({ label: 'Rosa Lind', server: 'sample' })).toBe('Rosa Lind (Sample)');
  });

  test('say each thing once to a screen reader', () => {
    const tree = treeOf('typeAndConversation', accountWith([voicemail({ readStatus: 'Unread' })]));
    const [row] = tree.getChildren(tree.getChildren()[0]);
    const label = (row && tree.getTreeItem(row).accessibilityInformation?.label) ?? '';
    expect(label).toMatch(/^Unread voicemail from Ada Park, 0:12, \w+day, /);
    expect(label.match(/voicemail/gi)).toHaveLength(1);
  });

  test('have icons that are contributed, each state of a type its own', () => {
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      contributes: { icons: object };
    };
    const states: Partial<Message>[] = [
      {},
      { readStatus: 'Unread' },
      { direction: 'Outbound', messageStatus: 'Sent', to: [ben] },
      { direction: 'Outbound', messageStatus: 'SendingFailed', to: [ben] },
    ];
    const kinds = ['Fax', 'SMS', 'Pager'].flatMap((type) =>
      states.map((state) => message({ type, ...state })),
    );
    const messages = [voicemail(), voicemail({ readStatus: 'Unread' }), ...kinds];
    const tree = treeOf('date', accountWith(messages));
    const nodes = tree.getChildren().flatMap((day) => tree.getChildren(day));
    const icons = nodes.map((node) => (tree.getTreeItem(node).iconPath as { id: string }).id);
    expect(icons).toHaveLength(14);
    expect(icons.sort()).toEqual(Object.keys(contributes.icons).sort());
  });
});

test('rows of an account that was closed meanwhile are empty, although nothing of it can be read', () => {
  const store = new SqliteMessageStore(openDatabase(':memory:'));
  store.apply({ put: [voicemail(), voicemail({ from: ben }), text('Hello')] });
  const account = { ...accountWith([]), mailbox: { store } } as unknown as Account;
  const all = [account];
  const tree = new MailboxTree(
    { all, current: account } as unknown as Accounts,
    { query: () => ({ availability: 'Alive', filter: {} }), groupBy: () => 'typeAndConversation' },
    { show: () => undefined },
  );
  const [type, ...others] = tree.getChildren();
  const [message] = tree.getChildren(type);
  all.pop();
  store.dispose();
  expect(() => store.groupCount({ availability: 'Alive', filter: {} }, 'type')).toThrow();
  for (const node of [tree.accountNode(account), type, message, ...others]) {
    expect(tree.getChildren(node)).toEqual([]);
    if (node) expect(Object.keys(tree.getTreeItem(node))).toEqual(['id']);
  }
});
