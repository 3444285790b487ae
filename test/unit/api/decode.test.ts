import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeExtension, decodeMessage, decodeMessages } from '../../../src/api/decode';
import { parseJson } from '../../../src/api/json';

describe('a message', () => {
  test('is read whole', () => {
    const wire = parseJson(`{
      "id": 1724099032020, "type": "SMS", "availability": "Deleted", "direction": "Inbound", "readStatus": "Unread",
      "priority": "High", "messageStatus": "Received", "creationTime": "2026-03-10T18:07:52.534Z",
      "lastModifiedTime": "2026-03-10T18:08:00Z", "subject": "Hello", "conversationId": 8234962969801171948,
      "conversation": { "id": "8234962969801171948", "uri": "https://platform.example.com/c" },
      "from": { "name": "Ada", "phoneNumber": "+16505550100", "location": "San Mateo, CA" },
      "to": [{ "extensionNumber": "101", "extensionId": 42, "target": true, "messageStatus": "Received" }],
      "attachments": [{
        "id": 1724099032021, "uri": "https://media.example.com/a", "type": "MmsAttachment", "contentType": "image/png",
        "fileName": "a.png", "size": 12, "width": 3, "height": 4
      }],
      "owner": { "extensionId": "77", "extensionType": "Department", "name": "Sales" }, "pgToDepartment": false,
      "deliveryErrorCode": "SMS-UP-430"
    }`);
    expect(decodeMessage(wire)).toEqual({
      id: '1724099032020',
      type: 'SMS',
      availability: 'Deleted',
      direction: 'Inbound',
      readStatus: 'Unread',
      priority: 'High',
      messageStatus: 'Received',
      creationTime: '2026-03-10T18:07:52.534Z',
      lastModifiedTime: '2026-03-10T18:08:00.000Z',
      subject: 'Hello',
      conversationId: '8234962969801171948',
      from: { name: 'Ada', phoneNumber: '+16505550100', location: 'San Mateo, CA' },
      to: [{ extensionNumber: '101', extensionId: '42', target: true, messageStatus: 'Received' }],
      attachments: [
        {
          id: '1724099032021',
          uri: 'https://media.example.com/a',
          type: 'MmsAttachment',
          contentType: 'image/png',
          fileName: 'a.png',
          size: 12,
          width: 3,
          height: 4,
        },
      ],
      owner: { extensionId: '77', extensionType: 'Department', name: 'Sales' },
      pgToDepartment: false,
      deliveryErrorCode: 'SMS-UP-430',
    });
  });

  test('of a fax or voicemail keeps what only they have', () => {
    const wire = {
      id: '1',
      to: [{ faxErrorCode: 'LineBusy' }],
      attachments: [{ id: 2, uri: 'https://media.example.com/a', vmDuration: 7 }],
      faxPageCount: 3,
      faxResolution: 'High',
      coverPageText: 'Dear',
      vmTranscriptionStatus: 'Completed',
    };
    expect(decodeMessage(wire)).toEqual({
      ...wire,
      availability: 'Alive',
      attachments: [{ id: '2', uri: 'https://media.example.com/a', vmDuration: 7 }],
    });
  });

  test('may be an id and availability alone', () => {
    expect(decodeMessage({ id: 7, availability: 'Purged' })).toEqual({
      id: '7',
      availability: 'Purged',
      to: [],
      attachments: [],
    });
  });

  test.each([undefined, null, 'Archived', 3])('of availability %s counts as alive', (availability) => {
    expect(decodeMessage({ id: 7, availability })?.availability).toBe('Alive');
  });

  test('of an older kind has its conversation only as a number, which keeps all digits', () => {
    expect(decodeMessage(parseJson('{"id":1,"conversationId":8234962969801171948}'))?.conversationId).toBe(
      '8234962969801171948',
    );
  });

  test('takes the conversation of the object before the number', () => {
    const wire = { id: 1, conversationId: 8234962969801172000, conversation: { id: '8234962969801171948' } };
    expect(decodeMessage(wire)?.conversationId).toBe('8234962969801171948');
  });

  test('keeps values that are new', () => {
    expect(
      decodeMessage({ id: 1, type: 'Telegram', messageStatus: 'Lost', direction: 'Sideways' }),
    ).toMatchObject({
      type: 'Telegram',
      messageStatus: 'Lost',
      direction: 'Sideways',
    });
  });

  test('loses fields of the wrong type, and those alone', () => {
    const wire = {
      id: 1,
      type: 5,
      subject: ['x'],
      from: 'Ada',
      to: [null, 'Bob', { name: 7, phoneNumber: '1' }],
      attachments: [{ uri: 'no id' }, 3, { id: 9, size: '12', uri: 4 }],
      creationTime: 'yesterday',
      faxPageCount: -1,
      pgToDepartment: 'yes',
      readStatus: 'Skimmed',
      owner: [],
    };
    expect(decodeMessage(wire)).toEqual({
      id: '1',
      availability: 'Alive',
      to: [{ phoneNumber: '1' }],
      attachments: [{ id: '9', uri: '/restapi/v1.0/account/~/extension/~/message-store/1/content/9' }],
    });
  });

  test('has its times in UTC', () => {
    expect(decodeMessage({ id: 1, creationTime: '2026-03-10T18:07:52+02:00' })?.creationTime).toBe(
      '2026-03-10T16:07:52.000Z',
    );
  });

  test.each([undefined, null, '', 'abc', 1.5, -3, {}, '../1'])('without a usable id is none: %s', (id) => {
    expect(decodeMessage({ id, type: 'SMS' })).toBeUndefined();
  });

  test('never throws, and always has an id of digits', () => {
    const record = fc.record({
      id: fc.oneof(fc.jsonValue(), fc.nat()),
      to: fc.jsonValue(),
      from: fc.jsonValue(),
      attachments: fc.array(fc.jsonValue()),
      conversation: fc.jsonValue(),
      creationTime: fc.oneof(fc.jsonValue(), fc.date().map(String)),
    });
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), record), (wire) => {
        expect(decodeMessage(wire)?.id ?? '0').toMatch(/^\d+$/);
      }),
    );
  });
});

test('records that cannot be read are left out of a list', () => {
  expect(decodeMessages([{ id: 1 }, null, {}, { id: 2 }])?.map(({ id }) => id)).toEqual(['1', '2']);
  expect(decodeMessages({ 0: { id: 1 } })).toBeUndefined();
});

test('an extension has its account', () => {
  const wire = { id: 5, name: 'Ada', extensionNumber: '101', account: { id: '9' }, status: 'Enabled' };
  expect(decodeExtension(wire)).toEqual({ id: '5', name: 'Ada', extensionNumber: '101', accountId: '9' });
  expect(decodeExtension({ id: 5 })).toEqual({ id: '5' });
  expect(decodeExtension({ name: 'Ada' })).toBeUndefined();
});
