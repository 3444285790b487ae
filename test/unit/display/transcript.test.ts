import { describe, expect, test, vi } from 'vitest';
import type { Message } from '../../../src/api/schema';
import { jsonTranscript } from '../../../src/display/transcript/jsonTranscript';
import { markdownTranscript } from '../../../src/display/transcript/markdownTranscript';
import { plainTextTranscript } from '../../../src/display/transcript/plainTextTranscript';
import { transcript, type Entry, type TranscriptFormat } from '../../../src/display/transcript/transcript';
import { aMessage } from '../../builders/message';

vi.mock('vscode', () => import('../viewers/fakeVscode'));

const ada = { name: 'Ada *Star* Park', phoneNumber: '+16505550101' };
const rosa = { name: 'Rosa Lind', phoneNumber: '+16505550100' };
const noon = (day: number): string => new Date(2026, 5, day, 12).toISOString();

const messages: Message[] = [
  aMessage({ id: '1', creationTime: noon(17), from: ada, to: [rosa] }),
  aMessage({
    id: '2',
    creationTime: noon(17),
    direction: 'Outbound',
    from: rosa,
    to: [ada],
    messageStatus: 'DeliveryFailed',
    deliveryErrorCode: 'SMS-UP-430',
    attachments: [{ id: '7', type: 'MmsAttachment', fileName: 'plan_b.pdf', contentType: 'application/pdf' }],
  }),
  aMessage({ id: '3', creationTime: noon(18), from: ada, to: [rosa], availability: 'Deleted' }),
];
const texts = ['# No heading\n\n- no list', '<b>no markup</b>', 'See you'];
const entries: Entry[] = messages.map((message, index) => ({ message, text: texts[index] ?? '' }));

async function* inPages(...pages: (readonly Entry[])[]): AsyncGenerator<readonly Entry[]> {
  for (const page of pages) yield await Promise.resolve(page);
}

async function written(format: TranscriptFormat, ...pages: (readonly Entry[])[]): Promise<string> {
  let text = '';
  for await (const part of transcript(inPages(...pages), format)) text += part;
  return text;
}

describe('a transcript', () => {
  test('in plain text has the sender, the time, the text, the attachments and the state of each message', async () => {
    expect(await written(plainTextTranscript, entries)).toBe(
      [
        'Conversation with Ada *Star* Park',
        'Ada *Star* Park, (650) 555-0101',
        '',
        '--- Wednesday, June 17, 2026 ---',
        '',
        'Ada *Star* Park, 12:00 PM:',
        '# No heading',
        '',
        '- no list',
        '',
        'Rosa Lind, 12:00 PM:',
        '<b>no markup</b>',
        '[Attachment: plan_b.pdf]',
        '[Failed: not delivered (code SMS-UP-430)]',
        '',
        '--- Thursday, June 18, 2026 ---',
        '',
        'Ada *Star* Park, 12:00 PM:',
        'See you',
        '[Deleted]',
        '',
      ].join('\n'),
    );
  });

  test('in Markdown escapes markup in names and messages', async () => {
    expect(await written(markdownTranscript, entries)).toBe(
      [
        '# Conversation with Ada \\*Star\\* Park',
        '',
        '- Ada \\*Star\\* Park, (650) 555-0101',
        '',
        '## Wednesday, June 17, 2026',
        '',
        '**Ada \\*Star\\* Park** · 12:00 PM',
        '',
        '\\# No heading',
        '',
        '\\- no list',
        '',
        '**Rosa Lind** · 12:00 PM',
        '',
        '\\<b\\>no markup\\</b\\>',
        '',
        '- Attachment: plan\\_b.pdf',
        '- Failed: not delivered (code SMS-UP-430)',
        '',
        '## Thursday, June 18, 2026',
        '',
        '**Ada \\*Star\\* Park** · 12:00 PM',
        '',
        'See you',
        '',
        '- Deleted',
        '',
      ].join('\n'),
    );
  });

  test('in JSON has the other party and the properties of each message', async () => {
    const [first, ...others] = entries;
    const parsed = JSON.parse(await written(jsonTranscript, first ? [first] : [], others)) as object;
    expect(parsed).toMatchObject({
      with: [ada],
      messages: [
        { id: '1', direction: 'Inbound', text: texts[0], from: ada },
        {
          id: '2',
          status: 'DeliveryFailed',
          failure: 'SMS-UP-430',
          attachments: [{ fileName: 'plan_b.pdf' }],
        },
        { id: '3', availability: 'Deleted' },
      ],
    });
  });

  test.each([plainTextTranscript, markdownTranscript, jsonTranscript])(
    'is the same in however many pages the messages are read: $extension',
    async (format) => {
      const pages = entries.map((entry) => [entry]);
      expect(await written(format, ...pages, [])).toBe(await written(format, entries));
    },
  );

  describe('of messages with several others', () => {
    const { to, ...rest } = messages[1] ?? aMessage();
    const toBen = {
      ...rest,
      to: to.map((party) => ({ ...party, name: 'Ben Ito', phoneNumber: '+16505550102' })),
    };
    const mixed: Entry[] = [...entries.slice(0, 1), { message: toBen, text: 'See you' }];
    const write = async (format: TranscriptFormat): Promise<string> => {
      let text = '';
      for await (const part of transcript(inPages(mixed), format, true)) text += part;
      return text;
    };

    test('is not said to be a conversation with one of them, and says who each is to', async () => {
      const text = await write(plainTextTranscript);
      expect(text).toMatch(/^Messages\n\n--- Wednesday/);
      expect(text).toContain('Rosa Lind, 12:00 PM:\nSee you\n[To Ben Ito]\n');
      expect(await write(markdownTranscript)).toMatch(/^# Messages\n\n## Wednesday/);
    });

    test('in JSON has messages only', async () => {
      const parsed = JSON.parse(await write(jsonTranscript)) as { messages: unknown[] };
      expect(Object.keys(parsed)).toEqual(['messages']);
      expect(parsed.messages).toMatchObject([{ type: 'SMS', from: ada }, { to: [{ name: 'Ben Ito' }] }]);
    });
  });

  test('of no messages is empty', async () => {
    expect(await written(jsonTranscript, [])).toBe('');
  });
});
