import { readFileSync } from 'node:fs';
import { assert, describe, expect, test, vi } from 'vitest';
import { decodeMessage } from '../../../src/api/decode';
import type { Message } from '../../../src/api/schema';
import { foundItem } from '../../../src/commands/searchItems';
import { messageMarkdown } from '../../../src/display/messageMarkdown';
import { attachmentName } from '../../../src/display/messageText';
import { jsonTranscript } from '../../../src/display/transcript/jsonTranscript';
import { markdownTranscript } from '../../../src/display/transcript/markdownTranscript';
import { plainTextTranscript } from '../../../src/display/transcript/plainTextTranscript';
import { attachmentFileName, declaredFormat, programFileName } from '../../../src/mailbox/attachmentFileName';
import { messageFiles } from '../../../src/mailbox/files/messageFiles';
import { dialableNumbers, otherPartyKey } from '../../../src/mailbox/message';
import type { Account } from '../../../src/mailbox/accounts';
import { messageItem } from '../../../src/tree/messageItem';
import { messageTooltip } from '../../../src/tree/tooltip';
import { bubbleView } from '../../../src/viewers/bubbleView';
import { messageView } from '../../../src/viewers/messageView';
import { aMessage } from '../../builders/message';
import { saidTwice } from '../../builders/saidTwice';

vi.mock('vscode', () => import('./fakeVscode'));

const account = {
  id: '1@example.com',
  label: 'Rosa Lind',
  mailbox: { store: { isPending: () => false, transcription: () => undefined } },
} as unknown as Account;

function row(message: Message): string {
  const { label, description, accessibilityInformation } = messageItem(
    { kind: 'message', account, message, parent: undefined },
    Date.now(),
  );
  return [label, description, accessibilityInformation?.label]
    .filter((text) => typeof text === 'string')
    .join(' | ');
}

const tooltip = (message: Message): string => messageTooltip(message).value.replaceAll('\\', '');

const markdown = (message: Message): string => messageMarkdown(message, { files: [] }).replaceAll('\\', '');

/** A message as each export has it. */
const exported = (message: Message, text = message.subject ?? ''): string[] =>
  [plainTextTranscript, markdownTranscript, jsonTranscript].map((format) =>
    format.entry({ message, text }, undefined, false).replaceAll('\\(', '(').replaceAll('\\)', ')'),
  );

const records = (
  JSON.parse(readFileSync('test/fixtures/records/parties.json', 'utf8')) as { id: number }[]
).map((wire) => decodeMessage(wire));

function record(id: number): Message {
  const found = records.find((message) => message?.id === String(id));
  if (!found) throw new Error(`There is no record ${id}.`);
  return found;
}

/** Some of everything that a row may say. */
const kinds: readonly Partial<Message>[] = (['VoiceMail', 'Fax', 'SMS', 'Pager', 'Text'] as const).flatMap(
  (type) =>
    (['Inbound', 'Outbound'] as const).flatMap((direction) =>
      (['Received', 'Queued', 'Sending', 'SendingFailed', 'DeliveryFailed'] as const).flatMap(
        (messageStatus) =>
          ['', 'Bring lemons, please'].map((words): Partial<Message> => ({
            type,
            direction,
            messageStatus,
            priority: 'High',
            readStatus: direction === 'Inbound' ? 'Unread' : 'Read',
            availability: 'Alive',
            from: { name: 'Ada Park', phoneNumber: '+16505550101' },
            to: [{ name: 'Cleo Ray', phoneNumber: '+16505550102' }],
            creationTime: '2026-06-17T08:30:00.000Z',
            ...(type === 'VoiceMail' || type === 'Fax' ? {} : { subject: words, conversationId: '7' }),
            ...(type === 'VoiceMail' && words && { transcription: words }),
            ...(type === 'Fax' && { faxPageCount: 3, ...(words && { coverPageText: words }) }),
            attachments: [
              type === 'VoiceMail'
                ? { id: '1', type: 'AudioRecording', contentType: 'audio/mpeg', vmDuration: 12 }
                : { id: '1', type: 'MmsAttachment', contentType: 'image/png', fileName: 'site-plan.png' },
            ],
          })),
      ),
    ),
);

test('a row of a message, and a match of a search, say each thing once', () => {
  const said = kinds.flatMap((kind) => {
    const message = aMessage(kind);
    const { accessibilityInformation } = messageItem(
      { kind: 'message', account, message, parent: undefined },
      Date.now(),
    );
    const { label, description, detail } = foundItem({ account, message }, [], 'x', false);
    return [accessibilityInformation?.label ?? '', [label, description, detail].join(', ')];
  });
  expect(said).toHaveLength(2 * kinds.length);
  expect(said.filter((text) => text === '' || text.includes('$(') || saidTwice(text).length > 0)).toEqual([]);
});

