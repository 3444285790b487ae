import { describe, expect, test, vi } from 'vitest';
import type { Message } from '../../../src/api/schema';
import { MemoryMessageStore } from '../../../src/mailbox/store/memoryMessageStore';
import { ConversationReader } from '../../../src/viewers/conversationReader';
import type { ConversationPart, FindStep, Found, Place } from '../../../src/viewers/conversationProtocol';
import { aMessage } from '../../builders/message';

vi.mock('vscode', () => import('./fakeVscode'));

const conversationId = '8234962969801171948';

function said(...texts: string[]): Message[] {
  return texts.map((subject) => aMessage({ conversationId, subject }));
}

/** One message for each. */
function letters(text: string): string[] {
  return Array.from(text);
}

function setUp(messages: readonly Message[]) {
  const store = new MemoryMessageStore();
  store.apply({
    put: [...messages, ...said('in another').map((each) => ({ ...each, conversationId: '5' }))],
  });
  const reader = new ConversationReader(store, conversationId);
  const part = (place: Place, before: number, after: number, deleted = false): ConversationPart => {
    const answer = reader.answer({ kind: 'readPart', place, before, after, deleted });
    if (answer.kind !== 'part') throw new Error('That is no part.');
    return answer;
  };
  const texts = (...asked: Parameters<typeof part>): string =>
    part(...asked)
      .bubbles.map(({ text }) => text.text)
      .join('');
  const find = (text: string, from: string | undefined, step: FindStep, deleted = false): Found => {
    const answer = reader.answer({ kind: 'find', text, step, deleted, ...(from && { from }) });
    if (answer.kind !== 'found') throw new Error('Nothing was looked for.');
    return answer;
  };
  const ids = (asked: { between?: readonly [string, string]; deleted?: boolean }): readonly string[] => {
    const answer = reader.answer({ kind: 'listIds', deleted: false, ...asked });
    return answer.kind === 'ids' ? answer.ids : [];
  };
  return { store, reader, part, texts, find, ids };
}

describe('a part of a conversation', () => {
  const messages = said(...letters('abcdefghij'));
  const [, b, , d] = messages;

  test('is read around a place and ends where the conversation ends', () => {
    const { part, texts } = setUp(messages);
    expect(texts({ kind: 'end' }, 2, 0)).toBe('hij');
    expect(texts({ kind: 'index', index: 1 }, 5, 2)).toBe('abcd');
    expect(texts({ kind: 'index', index: 99 }, 1, 5)).toBe('ij');
    expect(texts({ kind: 'message', messageId: d?.id ?? '' }, 1, 1)).toBe('cde');
    expect(part({ kind: 'index', index: 4 }, 1, 1)).toMatchObject({ total: 10, start: 3, index: 4 });
  });

  test('is read around the place of a message that is deleted or gone', () => {
    const { store, part, texts } = setUp(messages);
    store.apply({
      put: messages.filter((each) => each === d).map((each) => ({ ...each, availability: 'Deleted' })),
    });
    const place = { kind: 'message', messageId: d?.id ?? '', index: 3 } as const;
    expect(texts(place, 1, 1)).toBe('cef');
    expect(part(place, 1, 1).index, 'where the one after it is').toBe(3);
    expect(texts(place, 1, 1, true)).toBe('cde');
    store.apply({ remove: [d?.id ?? ''] });
    expect(texts(place, 1, 1)).toBe('cef');
  });

  test('contains the same messages when older and newer ones arrive', () => {
    const { store, part, texts } = setUp(messages);
    const older = aMessage({ conversationId, subject: '<', creationTime: '2001-01-01T00:00:00.000Z' });
    store.apply({ put: [older, ...said('>')] });
    const place = { kind: 'message', messageId: b?.id ?? '', index: 1 } as const;
    expect(texts(place, 1, 1)).toBe('abc');
    expect(part(place, 1, 1)).toMatchObject({ total: 12, start: 1 });
  });

  test('is empty if all messages are deleted', () => {
    const { part } = setUp(messages.map((each) => ({ ...each, availability: 'Deleted' })));
    expect(part({ kind: 'end' }, 5, 5)).toEqual(expect.objectContaining({ total: 0, start: 0, bubbles: [] }));
  });
});

