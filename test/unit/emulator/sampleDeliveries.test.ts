import { expect, it } from 'vitest';
import { deliveries } from '../../../src/emulator/sample/deliveries';
import { isNotified } from '../../../src/notifications/importance';
import { type ListBody, startTestEmulator } from './testEmulator';

const URL = '/restapi/v1.0/account/~/extension/~/message-store';

it('test messages come to the sample mailbox one after the other, unread, and begin anew after the last', async () => {
  const test = await startTestEmulator();
  for (const delivery of [...deliveries, deliveries[0]]) {
    const { id } = test.emulator.deliverSample();
    const { records } = (await test.get(URL, { perPage: '1' })).json<ListBody>();
    expect(records[0]).toMatchObject({
      id: Number(id),
      type: delivery.type,
      direction: 'Inbound',
      readStatus: 'Unread',
      availability: 'Alive',
      priority: delivery.priority ?? 'Normal',
    });
  }
  const { records } = (await test.get(URL)).json<ListBody>();
  expect(records).toHaveLength(deliveries.length + 1);
  for (const { uri, contentType, size } of records.flatMap(
    ({ attachments }) => attachments as { uri: string; contentType: string; size?: number }[],
  )) {
    const answer = await test.get(uri);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain(contentType);
    if (size !== undefined) expect(Number(answer.headers.get('content-length'))).toBe(size);
  }
});

it('the first test message is one that people are notified of by default', () => {
  expect(isNotified(deliveries[0], 'important')).toBe(true);
});
