import { describe, expect, test, vi } from 'vitest';
import type {
  BubbleView,
  ConversationPart,
  ConversationView,
  Found,
} from '../../../src/viewers/conversationProtocol';
import { Choosing } from '../../../src/webview/conversation/choosing';
import { ConversationFind } from '../../../src/webview/conversation/conversationFind';
import { inOrder } from '../../../src/webview/conversation/inOrder';
import { Keeping } from '../../../src/webview/conversation/keeping';
import { LoadedPart } from '../../../src/webview/conversation/loadedPart';
import { News } from '../../../src/webview/conversation/news';
import { Reading } from '../../../src/webview/conversation/reading';
import { Selection } from '../../../src/webview/conversation/selection';
import { successorOf } from '../../../src/webview/conversation/successor';
import { Trouble } from '../../../src/webview/conversation/trouble';
import { Walking } from '../../../src/webview/conversation/walking';
import { bubble } from '../../builders/bubble';

function partOf(ids: string, total = ids.length, start = 0): ConversationPart {
  return { total, start, index: start, bubbles: Array.from(ids, (id) => bubble(id)) };
}

/** A part that is loaded. */
async function loaded(part: ConversationPart): Promise<LoadedPart> {
  const made = new LoadedPart(() => Promise.resolve(part));
  await made.open({ kind: 'end' });
  return made;
}

function aTrouble() {
  const retries: (() => void)[] = [];
  const told: string[] = [];
  const notice = {
    show: (error: unknown, retry?: () => void) => {
      told.push((error as Error).message);
      if (retry) retries.push(retry);
    },
    hide: vi.fn(() => void told.splice(0)),
  };
  const lifetime = new AbortController();
  return { trouble: new Trouble(notice, lifetime.signal), told, retries, lifetime };
}

const succeeding = (): Promise<string> => Promise.resolve('done');
const failing = (): Promise<string> => Promise.reject(new Error('no'));

describe('Trouble', () => {
  test('shows an error of reading until reading succeeds', async () => {
    const { trouble, told } = aTrouble();
    expect(await trouble.reading(failing)).toBeUndefined();
    expect(told).toEqual(['no']);
    expect(await trouble.reading(succeeding)).toBe('done');
    expect(told).toEqual([]);
  });

  test('shows an error of an action until another action succeeds, whatever is read in between', async () => {
    const { trouble, told } = aTrouble();
    await trouble.acting(failing);
    await trouble.reading(succeeding);
    expect(told).toEqual(['no']);
    await trouble.acting(succeeding);
    expect(told).toEqual([]);
  });

  test('shows no error after the page is gone', async () => {
    const { trouble, told, lifetime } = aTrouble();
    lifetime.abort();
    await trouble.reading(failing);
    expect(told).toEqual([]);
  });
});

describe('Reading', () => {
  const setUp = (read: () => Promise<ConversationPart>) => {
    const list = { need: undefined, atEnd: true, anchor: undefined, show: vi.fn() };
    const { trouble, told, retries, lifetime } = aTrouble();
    const part = new LoadedPart(read);
    const reading = new Reading(part, list, trouble, lifetime.signal, () => undefined);
    return { reading, part, list, told, retries, lifetime, trouble };
  };

  test('reads again if a change is reported while it reads', async () => {
    const answers: ((part: ConversationPart) => void)[] = [];
    const { reading, part } = setUp(() => new Promise((resolve) => answers.push(resolve)));
    const refreshed = reading.refresh();
    void reading.refresh();
    answers.shift()?.(partOf('ab'));
    await expect.poll(() => answers).toHaveLength(1);
    answers.shift()?.(partOf('abc'));
    await refreshed;
    expect(part.bubbles.map(({ messageId }) => messageId).join('')).toBe('abc');
  });

  test('shows nothing after the page is gone', async () => {
    const answers: ((part: ConversationPart) => void)[] = [];
    const { reading, list, lifetime } = setUp(() => new Promise((resolve) => answers.push(resolve)));
    const opened = reading.open({ kind: 'end' });
    lifetime.abort();
    answers.shift()?.(partOf('ab'));
    await opened;
    expect(list.show).not.toHaveBeenCalled();
  });

  test('reveals the requested message when a failed attempt is retried', async () => {
    let isBroken = true;
    const { reading, part, retries } = setUp(() =>
      isBroken ? Promise.reject(new Error('no')) : Promise.resolve(partOf('abc')),
    );
    const list = { anchor: undefined, pageLength: 1, reveal: vi.fn(), scrollToEnd: vi.fn() };
    const rows = { current: undefined, focused: undefined, setCurrent: vi.fn() };
    const walking = new Walking(part, list, rows, reading);
    await walking.reveal('b', true);
    expect(list.reveal).not.toHaveBeenCalled();
    isBroken = false;
    retries.shift()?.();
    await expect.poll(() => list.reveal).toHaveBeenCalledWith('b');
    expect(rows.setCurrent).toHaveBeenCalledWith('b', true);
  });
});

