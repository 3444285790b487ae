import { describe, expect, it, vi } from 'vitest';
import { WrongContentError } from '../../../src/api/errors';
import { restoredError, storedError } from '../../../src/mailbox/outbox/storedError';
import { describeError } from '../../../src/display/describeError';

vi.mock('vscode', () => import('../fakeVscode'));

/** What the system, or VS Code, says why a file cannot be written. */
const fails = (code: string): Error =>
  Object.assign(new Error(`${code}: in the words of the system`), { code });

describe('describeError says in its own words what to do about', () => {
  it.each([
    ['a full disk', ['ENOSPC', 'EDQUOT', 'QuotaExceeded'], /disk is full\. Free some space/],
    [
      'a folder that may not be written',
      ['EACCES', 'EPERM', 'EROFS', 'NoPermissions'],
      /may not be written there\. Choose another place/,
    ],
    [
      'a folder that is gone',
      ['ENOENT', 'ENOTDIR', 'FileNotFound'],
      /no longer there\. Choose another place/,
    ],
    ['a name that is too long', ['ENAMETOOLONG'], /too long\. Choose a shorter one/],
    ['a file that is held', ['EBUSY', 'ETXTBSY'], /Another program holds the file/],
    ['a disk that fails', ['EIO'], /disk reports errors/],
    ['anything else', ['ELOOP'], /unexpected went wrong\. The log has the details/],
  ])('%s', (_what, codes, sentence) => {
    for (const code of codes) {
      expect(describeError(fails(code)), code).toMatch(sentence);
      expect(describeError(fails(code)), 'without the words of the system').not.toContain(code);
    }
  });
});

describe('describeError says of messages that cannot be kept', () => {
  it.each([
    [13, /disk is full\. Free some space/],
    [8, /cannot be read or written\. Check its permissions/],
    [14, /cannot be read or written\. Check its permissions/],
    [1544, /cannot be read or written\. Check its permissions/],
    [5, /Another program holds/],
    [261, /Another program holds/],
    [778, /reports errors/],
  ])('what is wrong, for the code %i of SQLite', (errcode, sentence) => {
    const error = Object.assign(new Error('in the words of SQLite'), { code: 'ERR_SQLITE_ERROR', errcode });
    expect(describeError(error)).toMatch(sentence);
    expect(describeError(restoredError(storedError(error))), 'in another window').toMatch(sentence);
  });
});

describe('describeError says of a page in place of a file', () => {
  it.each([
    ['audio', 'This is not a recording: the server sent a web page instead.'],
    ['video', 'This is not a video: the server sent a web page instead.'],
    ['image', 'This is not a picture: the server sent a web page instead.'],
    ['tiff', 'This is not a document: the server sent a web page instead.'],
    ['pdf', 'This is not a document: the server sent a web page instead.'],
    ['vcard', 'This is not a contact card: the server sent a web page instead.'],
  ] as const)('what it is not (%s), and what to do', (expected, sentence) => {
    const described = describeError(new WrongContentError(expected, 'page'));
    expect(described).toContain(sentence);
    expect(described).toMatch(/open a page in your browser .* try again/);
  });

  it('that it is for programs, if it is', () => {
    expect(describeError(new WrongContentError('audio', 'data'))).toMatch(
      /an answer meant for programs instead.*Try again later/,
    );
  });
});
