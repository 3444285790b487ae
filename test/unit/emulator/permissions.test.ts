import { describe, expect, it } from 'vitest';

import {
  CONFIGURATION_PATH,
  type ErrorBody,
  EXTENSION_PATH,
  MESSAGES_PATH,
  startTestEmulator,
  SYNC_PATH,
} from './testEmulator';

const OPERATIONS = [
  ['GET', EXTENSION_PATH, 'ReadAccounts', 'ReadExtensions'],
  ['GET', MESSAGES_PATH, 'ReadMessages', 'ReadMessages'],
  ['GET', `${MESSAGES_PATH}/1`, 'ReadMessages', 'ReadMessages'],
  ['GET', SYNC_PATH, 'ReadMessages', 'ReadMessages'],
  ['PUT', `${MESSAGES_PATH}/1`, 'EditMessages', 'EditMessages'],
  ['PATCH', `${MESSAGES_PATH}/1`, 'EditMessages', 'EditMessages'],
  ['DELETE', `${MESSAGES_PATH}/1`, 'EditMessages', 'EditMessages'],
  ['DELETE', MESSAGES_PATH, 'EditMessages', 'EditMessages'],
  ['GET', CONFIGURATION_PATH, 'EditAccounts', 'AccountAdministration'],
  ['PUT', CONFIGURATION_PATH, 'EditAccounts', 'AccountAdministration'],
] as const;

describe.each(OPERATIONS)('%s %s', (method, path, app, user) => {
  it(`answers 403 CMN-401 when the app lacks the permission ${app}`, async () => {
    const test = await startTestEmulator();
    await test.admin.setPermissions({ app: { [app]: false } });
    const answer = await test.request(method, path);
    expect(answer.status).toBe(403);
    expect(answer.json<ErrorBody>()).toMatchObject({
      errorCode: 'CMN-401',
      permissionName: app,
      message: expect.stringContaining(`[${app}]`) as string,
    });
  });

  it(`answers 403 CMN-408 when the user lacks the permission ${user}`, async () => {
    const test = await startTestEmulator();
    await test.admin.setPermissions({ user: { [user]: false } });
    const answer = await test.request(method, path);
    expect(answer.status).toBe(403);
    expect(answer.json<ErrorBody>()).toMatchObject({ errorCode: 'CMN-408', permissionName: user });
    await test.admin.setPermissions({ user: { [user]: true } });
    expect((await test.request(method, path)).status).not.toBe(403);
  });
});

describe('the retention period of the message store', () => {
  it('can be set to 7 to 90 days', async () => {
    const test = await startTestEmulator();
    expect((await test.get(CONFIGURATION_PATH)).json()).toEqual({ retentionPeriod: 30 });
    for (const retentionPeriod of [7, 90]) {
      const answer = await test.request('PUT', CONFIGURATION_PATH, { json: { retentionPeriod } });
      expect(answer.status).toBe(200);
      expect(answer.json()).toEqual({ retentionPeriod });
      expect((await test.get(CONFIGURATION_PATH)).json()).toEqual({ retentionPeriod });
    }
  });

  it.each([[6], [91], [30.5], ['30'], [undefined]])('cannot be set to %j', async (retentionPeriod) => {
    const test = await startTestEmulator();
    const answer = await test.request('PUT', CONFIGURATION_PATH, { json: { retentionPeriod } });
    expect(answer.status).toBe(400);
    expect(answer.json<ErrorBody>()).toMatchObject({
      errorCode: 'CMN-101',
      parameterName: 'retentionPeriod',
    });
    expect((await test.get(CONFIGURATION_PATH)).json()).toEqual({ retentionPeriod: 30 });
  });
});