describe('Walking', () => {
  test('reveals the message at the place of one that is gone', async () => {
    const part = new LoadedPart(() => Promise.resolve({ ...partOf('abcde', 90, 40), index: 43 }));
    const list = { anchor: undefined, pageLength: 1, reveal: vi.fn(), scrollToEnd: vi.fn() };
    const rows = { current: undefined, focused: undefined, setCurrent: vi.fn() };
    const { trouble, lifetime } = aTrouble();
    const shown = { need: undefined, atEnd: true, anchor: undefined, show: vi.fn() };
    const reading = new Reading(part, shown, trouble, lifetime.signal, () => undefined);
    await new Walking(part, list, rows, reading).reveal('gone', true);
    expect(list.reveal).toHaveBeenCalledWith('d');
    expect(rows.setCurrent).toHaveBeenCalledWith('d', true);
  });
});

describe('Choosing', () => {
  const setUp = async (ids: string) => {
    const part = await loaded(partOf(ids));
    const { trouble } = aTrouble();
    const selection = new Selection(() => undefined);
    const host = { listIds: vi.fn(() => Promise.resolve<readonly string[]>([])), keepIds: vi.fn() };
    return { selection, host, choosing: new Choosing(selection, part, host, trouble) };
  };

  test('selects a range in either direction', async () => {
    const { selection, choosing } = await setUp('abcde');
    selection.beginAt('d');
    await choosing.selectTo('b', 'd');
    expect(selection.ids).toEqual(['b', 'c', 'd']);
  });

  test('begins a range at the given message if the one at which it began is gone', async () => {
    const { selection, host, choosing } = await setUp('abcde');
    selection.replace([], 'gone', 'c');
    await choosing.selectTo('d', 'c');
    expect(host.listIds).toHaveBeenCalledWith(['gone', 'd']);
    expect(selection.ids).toEqual(['c', 'd']);
    await choosing.selectTo('e', 'd');
    expect(selection.ids).toEqual(['c', 'd', 'e']);
  });

  test('extends a range from its end, and begins a new one from any other message', async () => {
    const { selection, choosing } = await setUp('abcdefg');
    selection.beginAt('a');
    await choosing.selectTo('b', 'a');
    await choosing.selectTo('c', 'b');
    expect(selection.ids).toEqual(['a', 'b', 'c']);
    await choosing.selectTo('g', 'f');
    expect(selection.ids, 'one was led to f, for instance because a word was found there').toEqual([
      'f',
      'g',
    ]);
    await choosing.selectTo('d');
    expect(selection.ids, 'with the mouse').toEqual(['d', 'e', 'f']);
  });

  test('selects nothing if the message is gone', async () => {
    const { selection, choosing } = await setUp('abc');
    await choosing.selectTo('gone', undefined);
    expect(selection.ids).toEqual([]);
  });
});

describe('inOrder', () => {
  test('runs each task after the previous one has ended, even with an error, and none after the page is gone', async () => {
    const done: string[] = [];
    const lifetime = new AbortController();
    const doInOrder = inOrder((error) => done.push((error as Error).message), lifetime.signal);
    const answer = Promise.withResolvers<void>();
    doInOrder(() => answer.promise);
    doInOrder(() => Promise.reject(new Error('second')));
    doInOrder(() => void done.push('third'));
    doInOrder(() => lifetime.abort());
    doInOrder(() => void done.push('fifth'));
    await Promise.resolve();
    expect(done, 'the first has not ended').toEqual([]);
    answer.resolve();
    await expect.poll(() => done).toEqual(['second', 'third']);
    expect(lifetime.signal.aborted).toBe(true);
  });
});

describe('successorOf the current message', () => {
  test.each([
    ['is the next one if it is gone', partOf('abcde'), partOf('abde'), 'd'],
    ['is the previous one if it is gone and was the last', partOf('abc'), partOf('ab'), 'b'],
    ['is the next one if it and all before it are gone', partOf('abcd'), partOf('d'), 'd'],
    ['is itself while it exists', partOf('abc'), partOf('bcd'), 'c'],
    ['is itself while it is not in the loaded part', partOf('abc', 9, 6), partOf('xyz', 9, 0), 'c'],
    ['is itself while the loaded part ends before it', partOf('abc', 9, 3), partOf('xab', 9, 2), 'c'],
  ])('%s', (_name, before, after, expected) => {
    expect(successorOf('c', before.bubbles, after)).toBe(expected);
  });
});

