import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../src/api/errors';
import type { Message } from '../../../src/api/schema';
import { alive, conversation, deleted, type EmulatedMailbox, openEmulatedMailbox } from './openEmulator';
import { IN_SQLITE } from './stores';

const ALIVE = { availability: 'Alive', filter: {} } as const;

/** Transcriptions come in by themselves meanwhile. */
function withoutTranscription(message: Partial<Message>): Partial<Message> {
  const { transcription: _, ...others } = message;
  return others;
}

const ids = (messages: readonly Message[]): string[] => messages.map(({ id }) => id);

describe('an action on many messages', () => {
  it('stops between two requests when it is cancelled, and undoes what was not sent', async () => {
    const opened = await openEmulatedMailbox(IN_SQLITE, { messages: 2_500 });
    const chosen = alive(opened).filter(({ readStatus }) => readStatus === 'Read');
    expect(chosen.length).toBeGreaterThan(1_500);
    const cancel = new AbortController();
    const outcome = await opened.mailbox.actions.setReadStatus(ids(chosen), 'Unread', {
      signal: cancel.signal,
      onProgress: () => cancel.abort(),
    });
    expect(outcome).toMatchObject({ cancelled: true, failed: [] });
    expect(outcome.changed).toHaveLength(1_000);
    expect(await opened.changes()).toHaveLength(1);
    const still = chosen.filter(({ id }) => opened.mailbox.store.get(id)?.readStatus === 'Read');
    expect(still).toHaveLength(chosen.length - 1_000);
  });

  it('shows its result at once, before the server has answered', async () => {
    const opened = await openEmulatedMailbox(IN_SQLITE);
    const chosen = alive(opened).slice(0, 60);
    const request = opened.network.holdRequest({ method: 'DELETE' });
    const action = opened.mailbox.actions.delete(ids(chosen));
    expect(chosen.every(({ id }) => opened.mailbox.store.get(id)?.availability === 'Deleted')).toBe(true);
    expect(await opened.changes()).toEqual([]);
    request.release();
    await action;
  });

  it('stops after a request that was refused as a whole, and reports every change as failed', async () => {
    const opened = await openEmulatedMailbox(IN_SQLITE, { messages: 2_500 });
    await opened.admin.setPermissions({ user: { EditMessages: false } });
    const chosen = alive(opened);
    const { unread } = opened.mailbox.store.tally(ALIVE);
    const outcome = await opened.mailbox.actions.setReadStatus(ids(chosen), 'Unread');
    expect(outcome.changed).toEqual([]);
    const changeable = chosen.filter(({ readStatus }) => readStatus === 'Read');
    expect(outcome.failed.length).toBeGreaterThan(1_500);
    expect(new Set(outcome.failed.map(({ message }) => message.id))).toEqual(new Set(ids(changeable)));
    expect(outcome.failed.every(({ error }) => error instanceof ApiError)).toBe(true);
    expect(await opened.changes()).toHaveLength(1);
    const before = chosen.map(withoutTranscription);
    const now = chosen.map(({ id }) => withoutTranscription(opened.mailbox.store.get(id) ?? {}));
    expect(isDeepStrictEqual(now, before)).toBe(true);
    await expect.poll(() => opened.mailbox.store.tally(ALIVE).unread).toBe(unread);
    expect(alive(opened).map(withoutTranscription)).toEqual(before);
  });
});

