import sanitize from 'sanitize-filename';
import { describe, expect, it } from 'vitest';
import { accountKeyOf, filePath, messagePath, parsePath } from '../../../../src/mailbox/files/mailboxPath';
import { aMessage } from '../../../builders/message';

const account = { id: '62274004@platform.example.test', label: 'Rosa Lind · 101' };
const accountKey = accountKeyOf(account);

describe('the path of a message', () => {
  const at = new Date(2026, 5, 17, 9, 30).toISOString();

  it('names the account, the type, the month, the time and the other party', () => {
    const message = aMessage({ id: '42', type: 'VoiceMail', creationTime: at });
    expect(filePath(account, message, 'recording.mp3')).toBe(
      `/Rosa Lind · 101 #${accountKey}/Voicemail/2026-06/2026-06-17 0930 Ada Park (650) 555-0101 #42/recording.mp3`,
    );
  });

  it.each([
    [{ type: 'Fax' }, 'Faxes'],
    [{ type: 'SMS', availability: 'Deleted' as const }, 'Deleted'],
    [{ type: 'Hologram/3' }, 'Hologram_3'],
    [{ type: '..' }, 'Other Messages'],
  ])('is in the folder of its type for %o', (fields, folder) => {
    expect(messagePath(account, aMessage({ ...fields, creationTime: at })).split('/')[2]).toBe(folder);
  });

  it('leaves out what is not known', () => {
    const message = { id: '42', availability: 'Alive' as const, to: [], attachments: [] };
    expect(messagePath(account, message)).toMatch(/\/Other Messages\/Undated\/#42$/);
  });

  it('is valid on every system, whatever the other party is called', () => {
    for (const name of ['../../etc', 'a\\b:c*?"<>|', 'x'.repeat(500), '\u202Egnp.exe', '#7', 'con']) {
      const message = aMessage({ id: '42', creationTime: at, from: { name, phoneNumber: '+16505550101' } });
      const segments = messagePath(account, message).split('/').slice(1);
      expect(segments).toHaveLength(4);
      for (const segment of segments) {
        expect(sanitize(segment)).toBe(segment);
        expect(segment.length).toBeLessThan(120);
      }
      expect(parsePath(messagePath(account, message))).toEqual({
        kind: 'message',
        accountKey,
        messageId: '42',
      });
    }
  });

  it('identifies the message by its id, whatever the names were when it was made', () => {
    expect(parsePath(`/Old Name #${accountKey}/Voicemail/2026-06/Somebody else #42/recording.mp3`)).toEqual({
      kind: 'file',
      accountKey,
      messageId: '42',
      name: 'recording.mp3',
    });
  });
});

describe('parsing a path', () => {
  it.each([
    ['/', { kind: 'root' }],
    [`/x #${accountKey}`, { kind: 'account', accountKey }],
    [`/x #${accountKey}/Faxes/`, { kind: 'folder', accountKey, folder: 'Faxes' }],
    [`/x #${accountKey}/Faxes/2026-06`, { kind: 'month', accountKey, folder: 'Faxes', month: '2026-06' }],
  ])('reads %s', (path, parsed) => {
    expect(parsePath(path)).toEqual(parsed);
  });

  it.each([
    '/.vscode',
    '/x #12',
    `/x #${accountKey}/Faxes/2026-06/.git`,
    `/x #${accountKey}/Faxes/2026-06/#1/a/b`,
  ])('rejects %s', (path) => {
    expect(parsePath(path)).toBeUndefined();
  });
});
