import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import fsPromises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ContentSource } from '../../../../src/mailbox/content/attachmentContents';
import { CacheEntry } from '../../../../src/mailbox/content/cacheEntry';
import { filesIn, longText, openContents, textOf, type OpenedContents } from './contents';

const CUT = { kind: 'truncate', path: '/content/' } as const;

const ranges = async (opened: OpenedContents): Promise<(string | undefined)[]> =>
  (await opened.contentRequests()).map(({ headers }) => headers.range);

const entries = (opened: OpenedContents): string[] =>
  readdirSync(opened.folder).flatMap((account) => readdirSync(path.join(opened.folder, account)));

/** Gives this test a folder for temporary files that nobody else uses. @returns its path */
function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'mailbox-'));
  for (const name of ['TMPDIR', 'TMP', 'TEMP']) vi.stubEnv(name, folder);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

describe('an interrupted download', () => {
  it('resumes where it stopped if the content is still the same', async () => {
    const opened = await openContents();
    const text = longText(10_000);
    const source = await opened.attach(text);
    await opened.admin.fail({ ...CUT, bytes: 4000 });
    await opened.contentRequests();
    expect((await textOf(opened.contents, source)) === text).toBe(true);
    const [first, second, ...others] = await opened.contentRequests();
    expect(first?.headers.range).toBeUndefined();
    expect(second?.headers).toMatchObject({
      range: 'bytes=4000-',
      'if-range': expect.stringMatching(/^"/) as string,
    });
    expect(others).toEqual([]);
  });

  it('resumes as often as it is interrupted', async () => {
    const opened = await openContents();
    const text = longText(10_000);
    const source = await opened.attach(text);
    await opened.admin.fail({ ...CUT, bytes: 3000, count: 3 });
    await opened.contentRequests();
    expect((await textOf(opened.contents, source)) === text).toBe(true);
    expect(await ranges(opened)).toEqual([undefined, 'bytes=3000-', 'bytes=6000-', 'bytes=9000-']);
  });

  it('resumes without a cache, too', async () => {
    const opened = await openContents({ limit: 0 });
    const text = longText(10_000);
    const source = await opened.attach(text);
    await opened.admin.fail({ ...CUT, bytes: 4000 });
    await opened.contentRequests();
    expect((await textOf(opened.contents, source)) === text).toBe(true);
    expect(await ranges(opened)).toEqual([undefined, 'bytes=4000-']);
  });

  it('is resumed by the next attempt, even of another window', async () => {
    const opened = await openContents();
    const text = longText(50_000);
    const source = await opened.attach(text);
    await opened.admin.fail({ ...CUT, bytes: 1000, count: 100 });
    await expect(textOf(opened.contents, source)).rejects.toMatchObject({ kind: 'network' });
    await opened.admin.clearFaults();
    await opened.contentRequests();
    expect(await textOf(opened.openAnother().contents, source)).toBe(text);
    expect(await ranges(opened)).toEqual(['bytes=5000-']);
  });

  it('starts over if the content has changed', async () => {
    const opened = await openContents();
    const source = await opened.attach(longText(10_000));
    await opened.admin.fail({ ...CUT, bytes: 1000, count: 100 });
    await expect(textOf(opened.contents, source)).rejects.toMatchObject({ kind: 'network' });
    await opened.admin.clearFaults();
    const other = longText(9_000);
    await opened.admin.change(source.message.id, {
      attachments: [{ id: source.attachment.id, text: other }],
    });
    expect(await textOf(opened.contents, source)).toBe(other);
  });

  it('starts over if the content is now shorter than what was received', async () => {
    const opened = await openContents();
    const source = await opened.attach(longText(10_000));
    await opened.admin.fail({ ...CUT, bytes: 1000, count: 100 });
    await expect(textOf(opened.contents, source)).rejects.toMatchObject({ kind: 'network' });
    await opened.admin.clearFaults();
    await opened.admin.change(source.message.id, {
      attachments: [{ id: source.attachment.id, text: 'short' }],
    });
    expect(await textOf(opened.contents, source)).toBe('short');
  });

  it('starts over at a server that does not support ranges', async () => {
    const opened = await openContents();
    const text = longText(10_000);
    const source = await opened.attach(text);
    await opened.admin.changeSettings({ ranges: false });
    await opened.admin.fail({ ...CUT, bytes: 4000 });
    await opened.contentRequests();
    expect((await textOf(opened.contents, source)) === text).toBe(true);
    expect(await ranges(opened)).toEqual([undefined, 'bytes=4000-']);
  });

  it('is not resumed if the user has cancelled it', async () => {
    const opened = await openContents();
    const source = await opened.attach(longText(10_000));
    const cancel = new AbortController();
    const reading = opened.contents.read(source, { signal: cancel.signal, onProgress: () => cancel.abort() });
    await expect(reading).rejects.toMatchObject({ kind: 'cancelled' });
    expect(entries(opened)).toEqual([]);
  });

  it('fails at once if the server could not be reached in the first place', async () => {
    const opened = await openContents();
    const source = await opened.attach('text');
    await opened.admin.fail({ path: '/content/', status: 404, errorCode: 'CMN-102' });
    await opened.contentRequests();
    await expect(textOf(opened.contents, source)).rejects.toMatchObject({ kind: 'notFound' });
    expect(await opened.contentRequests()).toHaveLength(1);
    expect(entries(opened)).toEqual([]);
  });
});

describe('the attachment cache', () => {
  it('saves a second request, in another window as well', async () => {
    const opened = await openContents();
    const source = await opened.attach('text');
    expect(await textOf(opened.contents, source)).toBe('text');
    await opened.contentRequests();
    expect(await textOf(opened.contents, source)).toBe('text');
    expect(await textOf(opened.openAnother().contents, source)).toBe('text');
    expect(await opened.contentRequests()).toEqual([]);
  });

  it('fetches a content once that is wanted twice at the same time', async () => {
    const opened = await openContents();
    const text = longText(10_000);
    const source = await opened.attach(text);
    await opened.contentRequests();
    const texts = await Promise.all([1, 2, 3].map(() => textOf(opened.contents, source)));
    expect(texts).toEqual([text, text, text]);
    expect(await opened.contentRequests()).toHaveLength(1);
  });

  it('can be used by several windows at the same time', async () => {
    const opened = await openContents();
    const text = longText(10_000);
    const source = await opened.attach(text);
    const windows = [1, 2, 3].map(() => opened.openAnother().contents);
    expect(await Promise.all(windows.map((contents) => textOf(contents, source)))).toEqual([
      text,
      text,
      text,
    ]);
    expect(entries(opened)).toHaveLength(1);
  });

  it('keeps files that only their owner may read, under names that do not reveal the account', async () => {
    const opened = await openContents();
    await textOf(opened.contents, await opened.attach('text'));
    const files = filesIn(opened.folder);
    expect(files.map((file) => path.basename(file))).toEqual(['content', 'facts.json']);
    expect(files.join()).not.toContain('example.test');
    if (process.platform === 'win32') return;
    for (const file of files) {
      expect(statSync(path.join(opened.folder, file)).mode & 0o777).toBe(0o600);
      expect(statSync(path.dirname(path.join(opened.folder, file))).mode & 0o777).toBe(0o700);
    }
    expect(statSync(opened.folder).mode & 0o777).toBe(0o700);
  });

  it.each([
    ['shorter', (file: string) => truncateSync(file, 2)],
    ['empty', (file: string) => truncateSync(file)],
    [
      'other bytes',
      (file: string) => {
        writeFileSync(file, 'xxxx');
        // Some systems count the time of files in steps longer than all of this takes.
        age(file, 60);
      },
    ],
  ])('fetches a damaged content again: %s', async (_, damage) => {
    const opened = await openContents();
    const source = await opened.attach('text');
    await textOf(opened.contents, source);
    damage(contentFile(opened));
    expect(await textOf(opened.contents, source)).toBe('text');
    expect(readFileSync(contentFile(opened), 'utf8')).toBe('text');
  });

  it('fetches a content again if its size and hash are not known', async () => {
    const opened = await openContents();
    const source = await opened.attach('text');
    await textOf(opened.contents, source);
    writeFileSync(path.join(path.dirname(contentFile(opened)), 'facts.json'), '{"si');
    expect(await textOf(opened.contents, source)).toBe('text');
  });

  it('does not take a content of another size or type for the one that it has', async () => {
    const opened = await openContents();
    const source = await opened.attach('the old text');
    await textOf(opened.contents, source);
    await opened.admin.change(source.message.id, {
      attachments: [{ id: source.attachment.id, text: 'the new one' }],
    });
    const changed: ContentSource = { ...source, attachment: { ...source.attachment, size: 11 } };
    expect(await textOf(opened.contents, changed)).toBe('the new one');
  });

  it('does not keep a content that is shorter than its record says, for it may have been cut off', async () => {
    const opened = await openContents();
    const { attachment, ...source } = await opened.attach('a part');
    const longer = { ...source, attachment: { ...attachment, size: 100 } };
    for (let time = 0; time < 2; time++) expect(await textOf(opened.contents, longer)).toBe('a part');
    expect(await opened.contentRequests()).toHaveLength(2);
    expect(entries(opened)).toEqual([]);
  });

  it('gives a content whose use cannot be noted, because the disk may not be written any more', async () => {
    const opened = await openContents();
    const source = await opened.attach('text');
    await textOf(opened.contents, source);
    await opened.contentRequests();
    const { utimes } = fsPromises;
    const replaceUtimes = (replacement: typeof utimes): void => {
      fsPromises.utimes = replacement;
      syncBuiltinESMExports();
    };
    replaceUtimes(() => Promise.reject(Object.assign(new Error('EROFS'), { code: 'EROFS' })));
    onTestFinished(() => replaceUtimes(utimes));
    expect(await textOf(opened.contents, source)).toBe('text');
    expect(await opened.contentRequests()).toEqual([]);
  });

  it('makes room by removing the least recently used contents', async () => {
    const opened = await openContents({ limit: 30_000 });
    const sources: ContentSource[] = [];
    while (sources.length < 3) {
      const source = await opened.attach(longText(9_000));
      await textOf(opened.contents, source);
      sources.push(source);
      ageAll(opened, 60);
    }
    const [first, second, third] = sources as [ContentSource, ContentSource, ContentSource];
    await textOf(opened.contents, first);
    await textOf(opened.contents, await opened.attach(longText(9_000)));
    await opened.cache.makeRoom();
    await opened.contentRequests();
    await textOf(opened.contents, first);
    await textOf(opened.contents, third);
    expect(await opened.contentRequests()).toEqual([]);
    await textOf(opened.contents, second);
    expect(await opened.contentRequests()).toHaveLength(1);
  });

  it('returns a content that is larger than its limit without keeping it', async () => {
    const opened = await openContents({ limit: 1_000 });
    const text = longText(9_000);
    expect(await textOf(opened.contents, await opened.attach(text))).toBe(text);
    await opened.cache.makeRoom();
    expect(entries(opened)).toEqual([]);
  });

  it('lets a content be read to its end that another window has removed meanwhile', async () => {
    const opened = await openContents();
    const text = longText(9_000);
    const source = await opened.attach(text);
    const read = await opened.contents.use(source, async ({ file }) => {
      opened.openAnother().cache.removeAll();
      return (await file.readFile()).toString();
    });
    expect(read).toBe(text);
  });

  it('keeps what one window puts there while others look for it', async () => {
    const { folder } = await openContents();
    for (let round = 0; round < 50; round++) {
      const entry = new CacheEntry(path.join(folder, 'account', String(round)));
      const download = await entry.begin();
      await download.file.write('text');
      let isThere = false;
      const look = async (): Promise<void> => {
        while (!isThere) await (await entry.open())?.file.close();
      };
      const looks = [look(), look(), look()];
      await download.publish();
      isThere = true;
      await Promise.all(looks);
      const content = await entry.open();
      await content?.file.close();
      expect(content, `round ${round}`).toMatchObject({ size: 4 });
    }
  });

  it('leaves a download alone that has only just begun', async () => {
    const opened = await openContents();
    await textOf(opened.contents, await opened.attach('text'));
    const begun = `${path.dirname(contentFile(opened))}.0f0f0f0f-0000-4000-8000-000000000000`;
    mkdirSync(begun);
    await opened.cache.makeRoom();
    expect(existsSync(begun)).toBe(true);
  });

  it('removes unfinished downloads of closed windows after a while', async () => {
    const opened = await openContents();
    const source = await opened.attach('text');
    await textOf(opened.contents, source);
    const entry = path.dirname(contentFile(opened));
    const left = `${entry}.0f0f0f0f-0000-4000-8000-000000000000`;
    // What the download has begun by itself is over.
    await opened.cache.makeRoom();
    await import('node:fs/promises').then(({ cp }) => cp(entry, left, { recursive: true }));
    await opened.cache.makeRoom();
    expect(existsSync(left)).toBe(true);
    for (const file of filesIn(left)) age(path.join(left, file), 2 * 60 * 60);
    await opened.cache.makeRoom();
    expect(existsSync(left)).toBe(false);
    expect(existsSync(entry)).toBe(true);
  });

  it('is cleared together with its account, and not with another one', async () => {
    const opened = await openContents();
    const source = await opened.attach('text');
    const other: ContentSource = { ...source, account: { ...source.account, id: 'other@example.test' } };
    await textOf(opened.contents, source);
    await textOf(opened.contents, other);
    opened.cache.remove(other.account.id);
    await opened.contentRequests();
    await textOf(opened.contents, source);
    expect(await opened.contentRequests()).toEqual([]);
    await textOf(opened.contents, other);
    expect(await opened.contentRequests()).toHaveLength(1);
    opened.cache.removeAll();
    expect(existsSync(opened.folder)).toBe(false);
  });

  it('keeps nothing of a download that is cleared before its first bytes arrive', async () => {
    const opened = await openContents();
    const source = await opened.attach('text');
    const answer = opened.network.holdAnswer({ path: '/content/' });
    const reading = opened.contents.read(source);
    await answer.reached;
    expect(filesIn(opened.folder)).toHaveLength(1);
    opened.cache.remove(source.account.id);
    answer.release();
    await expect(reading).rejects.toMatchObject({ kind: 'cancelled' });
    expect(filesIn(opened.folder)).toEqual([]);
  });

  it('keeps nothing of a download that is cleared while it arrives', async () => {
    const opened = await openContents();
    const source = await opened.attach(longText(9_000));
    const onProgress = (): void => opened.cache.remove(source.account.id);
    await expect(opened.contents.read(source, { onProgress })).rejects.toMatchObject({ kind: 'cancelled' });
    expect(filesIn(opened.folder)).toEqual([]);
  });

  it('removes the attachments of messages that are gone', async () => {
    const opened = await openContents();
    const source = await opened.attach('text');
    const other = await opened.attach('other');
    await textOf(opened.contents, source);
    await textOf(opened.contents, other);
    await opened.cache.prune(source.account.id, (id) => id === source.message.id);
    expect(entries(opened).every((name) => name.startsWith(`${other.message.id}-`))).toBe(true);
    expect(entries(opened)).toHaveLength(1);
  });

  it.each([{ limit: 0 }, { sample: true }])('keeps nothing on disk with %o', async (options) => {
    const opened = await openContents(options);
    const temporary = temporaryFolder();
    expect(await textOf(opened.contents, await opened.attach('text'))).toBe('text');
    expect(existsSync(opened.folder) ? entries(opened) : []).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
  });
});

describe('the size of an attachment', () => {
  it('is taken from the record', async () => {
    const opened = await openContents();
    const source = await opened.attach('text');
    await opened.contentRequests();
    expect(await opened.contents.sizeOf(source)).toBe(4);
    expect(await opened.contentRequests()).toEqual([]);
  });

  it.each(['a text', ''])(
    'is requested once, without the content, if the record has none: %j',
    async (text) => {
      const opened = await openContents();
      const source = withoutSize(await opened.attach(text));
      await opened.contentRequests();
      expect(await opened.contents.sizeOf(source)).toBe(text.length);
      expect(await opened.contents.sizeOf(source)).toBe(text.length);
      expect(await ranges(opened)).toEqual(['bytes=0-0']);
    },
  );

  it('is that of the cached file if there is one', async () => {
    const opened = await openContents();
    const source = withoutSize(await opened.attach('text'));
    await textOf(opened.contents, source);
    await opened.contentRequests();
    expect(await opened.contents.sizeOf(source)).toBe(4);
    expect(await opened.contentRequests()).toEqual([]);
  });
});

function withoutSize(source: ContentSource): ContentSource {
  const { size, ...attachment } = source.attachment;
  return { ...source, attachment };
}

function contentFile(opened: OpenedContents): string {
  const [file = ''] = filesIn(opened.folder).filter((name) => path.basename(name) === 'content');
  return path.join(opened.folder, file);
}

/** Makes everything in the cache look used so many seconds earlier. */
function ageAll(opened: OpenedContents, seconds: number): void {
  for (const file of filesIn(opened.folder)) age(path.join(opened.folder, file), seconds);
}

function age(file: string, seconds: number): void {
  const time = statSync(file).mtimeMs / 1000 - seconds;
  utimesSync(file, time, time);
}