describe('deleting messages', () => {
  it('sends nothing when the mailbox cannot be brought up to date first', async () => {
    const opened = await openEmulatedMailbox(IN_SQLITE);
    const [message] = alive(opened);
    await opened.admin.fail({ kind: 'error', status: 400, errorCode: 'CMN-999', path: 'message-sync' });
    const outcome = await opened.mailbox.actions.delete([message?.id ?? '']);
    expect(outcome.failed).toHaveLength(1);
    expect(await opened.changes()).toEqual([]);
    expect(opened.mailbox.store.get(message?.id ?? '')).toEqual(message);
  });

  it('sends one request when a message is deleted twice at the same time', async () => {
    const opened = await openEmulatedMailbox(IN_SQLITE);
    const [message] = alive(opened);
    const id = message?.id ?? '';
    await Promise.all([opened.mailbox.actions.delete([id]), opened.mailbox.actions.delete([id])]);
    expect(await opened.changes()).toHaveLength(1);
    expect((await opened.serverState())[id]).toBe('Deleted');
  });

  it('names each of hundreds once when they are deleted twice at once, before the lists show all of it', async () => {
    const opened = await openEmulatedMailbox(IN_SQLITE, { messages: 600 });
    const chosen = ids(alive(opened));
    expect(chosen.length).toBeGreaterThan(400);
    const { actions } = opened.mailbox;
    const [first, second] = await Promise.all([actions.delete(chosen), actions.delete(chosen)]);
    expect([new Set(first.changed), second.changed]).toEqual([new Set(chosen), []]);
    const named = (await opened.changes()).flatMap(({ path }) => path.split('/').at(-1)?.split(',') ?? []);
    expect(named.toSorted()).toEqual(chosen.toSorted());
    const state = await opened.serverState();
    expect(chosen.filter((id) => state[id] !== 'Deleted')).toEqual([]);
    expect(new Set(actions.undoable)).toEqual(new Set(chosen));
  });

  it('never repeats a request whose answer was lost, and asks the server what became of the message', async () => {
    const opened = await openEmulatedMailbox(IN_SQLITE);
    const [message] = alive(opened);
    const id = message?.id ?? '';
    await opened.admin.fail({ kind: 'lostAnswer', method: 'DELETE' });
    const outcome = await opened.mailbox.actions.delete([id]);
    expect(outcome.changed).toEqual([id]);
    await opened.mailbox.actions.delete([id]);
    expect(await opened.changes()).toHaveLength(1);
    expect(opened.mailbox.store.get(id)?.availability).toBe('Deleted');
    expect((await opened.serverState())[id]).toBe('Deleted');
  });

  it('sends nothing for no messages or unknown ones', async () => {
    const opened = await openEmulatedMailbox(IN_SQLITE);
    const before = await opened.serverState();
    await opened.mailbox.actions.delete([]);
    await opened.mailbox.actions.delete(['999']);
    await opened.mailbox.actions.deletePermanently([]);
    await opened.mailbox.actions.deleteConversation('999', ['999']);
    expect(await opened.changes()).toEqual([]);
    expect(await opened.serverState()).toEqual(before);
  });

  it('spares a message of the conversation that arrives while the request is on its way', async () => {
    const opened = await openEmulatedMailbox(IN_SQLITE);
    const { store } = opened.mailbox;
    const newest = alive(opened).find(
      ({ conversationId }) => conversationId && conversation(store, conversationId, 'Deleted').length === 0,
    );
    const conversationId = newest?.conversationId ?? '';
    const seen = conversation(store, conversationId);
    const deletion = opened.network.holdRequest({ method: 'DELETE' });
    const action = opened.mailbox.actions.deleteConversation(conversationId, ids(seen));
    await deletion.reached;
    const { id } = await opened.admin.deliver({ conversationId, text: 'Wait!' });
    deletion.release();
    await action;
    expect((await opened.serverState())[String(id)]).toBe('Alive');
  });
});

describe('deleting a conversation', () => {
  /** One with several messages, none of them deleted. */
  function wholeConversation(opened: EmulatedMailbox): { conversationId: string; seen: Message[] } {
    const { store } = opened.mailbox;
    for (const { conversationId } of alive(opened)) {
      const seen = conversationId ? conversation(store, conversationId) : [];
      if (seen.length > 2 && conversation(store, conversationId ?? '', 'Deleted').length === 0)
        return { conversationId: conversationId ?? '', seen };
    }
    throw new Error('The sample has no such conversation.');
  }

  it('spares a message that arrived while the user was asked', async () => {
    const opened = await openEmulatedMailbox(IN_SQLITE);
    const { conversationId, seen } = wholeConversation(opened);
    const { id } = await opened.admin.deliver({ conversationId, text: 'Not seen yet' });
    await opened.mailbox.actions.deleteConversation(conversationId, ids(seen));
    const state = await opened.serverState();
    expect(state[String(id)]).toBe('Alive');
    expect(ids(seen).map((each) => state[each])).toEqual(seen.map(() => 'Deleted'));
  });

  it('does not purge a message that is still being restored', async () => {
    const opened = await openEmulatedMailbox(IN_SQLITE);
    const { conversationId, seen } = wholeConversation(opened);
    const restored = seen[0]?.id ?? '';
    await opened.mailbox.actions.delete([restored]);
    const patch = opened.network.holdRequest({ method: 'PATCH' });
    const restoring = opened.mailbox.actions.restore([restored]);
    await patch.reached;
    const deleting = opened.mailbox.actions.deleteConversation(conversationId, ids(seen));
    patch.release();
    await Promise.all([restoring, deleting]);
    expect((await opened.serverState())[restored]).not.toBe('Purged');
  });

  it('deletes shared messages too', async () => {
    const opened = await openEmulatedMailbox(IN_SQLITE);
    const { conversationId, seen } = wholeConversation(opened);
    const owner = { extensionId: '400131427008', extensionType: 'Department', name: 'New Projects' };
    const { id } = await opened.admin.deliver({ conversationId, text: 'Shared', owner });
    await opened.mailbox.refresh();
    await opened.mailbox.actions.deleteConversation(conversationId, [...ids(seen), String(id)]);
    expect((await opened.serverState())[String(id)]).toBe('Deleted');
  });
});

