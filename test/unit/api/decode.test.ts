import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeExtension, decodeMessage, decodeMessages } from '../../../src/api/decode';
import { parseJson } from '../../../src/api/json';

describe('decodeMessage', () => {
  test('reads every field of a text message', () => {
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

  test('reads the fields that only faxes and voicemails have', () => {
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
      isAvailabilityAssumed: true,
      attachments: [{ id: '2', uri: 'https://media.example.com/a', vmDuration: 7 }],
    });
  });

  test('reads a message that has only an id and an availability', () => {
    expect(decodeMessage({ id: 7, availability: 'Purged' })).toEqual({
      id: '7',
      availability: 'Purged',
      to: [],
      attachments: [],
    });
  });

  test.each([undefined, null, 'Archived', 3])(
    'reads a message of availability %s as alive',
    (availability) => {
      expect(decodeMessage({ id: 7, availability })?.availability).toBe('Alive');
    },
  );

  test('keeps all digits of a conversation id that is a number', () => {
    expect(decodeMessage(parseJson('{"id":1,"conversationId":8234962969801171948}'))?.conversationId).toBe(
      '8234962969801171948',
    );
  });

  test('prefers the conversation id of the object to the number', () => {
    const wire = { id: 1, conversationId: 8234962969801172000, conversation: { id: '8234962969801171948' } };
    expect(decodeMessage(wire)?.conversationId).toBe('8234962969801171948');
  });

  test('keeps unknown types, states and directions', () => {
    expect(
      decodeMessage({ id: 1, type: 'Telegram', messageStatus: 'Lost', direction: 'Sideways' }),
    ).toMatchObject({
      type: 'Telegram',
      messageStatus: 'Lost',
      direction: 'Sideways',
    });
  });

  test('leaves out fields of the wrong type and keeps the others', () => {
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
      isAvailabilityAssumed: true,
      to: [{ phoneNumber: '1' }],
      attachments: [{ id: '9', uri: '/restapi/v1.0/account/~/extension/~/message-store/1/content/9' }],
    });
  });

  test('converts times to UTC', () => {
    expect(decodeMessage({ id: 1, creationTime: '2026-03-10T18:07:52+02:00' })?.creationTime).toBe(
      '2026-03-10T16:07:52.000Z',
    );
  });

  test.each([undefined, null, '', 'abc', 1.5, -3, {}, '../1'])('returns undefined for the id %j', (id) => {
    expect(decodeMessage({ id, type: 'SMS' })).toBeUndefined();
  });

  test('never throws, and returns only ids of digits, whatever the server sends', () => {
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

test('decodeMessages leaves out records that cannot be read, and returns undefined for what is not a list', () => {
  expect(decodeMessages([{ id: 1 }, null, {}, { id: 2 }])?.map(({ id }) => id)).toEqual(['1', '2']);
  expect(decodeMessages({ 0: { id: 1 } })).toBeUndefined();
});

test('decodeExtension reads the extension with its account, and returns undefined without an id', () => {
  const wire = { id: 5, name: 'Ada', extensionNumber: '101', account: { id: '9' }, status: 'Enabled' };
  expect(decodeExtension(wire)).toEqual({ id: '5', name: 'Ada', extensionNumber: '101', accountId: '9' });
  expect(decodeExtension({ id: 5 })).toEqual({ id: '5' });
  expect(decodeExtension({ name: 'Ada' })).toBeUndefined();
  const at = (isoCode: unknown): unknown =>
    decodeExtension({ id: 5, regionalSettings: { homeCountry: { id: '1', isoCode } } });
  expect(at('GB')).toEqual({ id: '5', country: 'GB' });
  for (const isoCode of ['gb', 'GBR', '', 44, undefined]) expect(at(isoCode)).toEqual({ id: '5' });
});
