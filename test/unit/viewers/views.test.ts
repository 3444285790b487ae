import { describe, expect, test, vi } from 'vitest';
import type { Message } from '../../../src/api/schema';
import { bubbleView } from '../../../src/viewers/bubbleView';
import { messageView } from '../../../src/viewers/messageView';
import { textView } from '../../../src/viewers/textView';
import { aMessage } from '../../builders/message';

vi.mock('vscode', () => import('./fakeVscode'));

const ann = { name: 'Ann Reed', phoneNumber: '+14155550101' };
const ben = { name: 'Ben Cole', phoneNumber: '+14155550102' };
const me = { name: 'Me', phoneNumber: '+14155550100', target: true };

describe('messageView', () => {
  test('shows of a voicemail the caller, the place, the length and the priority', () => {
    const view = messageView(
      aMessage({
        type: 'VoiceMail',
        priority: 'High',
        vmTranscriptionStatus: 'Completed',
        attachments: [
          { id: '1', type: 'AudioRecording', contentType: 'audio/mpeg', vmDuration: 75 },
          { id: '2', type: 'AudioTranscription' },
        ],
      }),
    );
    expect(view).toMatchObject({
      icon: 'voicemail',
      heading: 'Voicemail',
      party: 'Ada Park',
      details: ['(650) 555-0101', 'San Mateo, CA'],
      facts: ['1:15'],
      badges: [{ kind: 'urgent', text: 'Urgent' }],
      transcription: { attachment: { attachmentId: '2' } },
      attachments: [{ attachmentId: '1', name: 'Recording' }],
    });
    expect(view.transcription?.note).toBeUndefined();
  });

  test.each<[Message['vmTranscriptionStatus'], RegExp]>([
    ['InProgress', /being transcribed/],
    ['CompletedPartially', /part/],
    ['Failed', /couldn't/],
    ['TimedOut', /too long/],
    ['NotAvailable', /no transcription/],
    ['SomethingNew', /no transcription/],
    [undefined, /no transcription/],
  ])('describes the state of a transcription: %s', (vmTranscriptionStatus, note) => {
    const message = aMessage({ type: 'VoiceMail', ...(vmTranscriptionStatus && { vmTranscriptionStatus }) });
    expect(messageView(message).transcription?.note).toMatch(note);
  });

  test('shows of a failed fax the recipient and the reason', () => {
    const view = messageView(
      aMessage({
        type: 'Fax',
        direction: 'Outbound',
        messageStatus: 'SendingFailed',
        faxPageCount: 1,
        coverPageText: 'Please sign.',
        to: [{ ...ann, faxErrorCode: 'LineBusy' }],
      }),
    );
    expect(view).toMatchObject({
      heading: 'Fax not sent',
      party: 'Ann Reed',
      facts: ['1 page'],
      failure: 'Failed: line busy',
      text: { text: 'Please sign.' },
    });
  });

  test('does not repeat the number of a caller without a name', () => {
    const unnamed = aMessage({ from: { phoneNumber: '+14155550101', location: 'San Francisco, CA' } });
    expect(messageView(unnamed)).toMatchObject({ party: '(415) 555-0101', details: ['San Francisco, CA'] });
  });

  test('shows a record with hardly any fields', () => {
    const view = messageView({ id: '1', availability: 'Alive', to: [], attachments: [] });
    expect(view).toMatchObject({ heading: 'Message', party: 'Unknown', details: [], attachments: [] });
  });
});

describe('bubbleView', () => {
  test('names the sender of a message of others in a group only', () => {
    const theirs = aMessage({ from: ann, to: [me, ben] });
    const ours = aMessage({ direction: 'Outbound', from: me, to: [ann, ben] });
    expect(bubbleView(theirs, true)).toMatchObject({ side: 'theirs', sender: 'Ann Reed' });
    expect(bubbleView(theirs, false).sender).toBeUndefined();
    expect(bubbleView(ours, true)).toMatchObject({ side: 'ours' });
    expect(bubbleView(ours, true).sender).toBeUndefined();
  });

  test('shows the delivery state of our messages, or why they failed', () => {
    const ours = (fields: Partial<Message>): Message =>
      aMessage({ direction: 'Outbound', to: [ann], ...fields });
    const bubbles = [
      ours({ messageStatus: 'Queued' }),
      ours({ messageStatus: 'Delivered' }),
      ours({ messageStatus: 'DeliveryFailed', deliveryErrorCode: 'SMS-UP-430' }),
      aMessage({ messageStatus: 'Received' }),
    ].map((message) => bubbleView(message, false));
    expect(bubbles.map(({ state, failure }) => [state, failure])).toEqual([
      ['Sending…', undefined],
      ['Delivered', undefined],
      [undefined, 'Failed: not delivered (code SMS-UP-430)'],
      [undefined, undefined],
    ]);
  });

  test('shows whether a message is unread or deleted', () => {
    expect(bubbleView(aMessage(), false)).toMatchObject({ unread: true, deleted: false });
    expect(bubbleView(aMessage({ readStatus: 'Read', availability: 'Deleted' }), false)).toMatchObject({
      unread: false,
      deleted: true,
      badges: [{ kind: 'deleted' }],
    });
  });
});

describe('textView', () => {
  const withText = (subject: string, size?: number): Message =>
    aMessage({
      subject,
      attachments: [
        { id: 't', type: 'Text', contentType: 'text/plain', ...(size !== undefined && { size }) },
      ],
    });

  test('recognizes a text that was cut by its size in bytes', () => {
    expect(textView(withText('größer', 8))).toEqual({ text: 'größer' });
    expect(textView(withText('größer', 9)).whole).toMatchObject({ attachmentId: 't' });
  });

  test('takes a short text of unknown size as complete, and looks up a long one', () => {
    expect(textView(withText('short')).whole).toBeUndefined();
    expect(textView(withText('long '.repeat(40))).whole).toMatchObject({ attachmentId: 't' });
  });

  test('looks up nothing without a text attachment', () => {
    expect(textView(aMessage({ subject: 'long '.repeat(400) })).whole).toBeUndefined();
  });
});