describe('deleting permanently', () => {
  it('spares a message that was restored elsewhere after the user had agreed to lose it', async () => {
    const opened = await openEmulatedMailbox(IN_SQLITE);
    const [message, other] = deleted(opened);
    await opened.admin.change(message?.id ?? '', { availability: 'Alive' });
    await opened.mailbox.actions.deletePermanently([message?.id ?? '', other?.id ?? '']);
    const state = await opened.serverState();
    expect(state[message?.id ?? '']).toBe('Alive');
    expect(state[other?.id ?? '']).toBe('Purged');
    expect(opened.mailbox.store.get(message?.id ?? '')?.availability).toBe('Alive');
  });
});

describe('undoing a deletion', () => {
  it('is possible as soon as the deletion shows, and is sent after it', async () => {
    const opened = await openEmulatedMailbox(IN_SQLITE);
    const [message] = alive(opened);
    const id = message?.id ?? '';
    const { actions } = opened.mailbox;
    const deletion = actions.delete([id]);
    expect(actions.undoable).toEqual([id]);
    await Promise.all([deletion, actions.restore(actions.undoable)]);
    expect((await opened.changes()).map(({ method }) => method)).toEqual(['DELETE', 'PATCH']);
    expect((await opened.serverState())[id]).toBe('Alive');
    expect(opened.mailbox.store.get(id)).toMatchObject({ availability: 'Alive' });
  });

  it('is still possible after another deletion has failed', async () => {
    const opened = await openEmulatedMailbox(IN_SQLITE);
    const [first, second] = ids(alive(opened));
    await opened.mailbox.actions.delete([first ?? '']);
    await opened.admin.setPermissions({ user: { EditMessages: false } });
    await opened.mailbox.actions.delete([second ?? '']);
    expect(opened.mailbox.actions.undoable).toEqual([first]);
  });

  it('restores exactly what the last deletion deleted', async () => {
    const opened = await openEmulatedMailbox(IN_SQLITE);
    const before = await opened.serverState();
    const [first, ...others] = ids(alive(opened)).slice(0, 4);
    await opened.mailbox.actions.delete([first ?? '']);
    await opened.mailbox.actions.delete(others);
    expect(opened.mailbox.actions.undoable).toEqual(others);
    await opened.mailbox.actions.restore(opened.mailbox.actions.undoable);
    expect(await opened.serverState()).toEqual({ ...before, [first ?? '']: 'Deleted' });
  });

  it('goes on with the deletion before, as long as its messages are there', async () => {
    const opened = await openEmulatedMailbox(IN_SQLITE);
    const { actions } = opened.mailbox;
    const [first = '', second = '', third = '', fourth = ''] = ids(alive(opened));
    for (const deleted of [[first], [second, third], [fourth]]) await actions.delete(deleted);
    await actions.restore(actions.undoable);
    expect(actions.undoable).toEqual([second, third]);
    // What was restored or lost in another way is not undone again.
    await actions.restore([third]);
    expect(actions.undoable).toEqual([second]);
    await actions.deletePermanently([second]);
    expect(actions.undoable).toEqual([first]);
    expect(actions.canUndo).toBe(true);
    await actions.restore(actions.undoable);
    expect(actions.undoable).toEqual([]);
    expect(actions.canUndo).toBe(false);
  });

  it('is possible again if it failed', async () => {
    const opened = await openEmulatedMailbox(IN_SQLITE);
    const { actions } = opened.mailbox;
    const [first = ''] = ids(alive(opened));
    await actions.delete([first]);
    await opened.admin.setPermissions({ user: { EditMessages: false } });
    await actions.restore(actions.undoable);
    expect(actions.undoable).toEqual([first]);
  });
});
