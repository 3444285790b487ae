import { describe, expect, it } from 'vitest';

import {
  idsOf,
  type ListBody,
  LONG_AGO,
  MESSAGES_PATH,
  startTestEmulator,
  type TestEmulator,
} from './testEmulator';

async function listEverything(test: TestEmulator): Promise<ListBody> {
  const query = { dateFrom: LONG_AGO, owner: 'Any', availability: 'Alive,Deleted', perPage: 1000 };
  return (await test.get(MESSAGES_PATH, query)).json<ListBody>();
}

interface Attachments {
  readonly attachments: readonly {
    readonly uri: string;
    readonly contentType: string;
    readonly size: number;
  }[];
}

describe('the sample mailbox', () => {
  it('is served by default, with message ids that depend only on the seed', async () => {
    const [first, again, other] = await Promise.all(
      [{ seed: 1 }, { seed: 1 }, { seed: 2 }].map(async ({ seed }) => {
        const emulator = await startTestEmulator({ messages: undefined as never, seed });
        return idsOf(await listEverything(emulator));
      }),
    );
    expect(first?.length).toBeGreaterThan(200);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('has exactly as many messages as requested', async () => {
    const test = await startTestEmulator({ messages: 1234 });
    expect((await test.admin.state()).messages).toHaveLength(1234);
  });

  it('has content for each of its attachments, of the size and the content type that the record states', async () => {
    const test = await startTestEmulator({ messages: undefined as never });
    const { records } = await listEverything(test);
    const attachments = records.flatMap((record) => (record as unknown as Attachments).attachments);
    expect(attachments.length).toBeGreaterThan(200);
    for (const { uri, size, contentType } of attachments) {
      const response = await fetch(uri, { headers: { authorization: `Bearer ${test.accessToken}` } });
      expect(response.status, uri).toBe(200);
      expect((await response.arrayBuffer()).byteLength).toBe(size);
      expect(response.headers.get('content-type')).toContain(contentType);
    }
  });
});
