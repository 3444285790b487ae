import { expect, it } from 'vitest';

import {
  type ListBody,
  LONG_AGO,
  MESSAGES_PATH,
  startTestEmulator,
  SYNC_PATH,
  type SyncBody,
} from './testEmulator';

const MANY = 100_000;

/** `test/bench/emulator.bench.ts` measures how long this takes. */
it(`an emulator with ${MANY} messages lists and synchronizes them`, async () => {
  const test = await startTestEmulator({ messages: MANY });
  const list = await test.get(MESSAGES_PATH, {
    dateFrom: LONG_AGO,
    owner: 'Any',
    availability: 'Alive,Deleted,Purged',
    perPage: 1000,
    page: 57,
  });
  const { records, paging } = list.json<ListBody>();
  expect(records).toHaveLength(1000);
  expect(paging['totalElements']).toBe(MANY);

  const full = await test.get(SYNC_PATH, { syncType: 'FSync', dateFrom: LONG_AGO, recordCount: 250 });
  const { syncToken } = full.json<SyncBody>().syncInfo;
  const { id } = await test.admin.deliver();
  const changes = await test.get(SYNC_PATH, { syncType: 'ISync', syncToken });
  expect(changes.json<SyncBody>().records).toMatchObject([{ id }]);
});