describe('the record of', () => {
  test('a recording without a file name gets the ending of its type, and can be opened externally', () => {
    const message = record(1);
    const [recording] = message.attachments;
    assert(recording);
    expect(attachmentFileName(message, recording)).toBe('VoiceMail (650) 555-0101 2026-06-17 0930.wav');
    expect(programFileName(message, recording)).toMatch(/\.wav$/);
    expect(declaredFormat(recording).isOpenable).toBe(true);
    expect(messageFiles(message).map(({ name }) => name)).toContain('recording.wav');
  });

  test('an alphanumeric sender is shown under its name, apart from others with the same digits', () => {
    expect(row(record(2))).toMatch(/^MYSHOP24 \| Jun 17 · parcel/);
    expect(otherPartyKey(record(2))).not.toBe(otherPartyKey(aMessage({ from: { phoneNumber: 'BANK24' } })));
  });

  test('one caller with and without a plus is of one party', () => {
    expect(otherPartyKey(record(4))).toBe(otherPartyKey(record(5)));
    expect(row(record(4))).toMatch(/^\+44 7700 900123 \|/);
  });

  test('a short code has that code as its number', () => {
    expect(row(record(6))).toContain('22395 | Jun 17 · Your code is');
    expect(dialableNumbers(record(6))).toEqual(['22395']);
  });

  test('a queued fax says so, and counts no pages', () => {
    for (const shown of [row(record(7)), messageView(record(7)).heading])
      expect(shown).toContain('Fax queued');
    for (const shown of [row(record(7)), tooltip(record(7)), markdown(record(7))]) {
      expect(shown).not.toMatch(/\bpages?\b/i);
      expect(shown).not.toContain('Fax sent');
    }
    expect(messageView(record(7)).facts).toEqual([]);
  });

  test('a fax to three says for whom it failed, and why', () => {
    const text = 'Failed for 1 of 3 recipients: line busy ((706) 555-0102)';
    expect(row(record(8))).toContain(text);
    expect(messageView(record(8)).failure).toBe(text);
    for (const one of exported(record(8)).slice(0, 2)) expect(one).toContain(text);
    const each = '(706) 555-0101: sent; (706) 555-0102: line busy; (706) 555-0103: sent';
    for (const shown of [tooltip(record(8)), markdown(record(8))]) expect(shown).toContain(each);
    expect(messageView(record(8)).details).toEqual(each.split('; '));
    expect(markdown(record(8))).toContain(
      '**Status:** Failed for 1 of 3 recipients: line busy ((706) 555-0102)',
    );
    expect(JSON.parse(exported(record(8))[2] ?? '')).toMatchObject({
      failure: 'LineBusy',
      to: [{ status: 'Sent' }, { status: 'SendingFailed', failure: 'LineBusy' }, { status: 'Sent' }],
    });
  });

  test('a group text that did not get to one says so, although it was sent', () => {
    const text = 'Failed for 1 of 2 recipients: not delivered ((706) 555-0102)';
    expect(row(record(9))).toContain(text);
    expect(bubbleView(record(9), true)).toMatchObject({ failure: text });
    expect(bubbleView(record(9), true).state).toBeUndefined();
    const each = '(706) 555-0101: delivered; (706) 555-0102: not delivered';
    for (const shown of [tooltip(record(9)), markdown(record(9))]) expect(shown).toContain(each);
    const [plain = '', marked = '', json = ''] = exported(record(9));
    for (const one of [plain, marked]) expect(one).toContain(text);
    expect(JSON.parse(json)).toMatchObject({
      failure: 'DeliveryFailed',
      to: [{ status: 'Delivered' }, { status: 'DeliveryFailed', failure: 'DeliveryFailed' }],
    });
  });

  test('a caller whose name is not known shows the number and what it is called', () => {
    expect(row(record(10))).toContain('(650) 555-0103 · Unknown |');
    expect(tooltip(record(10))).toContain('(650) 555-0103 · Unknown\n');
    expect(messageView(record(10))).toMatchObject({ party: '(650) 555-0103 · Unknown', details: [] });
  });

  test('a name, and a file name, that turn the reading direction around do so nowhere', () => {
    const shown = [
      row(record(11)),
      tooltip(record(11)),
      markdown(record(11)),
      ...exported(record(11)),
      JSON.stringify([messageView(record(11)), bubbleView(record(11), true)]),
      ...record(11).attachments.map(attachmentName),
      ...messageFiles(record(11)).map(({ name }) => name),
    ];
    for (const text of shown) expect(text).not.toMatch(/[\u202a-\u202e]/);
    expect(JSON.parse(exported(record(11))[2] ?? '')).toMatchObject({ from: { name: 'Jo\u202etxet' } });
  });
});

