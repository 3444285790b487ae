import { bench, describe, expect, vi } from 'vitest';
import type { Message } from '../../src/api/schema';
import { markdownTranscript } from '../../src/display/transcript/markdownTranscript';
import { transcript } from '../../src/display/transcript/transcript';
import { SqliteMessageStore } from '../../src/mailbox/store/sqliteMessageStore';
import { openDatabase } from '../../src/storage/sqlite';
import type { Place } from '../../src/viewers/conversationProtocol';
import { ConversationReader } from '../../src/viewers/conversationReader';
import { LIMIT, LoadedPart } from '../../src/webview/conversation/loadedPart';
import { aMessage } from '../builders/message';

vi.mock('vscode', () => import('../unit/viewers/fakeVscode'));

/**
 * The figures to look at are the ratios. What a page shows is the same however long the conversation is; only counting grows
 * with it, by an index, to a few milliseconds for the longest.
 */
const SIZES = [100, 1_000, 10_000];
const conversationId = '8234962969801171948';
const MINUTE = 60_000;

function messageAt(index: number, size: number): Message {
  return aMessage({
    conversationId,
    readStatus: index % 100 === 0 ? 'Unread' : 'Read',
    creationTime: new Date(Date.now() - (size - index) * 50 * MINUTE).toISOString(),
    subject: `Message ${index}${index % 1_000 === 50 ? ' quokka' : ''}, see you soon`,
  });
}

const conversations = SIZES.map((size) => {
  const store = new SqliteMessageStore(openDatabase(':memory:'));
  const messages = Array.from({ length: size }, (_, index) => messageAt(index, size));
  for (let start = 0; start < size; start += 500) store.apply({ put: messages.slice(start, start + 500) });
  const reader = new ConversationReader(store, conversationId);
  return { name: `${size.toLocaleString('en')} messages`, size, messages, reader };
});

function read(reader: ConversationReader, place: Place, before: number, after: number): void {
  reader.answer({ kind: 'readPart', place, before, after, deleted: false });
}

describe('opening a conversation: reading its summary, its unread messages and its newest messages', () => {
  for (const { name, reader } of conversations) {
    bench(name, () => {
      reader.view();
      reader.unread();
      read(reader, { kind: 'end' }, 59, 0);
    });
  }
});

describe('scrolling in a conversation: reading the messages around one in the middle', () => {
  for (const { name, reader, messages, size } of conversations) {
    const messageId = messages[size / 2]?.id ?? '';
    bench(name, () => read(reader, { kind: 'message', messageId }, 80, 159));
  }
});

describe('reading a whole conversation in parts, from the newest message to the oldest', () => {
  for (const { name, reader } of conversations) {
    bench(
      `${name}, at most ${LIMIT} of them in memory`,
      async () => {
        const part = new LoadedPart((place, before, after) => {
          const answer = reader.answer({ kind: 'readPart', place, before, after, deleted: false });
          return answer.kind === 'part' ? Promise.resolve(answer) : Promise.reject(new Error('No part.'));
        });
        await part.open({ kind: 'end' });
        while (part.start > 0) {
          await part.extend('older');
          expect(part.bubbles.length).toBeLessThanOrEqual(LIMIT);
        }
      },
      { iterations: 1, warmupIterations: 0 },
    );
  }
});

describe('finding a rare word in a conversation, and its previous occurrence', () => {
  for (const { name, reader } of conversations) {
    bench(name, () => {
      for (const step of ['stay', 'older'] as const)
        reader.answer({ kind: 'find', text: 'quokka', step, deleted: false });
    });
  }
});

describe('finding a word that every message of a conversation contains', () => {
  for (const { name, reader } of conversations)
    bench(name, () => void reader.answer({ kind: 'find', text: 'soon', step: 'older', deleted: false }));
});

describe('writing a transcript of a thousand messages', () => {
  const entries = conversations.flatMap(({ messages }) => messages).slice(0, 1_000);
  async function* pages(): AsyncGenerator<{ message: Message; text: string }[]> {
    for (let start = 0; start < entries.length; start += 200)
      yield await Promise.resolve(
        entries.slice(start, start + 200).map((message) => ({ message, text: message.subject ?? '' })),
      );
  }
  bench('as Markdown', async () => {
    let length = 0;
    for await (const part of transcript(pages(), markdownTranscript)) length += part.length;
    if (length === 0) throw new Error('Nothing was written.');
  });
});
