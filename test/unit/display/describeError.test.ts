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
    ['a full disk', ['ENOSPC', 'EDQUOT', 'QuotaExceeded'], /disk is full\. Free up some space/],
    [
      'a folder that may not be written',
      ['EACCES', 'EPERM', 'EROFS', 'NoPermissions'],
      /permission to save the file there\. Choose another location/,
    ],
    [
      'a folder that is gone',
      ['ENOENT', 'ENOTDIR', 'FileNotFound'],
      /no longer exists\. Choose another location/,
    ],
    ['a name that is too long', ['ENAMETOOLONG'], /too long\. Choose a shorter one/],
    ['a file that is held', ['EBUSY', 'ETXTBSY'], /Another program is using the file/],
    ['a disk that fails', ['EIO'], /disk reports errors/],
    ['anything else', ['ELOOP'], /unexpected error occurred\. See the log for details/],
  ])('%s', (_what, codes, sentence) => {
    for (const code of codes) {
      expect(describeError(fails(code)), code).toMatch(sentence);
      expect(describeError(fails(code)), 'without the words of the system').not.toContain(code);
    }
  });
});

describe('describeError says of messages that cannot be kept', () => {
  it.each([
    [13, /disk is full\. Free up some space/],
    [8, /can't be read or written\. Check its permissions/],
    [14, /can't be read or written\. Check its permissions/],
    [1544, /can't be read or written\. Check its permissions/],
    [5, /Another program, such as/],
    [261, /Another program, such as/],
    [778, /reports errors/],
  ])('what is wrong, for the code %i of SQLite', (errcode, sentence) => {
    const error = Object.assign(new Error('in the words of SQLite'), { code: 'ERR_SQLITE_ERROR', errcode });
    expect(describeError(error)).toMatch(sentence);
    expect(describeError(restoredError(storedError(error))), 'in another window').toMatch(sentence);
  });
});

describe('describeError says of a page in place of a file', () => {
  it.each([
    ['audio', "This isn't a recording. The server sent a web page instead."],
    ['video', "This isn't a video. The server sent a web page instead."],
    ['image', "This isn't an image. The server sent a web page instead."],
    ['tiff', "This isn't a document. The server sent a web page instead."],
    ['pdf', "This isn't a document. The server sent a web page instead."],
    ['vcard', "This isn't a contact card. The server sent a web page instead."],
  ] as const)('what it is not (%s), and what to do', (expected, sentence) => {
    const described = describeError(new WrongContentError(expected, 'page'));
    expect(described).toContain(sentence);
    expect(described).toMatch(/Open a page in your browser .* try again/);
  });

  it('that it is for programs, if it is', () => {
    expect(describeError(new WrongContentError('audio', 'data'))).toMatch(
      /a response meant for programs instead.*Try again later/,
    );
  });
});