describe('several recipients', () => {
  const fax = (...to: Message['to']): Message =>
    aMessage({ type: 'Fax', direction: 'Outbound', messageStatus: 'SendingFailed', to });
  const untold = (...to: Message['to']): Message => {
    const { messageStatus: _, ...message } = fax(...to);
    return message;
  };
  const ada = { name: 'Ada Park', phoneNumber: '+16505550101', messageStatus: 'SendingFailed' };
  const ben = { name: 'Ben Ito', phoneNumber: '+16505550102', messageStatus: 'SendingFailed' };
  const eve = { name: 'Eve Sun', phoneNumber: '+16505550103', messageStatus: 'Sent' };

  test.each<[string, Message, string | undefined]>([
    [
      'for one reason',
      fax({ ...ada, faxErrorCode: 'NoAnswer' }, { ...ben, faxErrorCode: 'NoAnswer' }, eve),
      'Failed for 2 of 3 recipients: no answer (Ada Park, Ben Ito)',
    ],
    [
      'for several',
      fax({ ...ada, faxErrorCode: 'NoAnswer' }, { ...ben, faxErrorCode: 'LineBusy' }, eve),
      'Failed for 2 of 3 recipients: no answer (Ada Park); line busy (Ben Ito)',
    ],
    [
      'all of them, for one reason',
      fax({ ...ada, faxErrorCode: 'NoAnswer' }, { ...ben, faxErrorCode: 'NoAnswer' }),
      'Failed: no answer',
    ],
    [
      'all of them, for several',
      fax({ ...ada, faxErrorCode: 'NoAnswer' }, { ...ben, faxErrorCode: 'LineBusy' }),
      'Failed: no answer (Ada Park); line busy (Ben Ito)',
    ],
    ['of whom none is said to have failed', fax(eve, eve), 'Failed: unable to send'],
    [
      'one with a code and no status',
      fax({ ...eve, messageStatus: 'Sent' }, { name: 'Ben', faxErrorCode: 'LineBusy' }),
      'Failed for 1 of 2 recipients: line busy (Ben)',
    ],
    [
      'that got it after all',
      { ...fax(eve, { ...eve, faxErrorCode: 'LineBusy' }), messageStatus: 'Sent' },
      undefined,
    ],
  ])('it failed for are named: %s', (_, message, text) => {
    expect(messageView(message).failure).toBe(text);
  });

  test('of whom each has a reason of its own have the first of these told', () => {
    const to = Array.from({ length: 2_000 }, (_, index) => ({ ...ada, faxErrorCode: `Code${index}` }));
    const text = messageView(fax(...to)).failure ?? '';
    expect(text).toMatch(/code Code4\) \(Ada Park\); …$/);
    expect(text.length).toBeLessThan(300);
  });

  test('are being sent to while some are still to come', () => {
    const sending = { ...fax(eve, { ...ben, messageStatus: 'Queued' }), messageStatus: 'Queued' };
    expect(row(sending)).toContain('Sending fax');
    expect(row({ ...sending, to: [{ ...ben, messageStatus: 'Queued' }] })).toContain('Fax queued');
    expect(row({ ...sending, to: [], messageStatus: 'Sending' })).toContain('Sending fax');
    expect(row({ ...sending, messageStatus: 'Sent', faxPageCount: 2 })).toContain('Fax sent · 2 pages');
  });

  test('are said once not to have been sent a fax if it failed for all of them', () => {
    for (const message of [fax({ ...ada, faxErrorCode: 'LineBusy' }), fax(ada, ben)]) {
      expect(row(message).match(/Failed: /g), 'in the row and in its label').toHaveLength(2);
      expect(row(message)).not.toContain('Fax not sent');
      expect(messageView(message).heading).toBe('Fax not sent');
    }
    expect(row(fax(eve, { ...ben, messageStatus: 'SendingFailed' }))).toContain('Fax sent');
    const partly = fax({ ...eve, messageStatus: 'Sent', faxErrorCode: 'SentPartially' });
    expect(row({ ...partly, messageStatus: 'Sent' })).toMatch(/Fax sent.*only some pages were sent/);
  });

  test.each<[string, Message]>([
    [
      'a state that is not known',
      { ...fax({ ...eve, messageStatus: 'Exploded' }), messageStatus: 'Exploded' },
    ],
    ['no state at all', untold({ name: 'Ben' })],
    ['nobody it is for', untold()],
    [
      'one it failed for and one it is not told of',
      fax({ name: 'Ada', faxErrorCode: 'LineBusy' }, { name: 'Ben' }),
    ],
  ])('are not said to have been sent a fax with %s', (_, message) => {
    for (const shown of [row(message), messageView(message).heading, tooltip(message), markdown(message)]) {
      expect(shown).toMatch(/fax/i);
      expect(shown).not.toMatch(/Fax (not )?sent|Fax queued|Sending fax/);
    }
  });

  test('are told of a fax whose own state is not known', () => {
    const message = { ...fax(eve, { ...ben, messageStatus: 'Queued' }), messageStatus: 'Exploded' };
    expect(row(message)).toContain('Sending fax');
    expect(row({ ...message, to: [eve, { name: 'Ben' }] })).toContain('Fax sent');
  });

  test.each(['Undefined', 'NoError', 'Unknown'])('did get a fax with the code %s if it was sent', (code) => {
    const message = { ...fax({ name: 'Ben', faxErrorCode: code }), messageStatus: 'Sent' };
    expect(messageView(message).failure).toBeUndefined();
    expect(row(message)).toMatch(/Fax sent/);
    expect(row(message)).not.toMatch(/fail/i);
    expect(messageView(fax({ ...ada, faxErrorCode: code })).failure).toBe('Failed: unable to send');
  });
});

