import { describe, expect, it, vi } from 'vitest';
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
    ['anything else', ['EIO'], /unexpected went wrong\. The log has the details/],
  ])('%s', (_what, codes, sentence) => {
    for (const code of codes) {
      expect(describeError(fails(code)), code).toMatch(sentence);
      expect(describeError(fails(code)), 'without the words of the system').not.toContain(code);
    }
  });
});
