import { expect, it } from 'vitest';
import { CancelledError } from '../../../src/api/errors';
import { type ExcerptOptions, readExcerpt } from '../../../src/mailbox/excerpt';
import type { Mailbox } from '../../../src/mailbox/mailbox';
import { MemoryMessageStore } from '../../../src/mailbox/store/memoryMessageStore';
import type { EmulatorAdmin } from '../../builders/emulatorAdmin';
import { openEmulatedMailbox } from './openEmulator';
import { IN_SQLITE } from './stores';

const COUNT = 450;

function textOf(index: number): string {
  return index % 3 === 0 ? `Story ${index}. ${'It goes on. '.repeat(150)}The end.` : `Line ${index}`;
}

interface LongConversation {
  readonly admin: EmulatorAdmin;
  /** As it is before anything was read that lists leave out. */
  readonly mailbox: Pick<Mailbox, 'store' | 'api'>;
  /** Oldest first. */
  readonly ids: readonly string[];
}

async function openLongConversation(): Promise<LongConversation> {
  const { admin, mailbox } = await openEmulatedMailbox(IN_SQLITE, { messages: 0, impatient: true });
  const delivered = await admin.deliverAll(
    Array.from({ length: COUNT }, (_, index) => ({
      text: textOf(index),
      creationTime: new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString(),
    })),
  );
  await mailbox.refresh();
  await expect.poll(() => mailbox.store.missingDetails(1)).toEqual([]);
  const ids = delivered.map(({ id }) => String(id));
  const store = new MemoryMessageStore();
  store.apply({ put: ids.map((id) => mailbox.store.confirmed(id)).filter((each) => each !== undefined) });
  await admin.resetRequests();
  return { admin, mailbox: { store, api: mailbox.api }, ids };
}

async function texts(
  { mailbox, ids }: LongConversation,
  options?: ExcerptOptions,
): Promise<readonly (readonly string[])[]> {
  const pages: string[][] = [];
  for await (const page of readExcerpt(mailbox, ids, options)) pages.push(page.map(({ text }) => text));
  return pages;
}

it('an excerpt has each text in full, in order and by page, and reports its progress', async () => {
  const conversation = await openLongConversation();
  const { store } = conversation.mailbox;
  expect(store.get(conversation.ids[0] ?? '')?.subject).not.toBe(textOf(0));
  const told: (readonly [number, number])[] = [];
  const pages = await texts(conversation, { onProgress: (...numbers) => told.push(numbers) });
  expect(pages.flat()).toEqual(Array.from({ length: COUNT }, (_, index) => textOf(index)));
  expect(pages.length).toBeGreaterThan(1);
  expect(told.at(-1)).toEqual([COUNT, COUNT]);
  expect(told.map(([done]) => done)).toEqual(told.map(([done]) => done).toSorted((a, b) => a - b));
});

it('an excerpt requests only texts that are cut off', async () => {
  const conversation = await openLongConversation();
  await texts(conversation);
  const named = (await conversation.admin.requests()).flatMap(({ path }) =>
    path.slice(path.lastIndexOf('/') + 1).split(','),
  );
  expect(named.toSorted()).toEqual(conversation.ids.filter((_, index) => index % 3 === 0).toSorted());
});

it('an excerpt leaves out messages that are gone', async () => {
  const conversation = await openLongConversation();
  const { store } = conversation.mailbox;
  const [first = '', second = ''] = conversation.ids;
  const purged = store.get(second);
  store.apply({ remove: [first], put: purged ? [{ ...purged, availability: 'Purged' }] : [] });
  expect((await texts(conversation)).flat()).toEqual(
    Array.from({ length: COUNT - 2 }, (_, index) => textOf(index + 2)),
  );
});

it('an excerpt fails rather than give the beginning of a text for all of it', async () => {
  const conversation = await openLongConversation();
  await conversation.admin.fail({ kind: 'error', status: 503, errorCode: 'CMN-201', count: 100 });
  await expect(texts(conversation)).rejects.toMatchObject({ kind: 'temporary' });
});

it('an excerpt stops when it is cancelled', async () => {
  const conversation = await openLongConversation();
  const cancel = new AbortController();
  let pages = 0;
  const read = async (): Promise<void> => {
    for await (const page of readExcerpt(conversation.mailbox, conversation.ids, {
      signal: cancel.signal,
    })) {
      pages += page.length > 0 ? 1 : 0;
      cancel.abort();
    }
  };
  await expect(read()).rejects.toBeInstanceOf(CancelledError);
  expect(pages).toBe(1);
});
