import { describe, expect, test } from 'vitest';
import { isHostMessage, isOpenableLink, isPageMessage } from '../../../src/viewers/protocol';

const SOUND = { volume: 1, muted: false, rate: 1, skipSilence: false };
const attachment = { messageId: '1', attachmentId: '2' };

describe('isPageMessage', () => {
  test.each([
    { kind: 'ready' },
    { kind: 'request', id: 1, request: { kind: 'readContent', ...attachment } },
    { kind: 'request', id: 2, request: { kind: 'save', ...attachment } },
    { kind: 'cancel', id: 1 },
    { kind: 'openAttachment', ...attachment },
    { kind: 'openLink', href: 'https://example.com' },
    { kind: 'remember', change: { what: 'rotation', attachmentId: '2', rotation: 90 } },
    { kind: 'remember', change: { what: 'inverted', theme: 'dark', on: true } },
    { kind: 'remember', change: { what: 'thumbnails', on: false } },
    { kind: 'remember', change: { what: 'sound', sound: SOUND } },
    { kind: 'played', messageId: '1' },
    { kind: 'heard', messageId: '1' },
    { kind: 'reply', messageId: '1' },
    { kind: 'call', messageId: '1' },
    { kind: 'seen', messageIds: ['1', '2'] },
    { kind: 'openVoicemail', direction: 'next', through: false },

    ...[
      { kind: 'readPart', place: { kind: 'end' }, before: 5, after: 0, deleted: false },
      { kind: 'readPart', place: { kind: 'index', index: 3 }, before: 5, after: 5, deleted: true },
      {
        kind: 'readPart',
        place: { kind: 'message', messageId: '1', index: 3 },
        before: 0,
        after: 0,
        deleted: false,
      },
      { kind: 'find', text: 'a', from: '1', step: 'older', deleted: false },
      { kind: 'listIds', deleted: false },
      { kind: 'listIds', between: ['1', '2'], deleted: false },
      { kind: 'keepIds', messageIds: ['1'], deleted: false },
      { kind: 'change', change: 'delete', messageIds: ['1'] },
      { kind: 'copyText', messageIds: ['1'] },
      { kind: 'copyAs', deleted: false },
      { kind: 'export', messageIds: ['1'], deleted: true },
    ].map((request) => ({ kind: 'request', id: 1, request })),
  ])('accepts %j', (message) => {
    expect(isPageMessage(message)).toBe(true);
  });

  test.each([
    ['nothing', undefined],
    ['a plain text', 'ready'],
    ['an unknown kind', { kind: 'run', command: 'x' }],
    ['a request without a number', { kind: 'request', request: { kind: 'save', ...attachment } }],
    ['an unknown request', { kind: 'request', id: 1, request: { kind: 'delete', ...attachment } }],
    ['a request without a message', { kind: 'request', id: 1, request: { kind: 'save', attachmentId: '2' } }],
    ['a number instead of a message to call', { kind: 'call', number: '+16505550101' }],
    ['an id that is not a text', { kind: 'openAttachment', messageId: 1, attachmentId: '2' }],
    [
      'a rotation by half a right angle',
      { kind: 'remember', change: { what: 'rotation', attachmentId: '2', rotation: 45 } },
    ],
    ['a memory of an unknown setting', { kind: 'remember', change: { what: 'password', on: true } }],
    [
      'a volume out of range',
      { kind: 'remember', change: { what: 'sound', sound: { ...SOUND, volume: 2 } } },
    ],
    [
      'a speed that is not a number',
      { kind: 'remember', change: { what: 'sound', sound: { ...SOUND, rate: NaN } } },
    ],
    ['a message that is played without an id', { kind: 'played' }],
    ['an unknown direction', { kind: 'openVoicemail', direction: 'up', through: false }],
    ['a command as a link', { kind: 'openLink', href: 'command:workbench.action.quit' }],
  ])('refuses %s', (_name, message) => {
    expect(isPageMessage(message)).toBe(false);
  });

  test.each<[string, object]>([
    [
      'a part that is too long',
      { kind: 'readPart', place: { kind: 'end' }, before: 501, after: 0, deleted: true },
    ],
    [
      'a part of a negative length',
      { kind: 'readPart', place: { kind: 'end' }, before: -1, after: 0, deleted: true },
    ],
    ['a part without a place', { kind: 'readPart', place: {}, before: 1, after: 0, deleted: true }],
    ['an unknown step', { kind: 'find', text: 'a', step: 'sideways', deleted: true }],
    ['half a range', { kind: 'listIds', between: ['1'], deleted: true }],
    ['a change without ids', { kind: 'change', change: 'delete' }],
    ['a change of ids that are not texts', { kind: 'change', change: 'delete', messageIds: [1] }],
    ['an unknown change', { kind: 'change', change: 'deletePermanently', messageIds: ['1'] }],
    ['an export of ids that are not a list', { kind: 'export', messageIds: '1', deleted: true }],
  ])('refuses in a conversation %s', (_name, request) => {
    expect(isPageMessage({ kind: 'request', id: 1, request })).toBe(false);
  });
});

describe('isHostMessage', () => {
  test('accepts only content that is bytes or an address, or no content', () => {
    const answer = (content: object): unknown => ({
      kind: 'answer',
      id: 1,
      content: { contentType: 'text/plain', fileName: 'a.txt', ...content },
    });
    expect(isHostMessage(answer({ bytes: new Uint8Array(1) }))).toBe(true);
    expect(isHostMessage(answer({ url: 'https://files.example/1' }))).toBe(true);
    expect(isHostMessage(answer({ bytes: [1] }))).toBe(false);
    expect(isHostMessage(answer({ url: 1 }))).toBe(false);
    expect(isHostMessage(answer({}))).toBe(false);
    expect(isHostMessage({ kind: 'answer', id: 1 })).toBe(true);
  });

  test('refuses views of an unknown kind or shape', () => {
    expect(isHostMessage({ kind: 'update', view: { kind: 'gone' } })).toBe(true);
    expect(isHostMessage({ kind: 'update', view: { kind: 'conversation', conversation: {} } })).toBe(false);
    expect(isHostMessage({ kind: 'update', view: { kind: 'other' } })).toBe(false);
  });
});

describe('isOpenableLink', () => {
  test.each(['http://example.com', 'https://example.com/a?b#c', 'mailto:a@example.com', 'tel:+16505550123'])(
    'accepts %s',
    (href) => {
      expect(isOpenableLink(href)).toBe(true);
    },
  );

  test.each([
    'command:x',
    'vscode:extension/x',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    '/relative',
    '',
  ])('refuses %j', (href) => {
    expect(isOpenableLink(href)).toBe(false);
  });
});