describe('News', () => {
  const viewOf = (newest: BubbleView | undefined): ConversationView => ({
    title: 'Ada',
    details: [],
    alive: 1,
    deleted: 0,
    revision: 1,
    ...(newest && { newest }),
  });
  const at = (minute: number, messageId = String(minute), fields: Partial<BubbleView> = {}): BubbleView =>
    bubble(messageId, { time: `2026-03-01T10:${String(minute).padStart(2, '0')}:00Z`, ...fields });

  test('is each newer message of the other side, but none of our own', () => {
    const news = new News();
    expect(news.in(viewOf(at(10)))).toBeUndefined();
    expect(news.in(viewOf(at(10)))).toBeUndefined();
    expect(news.in(viewOf(at(11)))?.messageId).toBe('11');
    expect(news.in(viewOf(at(12, '12', { side: 'ours' })))).toBeUndefined();
    expect(news.in(viewOf(at(12, '13')))?.messageId, 'at the same time').toBe('13');
  });

  test('is not an older message after a deletion, nor a restored one', () => {
    const news = new News();
    news.in(viewOf(at(10)));
    news.in(viewOf(at(11)));
    expect(news.in(viewOf(at(10)))).toBeUndefined();
    expect(news.in(viewOf(at(11)))).toBeUndefined();
  });

  test('is the first message if there was none before', () => {
    const news = new News();
    news.in(viewOf(undefined));
    expect(news.in(viewOf(at(10)))?.messageId).toBe('10');
  });
});

describe('ConversationFind', () => {
  const setUp = (answer: Found) => {
    const found: { matches: number; reveal: boolean }[] = [];
    const answers = { next: answer };
    const find = new ConversationFind({
      find: () => Promise.resolve(answers.next),
      onFound: ({ matches }, reveal) => found.push({ matches, reveal }),
      onFailure: (error) => {
        throw error;
      },
    });
    return { find, found, answers };
  };

  /** Finds ten messages, whose ids are their places. */
  const findingTen = () => {
    const find = new ConversationFind({
      find: (_text, from, step) => {
        const place = Number(from ?? 0) + { stay: 0, newer: 1, older: -1 }[step];
        return Promise.resolve({ count: 10, match: { messageId: String(place), ordinal: place } });
      },
      onFound: () => undefined,
      onFailure: (error) => {
        throw error;
      },
    });
    return find;
  };

  test('continues each step from the result of the previous one, even if steps and a refresh overlap', async () => {
    const find = findingTen();
    await Promise.all([find.search('lunch', '5'), find.move(1, '5'), find.refresh(), find.move(1, '5')]);
    expect(find.messageId).toBe('7');
  });

  test('drops steps that belong to the previous search text', async () => {
    const find = findingTen();
    await find.search('lunch', '5');
    const moved = find.move(1, '5');
    await Promise.all([moved, find.search('dinner', '2')]);
    expect(find.messageId).toBe('2');
  });

  test('finds a message that arrives after an empty result, without revealing it', async () => {
    const { find, found, answers } = setUp({ count: 0 });
    await find.search('lunch', undefined);
    answers.next = { count: 1, match: { messageId: '1', ordinal: 1 } };
    await find.refresh();
    expect(found).toEqual([
      { matches: 0, reveal: true },
      { matches: 1, reveal: false },
    ]);
    expect(find.messageId).toBe('1');
  });
});

describe('Keeping', () => {
  test('keeps the stored state until the page has been restored, then stores the current one', () => {
    const values = new Map<string, unknown>();
    const state = {
      get: (name: string) => values.get(name),
      set: (name: string, to: unknown) => values.set(name, to),
    };
    const place = { messageId: '1', index: 0, offset: 0 };
    const keepingOf = (anchor: typeof place | undefined) =>
      new Keeping(
        state,
        { deleted: false },
        { anchor, atEnd: anchor === undefined },
        { current: '1' },
        { ids: ['1'] },
        { state: { text: 'lunch' } },
      );
    const before = keepingOf(place);
    before.begin();
    before.keep();
    const after = keepingOf(undefined);
    after.keep();
    expect(after.kept.place).toEqual(place);
    after.begin();
    after.keep();
    expect(after.kept.place).toBeUndefined();
  });
});
