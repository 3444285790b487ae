import { beforeEach, describe, expect, test, vi } from 'vitest';
import type * as vscode from 'vscode';
import type { Message } from '../../../src/api/schema';
import {
  markConversationReadOnOpen,
  markReadAtEnd,
  markReadOnOpen,
  markReadOnPlay,
} from '../../../src/commands/markReadOnOpen';
import { Setting } from '../../../src/ids';
import type { Mailbox } from '../../../src/mailbox/mailbox';
import { MemoryMessageStore } from '../../../src/mailbox/store/memoryMessageStore';
import { aMessage } from '../../builders/message';

const settings = vi.hoisted(() => new Map<string, unknown>());

vi.mock('vscode', async () => ({
  ...(await import('../fakeVscode')),
  workspace: { getConfiguration: () => ({ get: (id: string) => settings.get(id) }) },
}));

const log = {} as vscode.LogOutputChannel;
const voicemail = aMessage({ type: 'VoiceMail' });
const fax = aMessage({ type: 'Fax' });
const text = aMessage({ conversationId: '1' });

let marked: string[];
let mailbox: Mailbox;

beforeEach(() => {
  settings.clear();
  marked = [];
  const store = new MemoryMessageStore();
  store.apply({ put: [voicemail, fax, text] });
  mailbox = {
    store,
    actions: {
      setReadStatus: (ids: readonly string[]) => {
        marked.push(...ids);
        return Promise.resolve({ changed: ids, waiting: [], failed: [] });
      },
    },
  } as unknown as Mailbox;
});

/** What is marked of messages that are opened, then played, then heard to the end. */
async function markedOf(message: Message): Promise<readonly (readonly string[])[]> {
  const steps = [markReadOnOpen, markReadOnPlay, markReadAtEnd];
  const seen: (readonly string[])[] = [];
  for (const step of steps) {
    marked = [];
    await step(mailbox, message, log);
    seen.push(marked);
  }
  return seen;
}

describe('an unread message is marked as read', () => {
  test('when it is opened, if nothing is set', async () => {
    expect(await markedOf(voicemail)).toEqual([[voicemail.id], [], [voicemail.id]]);
    expect(await markedOf(fax)).toEqual([[fax.id], [], [fax.id]]);
  });

  test('when it is played, if it is a voicemail and that is set', async () => {
    settings.set(Setting.MarkVoicemailRead, 'onPlay');
    expect(await markedOf(voicemail)).toEqual([[], [voicemail.id], [voicemail.id]]);
    expect(await markedOf(fax), 'a fax is never played').toEqual([[fax.id], [], [fax.id]]);
    marked = [];
    await markConversationReadOnOpen(mailbox, '1', log);
    expect(marked).toEqual([text.id]);
  });

  test.each(['onOpen', 'onPlay'])(
    'never by itself if that is turned off, whatever else is set: %s',
    async (when) => {
      settings.set(Setting.MarkReadOnOpen, false).set(Setting.MarkVoicemailRead, when);
      expect(await markedOf(voicemail)).toEqual([[], [], []]);
      expect(await markedOf(fax)).toEqual([[], [], []]);
      await markConversationReadOnOpen(mailbox, '1', log);
      expect(marked).toEqual([]);
    },
  );

  test.each(['onOpen', 'onPlay'])('not if it is read already or deleted: %s', async (when) => {
    settings.set(Setting.MarkVoicemailRead, when);
    expect(await markedOf({ ...voicemail, readStatus: 'Read' })).toEqual([[], [], []]);
    expect(await markedOf({ ...voicemail, availability: 'Deleted' })).toEqual([[], [], []]);
  });
});
