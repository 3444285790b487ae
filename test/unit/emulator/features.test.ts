import { describe, expect, it } from 'vitest';

import {
  type ErrorBody,
  EXTENSION_PATH,
  LONG_AGO,
  MESSAGES_PATH,
  startTestEmulator,
  SYNC_PATH,
} from './testEmulator';

const FEATURES_PATH = `${EXTENSION_PATH}/features`;
const NONE = { SharedVoicemail: false, CallQueueSmsRecipient: false };
const SHARED = { type: 'VoiceMail', owner: { extensionId: '400131499008', name: 'Support' } };

describe('the features of the extension', () => {
  it('are listed, all or those asked for, with the reason why one is not available', async () => {
    const test = await startTestEmulator();
    await test.admin.setFeatures({ SharedVoicemail: false });
    const all = (await test.get(FEATURES_PATH)).json();
    expect(all).toMatchObject({
      records: [
        { id: 'SharedVoicemail', available: false, reason: { code: 'ServicePlanLimitation' } },
        { id: 'CallQueueSmsRecipient', available: true },
      ],
    });
    const one = (await test.get(FEATURES_PATH, { featureId: 'SharedVoicemail' })).json();
    expect(one).toMatchObject({ records: [{ id: 'SharedVoicemail' }] });
    const available = (await test.get(FEATURES_PATH, { availableOnly: true })).json();
    expect(available).toMatchObject({ records: [{ id: 'CallQueueSmsRecipient' }] });
  });

  it.each([
    ['owner', 'Any', NONE],
    ['ownerExtensionType', 'Department', NONE],
    ['voicemailOwner', 'Any', { SharedVoicemail: false }],
  ])('are needed for the parameter %s', async (name, value, features) => {
    const test = await startTestEmulator();
    const query = { dateFrom: LONG_AGO, [name]: value };
    for (const path of [MESSAGES_PATH, SYNC_PATH]) expect((await test.get(path, query)).status).toBe(200);
    await test.admin.setFeatures(features);
    for (const path of [MESSAGES_PATH, SYNC_PATH]) {
      const answer = await test.get(path, query);
      expect(answer.status).toBe(400);
      expect(answer.json<ErrorBody>()).toMatchObject({ errorCode: 'CMN-101', parameterName: name });
    }
  });

  it('are needed for a sync token that speaks of shared messages, and for reading one', async () => {
    const test = await startTestEmulator();
    const { id } = await test.admin.deliver(SHARED);
    const full = await test.get(SYNC_PATH, { syncType: 'FSync', dateFrom: LONG_AGO, owner: 'Any' });
    const { syncInfo } = full.json<{ syncInfo: { syncToken: string } }>();
    const query = { syncType: 'ISync', syncToken: syncInfo.syncToken };
    expect((await test.get(SYNC_PATH, query)).status).toBe(200);
    expect((await test.get(`${MESSAGES_PATH}/${id}`)).status).toBe(200);
    await test.admin.setFeatures(NONE);
    expect((await test.get(SYNC_PATH, query)).json()).toMatchObject({ parameterName: 'owner' });
    expect((await test.get(`${MESSAGES_PATH}/${id}`)).status).toBe(404);
  });
});
