import { describe, expect, it } from 'vitest';

import { idsOf, type ListBody, LONG_AGO, MESSAGES_PATH, startTestEmulator } from './testEmulator';

const DAY = 24 * 60 * 60;

describe('a deleted message', () => {
  it('becomes Purged after 5 days and disappears after 5 more', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver({ text: 'going' });
    await test.request('DELETE', `${MESSAGES_PATH}/${id}`);

    await test.admin.advanceClock(5 * DAY - 1);
    expect((await test.admin.state()).messages).toMatchObject([{ availability: 'Deleted' }]);
    await test.admin.advanceClock(1);
    expect((await test.admin.state()).messages).toMatchObject([{ availability: 'Purged' }]);

    await test.admin.advanceClock(5 * DAY - 1);
    await test.signIn();
    expect((await test.get(`${MESSAGES_PATH}/${id}`)).status).toBe(200);
    await test.admin.advanceClock(1);
    expect((await test.get(`${MESSAGES_PATH}/${id}`)).status).toBe(404);
    expect((await test.admin.state()).messages).toEqual([]);
  });

  it('disappears when the clock advances by ten days in one step', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver();
    await test.request('DELETE', `${MESSAGES_PATH}/${id}`);
    await test.admin.advanceClock(10 * DAY);
    expect((await test.admin.state()).messages).toEqual([]);
  });

  it('stays Alive when it is restored before it becomes Purged', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver();
    await test.request('DELETE', `${MESSAGES_PATH}/${id}`);
    await test.admin.advanceClock(4 * DAY);
    await test.signIn();
    await test.request('PATCH', `${MESSAGES_PATH}/${id}`, { json: { availability: 'Alive' } });
    await test.admin.advanceClock(20 * DAY);
    expect((await test.admin.state()).messages).toMatchObject([{ availability: 'Alive' }]);
  });

  it('becomes Purged 5 days after its deletion, even when its readStatus changes later', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver();
    await test.request('DELETE', `${MESSAGES_PATH}/${id}`);
    await test.admin.advanceClock(60);
    await test.request('PUT', `${MESSAGES_PATH}/${id}`, { json: { readStatus: 'Read' } });
    await test.admin.advanceClock(5 * DAY - 60);
    expect((await test.admin.state()).messages).toMatchObject([
      { availability: 'Purged', readStatus: 'Read' },
    ]);
  });

  it('becomes Purged 5 days after the last deletion when it was restored and deleted again', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver();
    await test.admin.change(id, { availability: 'Deleted' });
    await test.admin.change(id, { availability: 'Alive' });
    await test.admin.advanceClock(6 * DAY);
    await test.admin.change(id, { availability: 'Deleted' });
    await test.admin.advanceClock(5 * DAY - 1);
    expect((await test.admin.state()).messages).toMatchObject([{ availability: 'Deleted' }]);
    await test.admin.advanceClock(1);
    expect((await test.admin.state()).messages).toMatchObject([{ availability: 'Purged' }]);
  });

  it('disappears 5 days after it was set to Purged through the admin API, whenever it was deleted', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver({ availability: 'Deleted' });
    await test.admin.advanceClock(4 * DAY);
    await test.admin.change(id, { availability: 'Purged' });
    await test.admin.advanceClock(5 * DAY - 1);
    expect((await test.admin.state()).messages).toMatchObject([{ availability: 'Purged' }]);
    await test.admin.advanceClock(1);
    expect((await test.admin.state()).messages).toEqual([]);
  });

  it('disappears from its conversation too, 5 days after it became Purged', async () => {
    const test = await startTestEmulator();
    await test.admin.deliver({ conversationId: '7', availability: 'Purged' });
    const { id } = await test.admin.deliver({ conversationId: '7' });
    await test.admin.advanceClock(5 * DAY);
    await test.signIn();
    const query = { conversationId: '7', dateFrom: LONG_AGO, availability: ['Alive', 'Deleted', 'Purged'] };
    expect(idsOf((await test.get(MESSAGES_PATH, query)).json<ListBody>())).toEqual([id]);
  });
});
