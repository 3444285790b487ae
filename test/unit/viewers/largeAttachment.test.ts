import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { PlaceContent } from '../../../src/viewers/viewerSource';
import { aMessage } from '../../builders/message';
import type { FakePanel } from './fakeVscode';
import { ACCOUNT, contentFrom, lastPanel, recording, request, resetWindow, said, setUp } from './openViewers';

vi.mock('vscode', () => import('./fakeVscode'));

describe('Viewers', () => {
  const voicemail = aMessage({ type: 'VoiceMail', attachments: [recording] });
  const other = aMessage({ type: 'VoiceMail', attachments: [recording] });

  beforeEach(resetWindow);

  describe('a large attachment', () => {
    const described = { contentType: 'audio/wav', fileName: 'a.wav' };
    const openedWith = (content: () => Parameters<PlaceContent>[1]) => {
      const parts = setUp(voicemail, other);
      parts.source.readContent.mockImplementation(async (_account, message, _attachment, _signal, place) => ({
        ...described,
        url: await place(message, content()),
      }));
      parts.viewers.openMessage(ACCOUNT, voicemail.id);
      const panel = lastPanel();
      panel.say({ kind: 'ready' });
      request(panel, voicemail.id, 'a1');
      return { ...parts, panel };
    };
    const placed = async (panel: FakePanel): Promise<string> => {
      const { content } = await said(panel, 'answer');
      const { url, ...rest } = content as { url: string };
      expect(rest).toEqual(described);
      return url.replace('vscode-resource:', '');
    };
    const sound = (): Parameters<PlaceContent>[1] => contentFrom(Readable.from(['so', 'und']));

    test('is written into the folder of its page, readable by the owner only', async () => {
      const { panel } = openedWith(sound);
      const file = await placed(panel);
      expect(readFileSync(file, 'utf8')).toBe('sound');
      expect(file.startsWith(`${panel.options.localResourceRoots[2]?.path ?? ''}/`)).toBe(true);
      if (process.platform === 'win32') return;
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
    });

    test('is not written to another place when the page asks again', async () => {
      const { panel } = openedWith(sound);
      const file = await placed(panel);
      panel.posted.length = 0;
      request(panel, voicemail.id, 'a1');
      expect(await placed(panel)).toBe(file);
    });

    test.each<[string, (parts: ReturnType<typeof openedWith>) => void]>([
      ['the tab is closed', ({ panel }) => panel.dispose()],
      ['the tab shows something else', ({ viewers }) => viewers.openMessage(ACCOUNT, other.id)],
      ['the message is gone', ({ remove }) => remove(voicemail.id)],
      ['the page is loaded anew', ({ panel }) => panel.say({ kind: 'ready' })],
    ])('is deleted when %s', async (_when, end) => {
      const parts = openedWith(sound);
      const file = await placed(parts.panel);
      end(parts);
      await expect.poll(() => existsSync(path.dirname(file))).toBe(false);
    });

    test('is written anew after the page is loaded anew', async () => {
      const { panel } = openedWith(sound);
      const before = await placed(panel);
      panel.say({ kind: 'ready' });
      panel.posted.length = 0;
      request(panel, voicemail.id, 'a1');
      const file = await placed(panel);
      expect(file).not.toBe(before);
      expect(existsSync(file)).toBe(true);
    });

    test.each<[string, (parts: ReturnType<typeof openedWith>) => void]>([
      ['the tab is closed', ({ panel }) => panel.dispose()],
      ['the tab shows something else', ({ viewers }) => viewers.openMessage(ACCOUNT, other.id)],
    ])('is deleted if %s while it is written', async (_when, end) => {
      const stream = new PassThrough();
      const parts = openedWith(() => contentFrom(stream));
      const { panel } = parts;
      const root = panel.options.localResourceRoots[2]?.path ?? '';
      stream.write('so');
      const filesThere = (): string[] =>
        existsSync(root) ? readdirSync(root, { recursive: true, encoding: 'utf8' }) : [];
      await expect.poll(() => filesThere()).toHaveLength(2);
      end(parts);
      stream.end('und');
      const place = parts.source.readContent.mock.results[0]?.value as Promise<unknown>;
      await expect(place).rejects.toMatchObject({ kind: 'cancelled' });
      await expect.poll(() => filesThere()).toEqual([]);
      expect(panel.isDisposed && existsSync(root)).toBe(false);
      expect(panel.posted.map(({ kind }) => kind)).not.toContain('answer');
    });

    test('is answered with the reason and leaves no file if it cannot be written', async () => {
      const failing = function* (): Generator<string> {
        yield 'so';
        throw new Error('full');
      };
      const { panel } = openedWith(() => contentFrom(Readable.from(failing())));
      expect(await said(panel, 'failure')).toMatchObject({ message: 'Sentence: full' });
      const root = panel.options.localResourceRoots[2]?.path ?? '';
      const left = readdirSync(root, { recursive: true, withFileTypes: true });
      expect(left.filter((entry) => entry.isFile())).toEqual([]);
    });
  });
});
