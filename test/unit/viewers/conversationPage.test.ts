import { describe, expect, test } from 'vitest';
import type { ConversationPart, Place } from '../../../src/viewers/conversationProtocol';
import { jointOf } from '../../../src/webview/conversation/bubbleRuns';
import { keptState } from '../../../src/webview/conversation/keptState';
import { LIMIT, LoadedPart } from '../../../src/webview/conversation/loadedPart';
import { Selection } from '../../../src/webview/conversation/selection';
import { bubble } from '../../builders/bubble';

/** A conversation of so many messages, whose ids are their places at first. */
class FakeConversation {
  ids: string[];
  readonly #waiting: (() => void)[] = [];
  /** Answers come only when they are let through. */
  isSlow = false;

  constructor(count: number) {
    this.ids = Array.from({ length: count }, (_, index) => String(index));
  }

  readonly read = async (place: Place, before: number, after: number): Promise<ConversationPart> => {
    if (this.isSlow) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    const total = this.ids.length;
    const index =
      place.kind === 'end'
        ? total - 1
        : place.kind === 'index'
          ? place.index
          : this.ids.indexOf(place.messageId);
    const start = Math.max(0, index - before);
    return { total, start, index, bubbles: this.ids.slice(start, index + after + 1).map((id) => bubble(id)) };
  };

  answerNext(): void {
    this.#waiting.shift()?.();
  }
}

describe('LoadedPart', () => {
  test('extends in both directions from the end, and never holds more than the limit', async () => {
    const conversation = new FakeConversation(10_000);
    const part = new LoadedPart(conversation.read);
    await part.open({ kind: 'end' });
    expect([part.end, part.total]).toEqual([10_000, 10_000]);
    for (let step = 0; step < 20; step++) await part.extend('older');
    expect(part.bubbles.length).toBeLessThanOrEqual(LIMIT);
    expect(part.end).toBeLessThan(9_000);
    expect(part.at(part.start)?.messageId).toBe(String(part.start));
    const { start } = part;
    await part.extend('newer');
    expect(part.start).toBeGreaterThan(start);
    expect(part.bubbles.length).toBeLessThanOrEqual(LIMIT);
  });

  test('keeps its first message when messages arrive before and after it', async () => {
    const conversation = new FakeConversation(1000);
    const part = new LoadedPart(conversation.read);
    await part.open({ kind: 'index', index: 500 });
    const first = part.bubbles[0]?.messageId;
    conversation.ids = ['older', ...conversation.ids, 'newer'];
    await part.refresh('510');
    expect(part.bubbles[0]?.messageId).toBe(first);
    expect(part.indexOf('510')).toBe(511);
    expect(part.total).toBe(1002);
  });

  test('includes a new message if it holds the end', async () => {
    const conversation = new FakeConversation(1000);
    const part = new LoadedPart(conversation.read);
    await part.open({ kind: 'end' });
    conversation.ids = [...conversation.ids, 'newer'];
    await part.refresh(undefined);
    expect(part.bubbles.at(-1)?.messageId).toBe('newer');
  });

  test('ignores the answer to a request that a later one has replaced', async () => {
    const conversation = new FakeConversation(1000);
    const part = new LoadedPart(conversation.read);
    conversation.isSlow = true;
    const first = part.open({ kind: 'index', index: 100 });
    const second = part.open({ kind: 'index', index: 900 });
    conversation.answerNext();
    conversation.answerNext();
    expect(await Promise.all([first, second])).toEqual([false, true]);
    expect(part.indexOf('900')).toBe(900);
  });
});

describe('Selection', () => {
  const aSelection = (): Selection => new Selection(() => undefined);

  test('contains exactly the messages that were toggled on', () => {
    const selection = aSelection();
    for (const id of ['1', '2', '3', '2']) selection.toggle(id);
    expect(selection.ids).toEqual(['1', '3']);
    expect(selection.anchor).toBe('2');
  });

  test('contains exactly the range that replaces it', () => {
    const selection = aSelection();
    selection.toggle('9');
    selection.replace(['2', '3', '4'], '2');
    expect(selection.ids).toEqual(['2', '3', '4']);
  });

  test('drops messages that are gone, and keeps what was selected in the meantime', () => {
    const selection = aSelection();
    selection.replace(['1', '2']);
    const asked = selection.ids;
    selection.toggle('3');
    selection.retain(asked, ['2']);
    expect(selection.ids).toEqual(['2', '3']);
  });
});

describe('jointOf', () => {
  const dates = { locale: 'en', timeZone: 'UTC' };
  const ann = { sender: 'Ann', time: '2026-06-17T10:00:00Z' };

  test('continues with the same sender within a day, but not with another sender or side', () => {
    expect(jointOf(bubble('1', ann), bubble('2', ann), dates)).toEqual({ day: undefined, continues: true });
    expect(jointOf(bubble('1', ann), bubble('2', { ...ann, sender: 'Ben' }), dates).continues).toBe(false);
    expect(jointOf(bubble('1', ann), bubble('2', { ...ann, side: 'ours' }), dates).continues).toBe(false);
  });

  test('begins a day at its first message', () => {
    const next = { ...ann, time: '2026-06-18T00:00:00Z' };
    expect(jointOf(bubble('1', ann), bubble('2', next), dates)).toEqual({
      day: '2026-06-18',
      continues: false,
    });
    expect(jointOf(undefined, bubble('1', ann), dates).day).toBe('2026-06-17');
  });
});

describe('keptState', () => {
  test('returns the whole state that was stored', () => {
    const kept = {
      place: { messageId: '1', index: 2, offset: -3 },
      current: '4',
      selected: ['5'],
      deleted: true,
      find: { text: 'lunch', messageId: '6' },
    };
    expect(keptState(kept)).toEqual(kept);
  });

  test.each([undefined, 'text', { selected: 5, place: { messageId: 1 }, find: [], deleted: 'yes' }])(
    'returns the default state for what another version may have stored: %j',
    (kept) => {
      expect(keptState(kept)).toEqual({ selected: [], deleted: false });
    },
  );
});