describe('a text of nothing that is seen', () => {
  const picture = { id: '1', type: 'MmsAttachment', contentType: 'image/jpeg', fileName: 'photo.jpg' };

  test.each(['\ufffc', '\u200b', ' \u2060\ufeff', '\ufffc\ufffc\n', '\u2800', '\u3164'])(
    '(%j) shows what is attached instead',
    (subject) => {
      const message = aMessage({ subject, attachments: [picture] });
      expect(row(message)).toMatch(/· photo\.jpg \| Unread/);
      expect(bubbleView(message, false).text).toEqual({ text: '' });
      expect(tooltip(message)).not.toContain('---');
      const [plain = '', marked = ''] = exported(message);
      for (const text of [plain, marked]) {
        expect(text).toContain('Attachment: photo');
        expect(text).not.toContain(subject.trim() || subject);
      }
      expect(row(aMessage({ subject }))).toContain('· (no text) |');
    },
  );

  test('of a picture within words is left out of the line', () => {
    expect(row(aMessage({ subject: '\ufffcLook!', attachments: [picture] }))).toContain('· Look! |');
  });
});

describe('the attachments of a message', () => {
  test.each([
    [10, /· 0\.jpg, .*, 9\.jpg \|/],
    [11, /· 0\.jpg, .*, 9\.jpg and 1 other \|/],
    [1_011, /· 0\.jpg, .*, 9\.jpg and 1,001 others \|/],
  ])('are named, and from the eleventh on counted: %i', (count, names) => {
    const attachments = Array.from({ length: count }, (_, index) => ({
      id: String(index + 1),
      type: 'MmsAttachment',
      contentType: 'image/jpeg',
      fileName: `${index}.jpg`,
    }));
    expect(row(aMessage({ subject: '', attachments }))).toMatch(names);
  });
});

test.each([
  ['image/png', 'Picture'],
  ['video/3gpp', 'Video'],
  ['audio/amr', 'Recording'],
  ['application/pdf', 'PDF'],
  ['text/plain', 'Text'],
  ['text/x-vcard', 'Contact card'],
  ['application/zip', 'application/zip'],
  [undefined, 'Attachment'],
])('an attachment without a name is called what it is (%s), once', (contentType, name) => {
  const attachment = { id: '1', type: 'MmsAttachment', ...(contentType && { contentType }) };
  const message = aMessage({ subject: '', attachments: [attachment] });
  expect(row(message)).toMatch(new RegExp(`· ${name} \\| [^|]*, ${name}, `));
  expect(row(message)).not.toContain('1 attachment');
});

describe('the layout of a multimedia message', () => {
  test.each([
    { contentType: 'application/smil' },
    { contentType: 'application/smil; charset="utf-8"' },
    { contentType: 'APPLICATION/SMIL' },
    { contentType: ' application/smil+xml ' },
    { fileName: 'layout.smil' },
    { contentType: 'application/octet-stream', fileName: '0.SMI' },
  ])('is no attachment: %j', (layout) => {
    const message = aMessage({
      subject: '',
      attachments: [
        { id: '1', type: 'MmsAttachment', ...layout },
        { id: '2', type: 'MmsAttachment', contentType: 'image/jpeg', fileName: 'photo.jpg' },
      ],
    });
    expect(row(message)).toMatch(/· photo\.jpg \| Unread/);
    expect(bubbleView(message, false).attachments.map(({ attachmentId }) => attachmentId)).toEqual(['2']);
    expect(tooltip(message)).not.toMatch(/smi/i);
    for (const text of exported(message)) expect(text).not.toMatch(/smi/i);
    expect(messageFiles(message).flatMap((file) => (file.kind === 'attachment' ? file.name : []))).toEqual([
      'photo.jpg',
    ]);
    const alone = { ...message, attachments: message.attachments.slice(0, 1) };
    expect(row(alone)).toContain('· (no text) |');
    expect(row(alone)).not.toContain('attachment');
  });
});