describe('finding in a conversation', () => {
  const messages = said('Lunch today?', 'No', 'lunching tomorrow', 'Yes', 'Brunch is no lunch');
  const at = (index: number): string => messages[index]?.id ?? '';
  const match = (index: number, ordinal: number): object => ({
    count: 3,
    match: { messageId: at(index), ordinal },
  });

  test('starts at the current message and continues with newer ones, or at the end without one', () => {
    const { find } = setUp(messages);
    expect(find('lunch', at(1), 'stay')).toMatchObject(match(2, 2));
    expect(find('lunch', at(2), 'stay')).toMatchObject(match(2, 2));
    expect(find('lunch', undefined, 'stay')).toMatchObject(match(4, 3));
  });

  test('steps to the newer or older match and wraps around', () => {
    const { find } = setUp(messages);
    expect(find('LUNCH', at(0), 'newer')).toMatchObject(match(2, 2));
    expect(find('lunch', at(4), 'newer')).toMatchObject(match(0, 1));
    expect(find('lunch', at(2), 'older')).toMatchObject(match(0, 1));
    expect(find('lunch', at(0), 'older')).toMatchObject(match(4, 3));
    expect(find('lunch', at(3), 'older')).toMatchObject(match(2, 2));
    expect(find('lunch', at(3), 'newer')).toMatchObject(match(4, 3));
  });

  test('finds consecutive words of a text, but not names', () => {
    const { find } = setUp(messages);
    expect(find('lunch tod', at(0), 'stay').count).toBe(1);
    expect(find('today lunch', at(0), 'stay').count).toBe(0);
    expect(find('Ada Park', at(0), 'stay').count).toBe(0);
  });

  test('finds nothing for a search text without words', () => {
    const { find } = setUp(messages);
    expect(find('?!', at(0), 'stay')).toEqual({ kind: 'found', count: 0 });
  });

  test('leaves out deleted messages unless they are shown', () => {
    const deleted = messages.map((each, index) =>
      index === 2 ? { ...each, availability: 'Deleted' as const } : each,
    );
    const { find } = setUp(deleted);
    expect(find('lunch', at(0), 'newer')).toMatchObject({ count: 2, match: { messageId: at(4) } });
    expect(find('lunch', at(0), 'newer', true)).toMatchObject(match(2, 2));
  });
});

describe('the ids of a conversation', () => {
  const messages = said(...letters('abcde')).map((each, index) =>
    index === 2 ? { ...each, availability: 'Deleted' as const } : each,
  );
  const at = (index: number): string => messages[index]?.id ?? '';

  test('are those of all shown messages, or of a range in either direction', () => {
    const { ids } = setUp(messages);
    expect(ids({})).toEqual([at(0), at(1), at(3), at(4)]);
    expect(ids({ deleted: true })).toEqual(messages.map(({ id }) => id));
    expect(ids({ between: [at(1), at(4)] })).toEqual([at(1), at(3), at(4)]);
    expect(ids({ between: [at(4), at(3)] })).toEqual([at(3), at(4)]);
  });

  test('are none for a range with an end that is not shown', () => {
    const { ids } = setUp(messages);
    expect(ids({ between: [at(2), at(4)] })).toEqual([]);
  });

  test('are reduced by keepIds to those of messages that are still shown in this conversation', () => {
    const { reader, store } = setUp(messages);
    const other = store.ids({ availability: 'Alive', filter: { conversationId: '5' } });
    const messageIds = [at(2), at(3), '99', ...other];
    expect(reader.answer({ kind: 'keepIds', messageIds, deleted: false })).toMatchObject({ ids: [at(3)] });
    expect(reader.answer({ kind: 'keepIds', messageIds, deleted: true })).toMatchObject({
      ids: [at(2), at(3)],
    });
  });
});

describe('the senders in a conversation', () => {
  const us = { phoneNumber: '+15550000001', target: true };
  const [ada, ben] = [
    { name: 'Ada Park', phoneNumber: '+15550000002' },
    { name: 'Ben Ito', phoneNumber: '+15550000003' },
  ];
  const senders = (...messages: Message[]): (string | undefined)[] =>
    setUp(messages)
      .part({ kind: 'end' }, 9, 0)
      .bubbles.map(({ sender }) => sender);

  test('are named for each message of others in a group', () => {
    expect(
      senders(
        aMessage({ conversationId, from: ada, to: [us, ben] }),
        aMessage({ conversationId, from: ben, to: [us, ada] }),
        aMessage({ conversationId, direction: 'Outbound', from: us, to: [ada, ben] }),
      ),
    ).toEqual(['Ada Park', 'Ben Ito', undefined]);
  });

  test('are called “Unknown” in a group if the record does not name them', () => {
    const { from: _unknown, ...message } = aMessage({ conversationId, to: [us, ada, ben] });
    expect(senders(message)).toEqual(['Unknown']);
  });

  test('are not named in a conversation of two', () => {
    expect(senders(aMessage({ conversationId, from: ada, to: [us] }))).toEqual([undefined]);
  });
});

test('unread returns the number of unread messages and the oldest of them', () => {
  const messages = said(...letters('abc')).map((each, index) =>
    index === 0 ? { ...each, readStatus: 'Read' as const } : each,
  );
  const { reader } = setUp(messages);
  expect(reader.unread()).toEqual({ count: 2, messageId: messages[1]?.id });
  expect(setUp([]).reader.unread()).toBeUndefined();
});
