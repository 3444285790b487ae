import * as assert from 'node:assert/strict';
import { Random } from '../../src/emulator/sample/random';
import { Command } from '../../src/ids';
import { isUnread } from '../../src/mailbox/message';
import type { GroupNode, Node } from '../../src/tree/nodes';
import { eventually } from './eventually';
import { openMailbox, type OpenMailbox, shown } from './openMailbox';
import { run } from './run';
import { Person } from './window';

/** The same steps each time: a failure must come back. */
const SEED = 20_261_125;
const STEPS = 40;

suite('Unread counts', () => {
  let opened: OpenMailbox;
  let person: Person;

  setup(async () => {
    person = new Person();
    person.alwaysAnswers('showWarningMessage', (_text: string, _options: unknown, yes: string) => yes);
    opened = await openMailbox({ messages: 'whole sample' });
  });
  teardown(async () => {
    await opened.close();
    person.leave();
  });

  test('agree with the server in every group, on the badge and in the status bar after random steps', async () => {
    const random = new Random(SEED);
    const { account, admin } = opened;
    const rowOf = (message: ReturnType<typeof shown>[number]): unknown => ({
      kind: 'message',
      account,
      message,
      parent: undefined,
    });
    const some = (view: 'messages' | 'deleted'): unknown[] => {
      const messages = shown(opened.api, view);
      const count = Math.min(messages.length, random.integer(1, 4));
      return Array.from({ length: count }, () => rowOf(random.pick(messages)));
    };
    const steps: readonly (() => Promise<unknown>)[] = [
      async () => runOn(Command.MarkRead, some('messages')),
      async () => runOn(Command.MarkUnread, some('messages')),
      async () => runOn(Command.Delete, some('messages')),
      async () => runOn(Command.Restore, some('deleted')),
      async () => runOn(Command.DeletePermanently, some('deleted')),
      async () => run(Command.UndoDelete),
      async () => run(Command.MarkGroupRead, random.pick(groupsIn(opened))),
      async () => admin.deliver({ text: 'One more' }),
      async () => admin.change(random.pick(shown(opened.api, 'messages')).id, { readStatus: 'Unread' }),
      async () => admin.change(random.pick(shown(opened.api, 'messages')).id, { availability: 'Deleted' }),
      async () => run(Command.Refresh),
    ];
    for (let step = 0; step < STEPS; step++) {
      await random.pick(steps)();
      assertConsistent(opened);
      if (step % 8 === 7) await assertLikeServer(opened);
    }
    await assertLikeServer(opened);
  });
});

async function runOn(command: Command, rows: readonly unknown[]): Promise<void> {
  if (rows.length > 0) await run(command, rows[0], rows);
}

/** Every group of every level, down from the top. */
function groupsIn({ api }: OpenMailbox): readonly GroupNode[] {
  const tree = api.views.trees.messages;
  const walk = (nodes: readonly Node[]): readonly GroupNode[] =>
    nodes.flatMap((node) => (node.kind === 'group' ? [node, ...walk(tree.getChildren(node))] : []));
  return walk(tree.getChildren());
}

/** Each group counts what is in it, and all together what is unread. */
function assertConsistent(opened: OpenMailbox): void {
  const { store } = opened.mailbox;
  const unread = shown(opened.api, 'messages').filter(isUnread).length;
  assert.equal(store.tally({ availability: 'Alive', filter: {} }).unread, unread);
  const top = opened.api.views.trees.messages.getChildren();
  const sum = (nodes: readonly Node[]): number =>
    nodes.reduce((total, node) => total + (node.kind === 'group' ? node.group.unread : 0), 0);
  assert.equal(sum(top), unread);
  for (const { group } of groupsIn(opened)) {
    const { total, unread: inGroup } = group;
    const query = { availability: 'Alive', filter: {}, group: group.key } as const;
    const messages = store.messages(query, { offset: 0, limit: Number.MAX_SAFE_INTEGER });
    assert.deepEqual([messages.length, messages.filter(isUnread).length], [total, inGroup]);
  }
}

async function assertLikeServer(opened: OpenMailbox): Promise<void> {
  await run(Command.Refresh);
  await eventually(async () => {
    const { messages } = await opened.admin.state();
    const unread = messages.filter(
      ({ availability, readStatus }) => availability === 'Alive' && readStatus === 'Unread',
    ).length;
    assert.equal(shown(opened.api, 'messages').filter(isUnread).length, unread);
    assert.equal(opened.api.views.unread, unread);
    assert.equal(opened.api.statusBar.text, unread === 0 ? undefined : `$(mail) ${String(unread)}`);
  });
}
