import { expect, test } from 'vitest';
import { SecretStorageError } from '../../../src/api/errors';
import { alive, openEmulatedMailbox } from './openEmulator';
import { IN_SQLITE } from './stores';

test('a change waits while the keyring is locked, and is sent then', async () => {
  let isLocked = false;
  const opened = await openEmulatedMailbox(IN_SQLITE, {
    tokens: (source) => ({
      accessToken: (signal) =>
        isLocked
          ? Promise.reject(new SecretStorageError('Secret storage does not work'))
          : source.accessToken(signal),
      renew: (refused, signal) => source.renew(refused, signal),
    }),
  });
  const { mailbox } = opened;
  const { id } = alive(opened).find(({ readStatus }) => readStatus === 'Unread') ?? { id: '' };
  isLocked = true;
  expect((await mailbox.actions.setReadStatus([id], 'Read')).failed).toEqual([]);
  expect((await mailbox.actions.delete([id])).failed).toEqual([]);
  expect(mailbox.waitingCount).toBe(2);
  expect(await opened.changes()).toEqual([]);
  isLocked = false;
  await mailbox.refresh();
  await expect.poll(() => mailbox.waitingCount).toBe(0);
  expect((await opened.serverState())[id]).toBe('Deleted');
});
