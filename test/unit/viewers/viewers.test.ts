import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import type * as vscode from 'vscode';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { ApiError } from '../../../src/api/errors';
import type { Attachment, Message } from '../../../src/api/schema';
import { Emitter } from '../../../src/util/emitter';
import type { Content } from '../../../src/viewers/protocol';
import type { PlaceContent } from '../../../src/viewers/viewerSource';
import { MemoryMessageStore } from '../../../src/mailbox/store/memoryMessageStore';
import { Viewers } from '../../../src/viewers/viewers';
import { aMessage } from '../../builders/message';
import { FakeMemento } from '../../fakes/memento';
import {
  closeTabs,
  contexts,
  env,
  FakePanel,
  informed,
  openedLinks,
  panels,
  serializers,
  showTab,
  UIKind,
  Uri,
} from './fakeVscode';

vi.mock('vscode', () => import('./fakeVscode'));

const ACCOUNT = '101@platform.example.com';
const OTHER_ACCOUNT = '102@platform.example.com';

const recording: Attachment = {
  id: 'a1',
  type: 'AudioRecording',
  contentType: 'audio/wav',
  fileName: 'a.wav',
};

function setUp(...messages: Message[]) {
  const store = new MemoryMessageStore();
  store.apply({ put: messages });
  const changed = new Emitter<void>();
  const warnings: string[] = [];
  const source = {
    message: (account: string, id: string) => (account === ACCOUNT ? store.get(id) : undefined),
    messages: (account: string) => (account === ACCOUNT ? store : undefined),
    revision: 1,
    readContent: vi.fn(
      (
        _account: string,
        _message: string,
        _attachment: string,
        _signal: AbortSignal,
        _place: PlaceContent,
      ): Promise<Content> =>
        Promise.resolve({
          bytes: Buffer.from('sound'),
          contentType: 'audio/wav',
          fileName: 'a.wav',
        }),
    ),
    unreadVoicemails: (account: string) =>
      account === ACCOUNT
        ? store
            .ids({ availability: 'Alive', filter: { types: ['VoiceMail'], readStatus: 'Unread' } })
            .reverse()
        : [],
    onDidChange: changed.event,
    settled: vi.fn((_account: string) => true),
  };
  const actions = {
    save: vi.fn(),
    openExternally: vi.fn(),
    shown: vi.fn(),
    heard: vi.fn(),
    change: vi.fn(),
    copyText: vi.fn(),
    copyConversation: vi.fn(),
    exportConversation: vi.fn(),
  };
  const memento = new FakeMemento();
  const log = { warn: (line: string) => warnings.push(line) } as unknown as vscode.LogOutputChannel;
  const filesFolder = path.join(mkdtempSync(path.join(tmpdir(), 'mailbox-')), 'window');
  onTestFinished(() => rmSync(path.dirname(filesFolder), { recursive: true, force: true }));
  const viewers = new Viewers(
    new Uri('/extension') as unknown as vscode.Uri,
    source,
    log,
    actions,
    (error) => `Sentence: ${(error as Error).message}`,
    memento as vscode.Memento,
    new Uri(filesFolder) as unknown as vscode.Uri,
  );
  const change = (message: Message): void => {
    store.apply({ put: [message] });
    source.revision += 1;
    changed.fire();
  };
  const remove = (id: string): void => {
    store.apply({ remove: [id] });
    source.revision += 1;
    changed.fire();
  };
  return { viewers, source, actions, warnings, change, remove, changed, filesFolder };
}

function lastPanel(): FakePanel {
  const panel = panels.at(-1);
  if (!panel) throw new Error('No panel was opened.');
  return panel;
}

/** Waits for the panel's next message of a kind. */
async function said(panel: FakePanel, kind: string): Promise<Record<string, unknown>> {
  await expect.poll(() => panel.posted.map((message) => message.kind)).toContain(kind);
  return panel.posted.findLast((message) => message.kind === kind) ?? {};
}

/** A content that comes from a stream. */
function contentFrom(stream: Readable): Parameters<PlaceContent>[1] {
  return { file: { createReadStream: () => stream } as unknown as FileHandle, size: 5 };
}

function request(panel: FakePanel, messageId: string, attachmentId: string, kind = 'readContent'): void {
  panel.say({ kind: 'request', id: 1, request: { kind, messageId, attachmentId } });
}

describe('Viewers', () => {
  const voicemail = aMessage({ type: 'VoiceMail', attachments: [recording] });
  const other = aMessage({ type: 'VoiceMail', attachments: [recording] });

  beforeEach(() => {
    panels.length = 0;
    openedLinks.length = 0;
    closeTabs();
    informed.length = 0;
  });

  test('opens one tab for a message, named after the other party, and reveals it when it is opened again', () => {
    const { viewers } = setUp(voicemail);
    viewers.openMessage(ACCOUNT, voicemail.id);
    viewers.openMessage(ACCOUNT, voicemail.id, { preserveFocus: true });
    expect(panels).toHaveLength(1);
    expect(lastPanel().title).toBe('Ada Park');
    expect(lastPanel().iconPath?.dark.path).toBe('/extension/media/viewers/voicemail-dark.svg');
    expect(lastPanel().reveals).toEqual([true]);
  });

  test('opens a new tab for a message whose tab was closed', () => {
    const { viewers } = setUp(voicemail);
    viewers.openMessage(ACCOUNT, voicemail.id);
    lastPanel().dispose();
    viewers.openMessage(ACCOUNT, voicemail.id);
    expect(panels).toHaveLength(2);
  });

  test('lets a page load files only from the bundles, the pictures and a folder of its own', () => {
    const { viewers, filesFolder } = setUp(voicemail, other);
    const own = [voicemail, other].map(({ id }) => {
      viewers.openMessage(ACCOUNT, id);
      viewers.keepOpen();
      const [code, media, folder, ...more] = lastPanel().options.localResourceRoots.map((root) => root.path);
      expect([code, media, ...more]).toEqual(['/extension/dist/webview', '/extension/media']);
      return folder ?? '';
    });
    expect(own.map((folder) => path.dirname(folder))).toEqual([filesFolder, filesFolder]);
    expect(own[0]).not.toBe(own[1]);
  });

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

  test('sends the message when the page is ready, and then each change of it', async () => {
    const { viewers, change, remove } = setUp(voicemail);
    viewers.openMessage(ACCOUNT, voicemail.id);
    const panel = lastPanel();
    change({ ...voicemail, priority: 'High' });
    expect(panel.posted, 'before the page listens').toEqual([]);
    panel.say({ kind: 'ready' });
    expect(await said(panel, 'start')).toMatchObject({
      view: { kind: 'message', message: { party: 'Ada Park', badges: [{ kind: 'urgent' }] } },
    });
    change({ ...voicemail, priority: 'High' });
    expect(panel.posted, 'nothing new').toHaveLength(1);
    change({ ...voicemail, priority: 'Normal' });
    expect(await said(panel, 'update')).toMatchObject({ view: { message: { badges: [] } } });
    remove(voicemail.id);
    expect(await said(panel, 'update')).toEqual({ kind: 'update', view: { kind: 'gone' } });
    expect(panel.title).toBe('Ada Park');
  });

  test('sends the bytes of an attachment without the rest of their buffer', async () => {
    const { viewers, source } = setUp(voicemail);
    const pool = Buffer.from('secretsound');
    source.readContent.mockResolvedValue({
      bytes: pool.subarray(6),
      contentType: 'audio/wav',
      fileName: 'a.wav',
    });
    viewers.openMessage(ACCOUNT, voicemail.id);
    request(lastPanel(), voicemail.id, 'a1');
    const { content } = (await said(lastPanel(), 'answer')) as { content: { bytes: Uint8Array } };
    expect(content.bytes.constructor).toBe(Uint8Array);
    expect(content.bytes.buffer.byteLength).toBe(5);
    expect(new TextDecoder().decode(content.bytes)).toBe('sound');
  });

  test('answers with a sentence why an attachment cannot be read', async () => {
    const { viewers, source } = setUp(voicemail);
    source.readContent.mockRejectedValue(new Error('still being rendered'));
    viewers.openMessage(ACCOUNT, voicemail.id);
    request(lastPanel(), voicemail.id, 'a1');
    expect(await said(lastPanel(), 'failure')).toMatchObject({ message: 'Sentence: still being rendered' });
  });

  test('aborts reading when the tab is closed', () => {
    const { viewers, source } = setUp(voicemail);
    source.readContent.mockReturnValue(new Promise(() => undefined));
    viewers.openMessage(ACCOUNT, voicemail.id);
    request(lastPanel(), voicemail.id, 'a1');
    const signal = source.readContent.mock.calls[0]?.[3];
    expect(signal?.aborted).toBe(false);
    lastPanel().dispose();
    expect(signal?.aborted).toBe(true);
  });

  test('refuses a page the attachments of other messages', async () => {
    const { viewers, source, actions } = setUp(voicemail, other);
    viewers.openMessage(ACCOUNT, voicemail.id);
    request(lastPanel(), other.id, 'a1');
    await said(lastPanel(), 'failure');
    request(lastPanel(), other.id, 'a1', 'save');
    await expect.poll(() => lastPanel().posted).toHaveLength(2);
    expect(source.readContent).not.toHaveBeenCalled();
    expect(actions.save).not.toHaveBeenCalled();
  });

  test('saves an attachment or opens it externally at the request of the page', async () => {
    const { viewers, actions } = setUp(voicemail);
    viewers.openMessage(ACCOUNT, voicemail.id);
    request(lastPanel(), voicemail.id, 'a1', 'save');
    await said(lastPanel(), 'answer');
    expect(actions.save).toHaveBeenCalledWith(ACCOUNT, voicemail.id, 'a1');
    request(lastPanel(), voicemail.id, 'a1', 'openExternally');
    await expect.poll(() => actions.openExternally).toHaveBeenCalledWith(ACCOUNT, voicemail.id, 'a1');
  });

  test('opens links exactly as they are written, and ignores and logs invalid ones', () => {
    const { viewers, warnings } = setUp(voicemail);
    viewers.openMessage(ACCOUNT, voicemail.id);
    lastPanel().say({ kind: 'openLink', href: 'https://example.com/?a=%26' });
    lastPanel().say({ kind: 'openLink', href: 'command:workbench.action.quit' });
    expect(openedLinks).toEqual(['https://example.com/?a=%26']);
    expect(warnings).toHaveLength(1);
  });

  test('answers invalid requests with a failure, so that the page does not wait for ever', async () => {
    const { viewers, actions } = setUp(voicemail);
    viewers.openMessage(ACCOUNT, voicemail.id);
    const attachment = { messageId: voicemail.id, attachmentId: 'a1' };
    for (const [id, asked] of [{ kind: 'format', ...attachment }, { kind: 'save' }, undefined].entries())
      lastPanel().say({ kind: 'request', id, request: asked });
    await expect.poll(() => lastPanel().posted).toHaveLength(3);
    expect(lastPanel().posted).toEqual(
      [0, 1, 2].map((id) => ({ kind: 'failure', id, message: 'Sentence: This cannot be done here.' })),
    );
    expect(actions.save).not.toHaveBeenCalled();
  });

  test('reveals the requested attachment', async () => {
    const { viewers } = setUp(voicemail);
    viewers.openMessage(ACCOUNT, voicemail.id, { attachmentId: 'a1' });
    const panel = lastPanel();
    panel.say({ kind: 'ready' });
    expect(await said(panel, 'start')).toMatchObject({ target: 'a1' });
    viewers.openMessage(ACCOUNT, voicemail.id, { attachmentId: 'a1' });
    expect(await said(panel, 'reveal')).toEqual({ kind: 'reveal', target: 'a1' });
  });

  test('shows a conversation, and opens only its own attachments, in another tab', async () => {
    const photo: Attachment = { id: 'p', type: 'MmsAttachment', contentType: 'image/png' };
    const first = aMessage({ conversationId: '8234962969801171948', subject: 'Hello' });
    const second = aMessage({ conversationId: '8234962969801171948', subject: '', attachments: [photo] });
    const { viewers } = setUp(first, second, voicemail);
    viewers.openConversation(ACCOUNT, '8234962969801171948', { messageId: first.id });
    const panel = lastPanel();
    panel.say({ kind: 'ready' });
    expect(await said(panel, 'start')).toMatchObject({
      target: first.id,
      view: {
        kind: 'conversation',
        conversation: { alive: 2, deleted: 0, newest: { messageId: second.id } },
      },
    });
    panel.say({ kind: 'openAttachment', messageId: voicemail.id, attachmentId: 'a1' });
    expect(panels, 'a message of another conversation').toHaveLength(1);
    panel.say({ kind: 'openAttachment', messageId: second.id, attachmentId: 'p' });
    expect(panels).toHaveLength(2);
  });

  describe('the tab of a message', () => {
    const other = aMessage({ type: 'Fax', from: { name: 'Ed Type' } });
    const text = aMessage({ conversationId: '1' });

    const listening = (): FakePanel => {
      lastPanel().say({ kind: 'ready' });
      return lastPanel();
    };

    test('shows the next message or conversation', () => {
      const { viewers, change } = setUp(voicemail, other, text);
      viewers.openMessage(ACCOUNT, voicemail.id);
      const panel = listening();
      viewers.openMessage(ACCOUNT, other.id, { preserveFocus: true });
      expect(panels).toHaveLength(1);
      expect(panel.title).toBe('Ed Type');
      expect(panel.iconPath?.dark.path).toContain('fax-dark');
      expect(panel.reveals).toEqual([true]);
      expect(panel.posted.at(-1)).toMatchObject({
        kind: 'start',
        subject: { kind: 'message', messageId: other.id },
        view: { message: { id: other.id } },
      });
      viewers.openConversation(ACCOUNT, '1', { messageId: text.id });
      expect(panels).toHaveLength(1);
      expect(panel.webview.html).toContain('/webview/conversation.js');
      const before = panel.posted.length;
      change({ ...text, priority: 'High' });
      expect(panel.posted, 'the page of conversations does not listen yet').toHaveLength(before);
      panel.say({ kind: 'ready' });
      expect(panel.posted.at(-1)).toMatchObject({
        kind: 'start',
        target: text.id,
        view: { kind: 'conversation' },
      });
      viewers.openMessage(ACCOUNT, voicemail.id);
      expect(panel.webview.html).toContain('/webview/viewer.js');
      panel.say({ kind: 'ready' });
      expect(panel.posted.at(-1)).toMatchObject({ kind: 'start', view: { message: { id: voicemail.id } } });
    });

    test('lets its page request only the new message, and aborts reading the old one', async () => {
      const { viewers, source } = setUp(voicemail, other);
      source.readContent.mockReturnValue(new Promise(() => undefined));
      viewers.openMessage(ACCOUNT, voicemail.id);
      const panel = listening();
      request(panel, voicemail.id, 'a1');
      viewers.openMessage(ACCOUNT, other.id);
      expect(source.readContent.mock.calls[0]?.[3].aborted).toBe(true);
      request(panel, voicemail.id, 'a1');
      await said(panel, 'failure');
      expect(source.readContent).toHaveBeenCalledTimes(1);
    });

    test('is not reused after it is kept open', async () => {
      const { viewers } = setUp(voicemail, other);
      viewers.openMessage(ACCOUNT, voicemail.id);
      const panel = listening();
      expect(contexts.get('ringcentralMailbox.reusable')).toBe(true);
      viewers.keepOpen();
      expect(contexts.get('ringcentralMailbox.reusable')).toBe(false);
      expect(await said(panel, 'kept')).toEqual({ kind: 'kept' });
      viewers.openMessage(ACCOUNT, other.id);
      expect(panels).toHaveLength(2);
      expect(panel.title).toBe('Ada Park');
      viewers.openMessage(ACCOUNT, voicemail.id);
      expect(panel.reveals).toHaveLength(1);
    });

    test.each([
      ['is not reused if it is pinned', { isPinned: true }, 2],
      ['is reused although a tab with another title is pinned', { isPinned: true, label: 'Ed Type' }, 1],
      ['is reused although a tab in another group is pinned', { isPinned: true, viewColumn: 2 }, 1],
      [
        'is reused although a tab of another extension is pinned',
        { isPinned: true, viewType: 'markdown.preview' },
        1,
      ],
    ])('%s', (_name, tab, count) => {
      const { viewers } = setUp(voicemail, other);
      viewers.openMessage(ACCOUNT, voicemail.id);
      showTab({ label: 'Ada Park', viewColumn: 1, viewType: 'main-ringcentralMailbox.viewer', ...tab });
      expect(contexts.get('ringcentralMailbox.reusable')).toBe(count === 1);
      viewers.openMessage(ACCOUNT, other.id);
      expect(panels).toHaveLength(count);
    });

    test('is kept open only if it is active', () => {
      const { viewers } = setUp(voicemail, other);
      viewers.openMessage(ACCOUNT, voicemail.id);
      lastPanel().setActive(false);
      expect(contexts.get('ringcentralMailbox.reusable')).toBe(false);
      viewers.keepOpen();
      viewers.openMessage(ACCOUNT, other.id);
      expect(panels).toHaveLength(1);
    });
  });

  describe('going through unread voicemails', () => {
    const at = (hour: number, fields: Partial<Message> = {}): Message =>
      aMessage({
        type: 'VoiceMail',
        creationTime: `2026-03-01T${String(hour).padStart(2, '0')}:00:00Z`,
        attachments: [recording],
        ...fields,
      });
    const nine = at(9);
    const ten = at(10, { readStatus: 'Read' });
    const eleven = at(11);
    const twelve = at(12);
    const shownIn = (panel: FakePanel): unknown =>
      panel.posted.findLast(({ kind }) => kind === 'start')?.subject;
    const message = ({ id }: Message): unknown => ({ kind: 'message', accountId: ACCOUNT, messageId: id });

    const opened = (subject: Message) => {
      const parts = setUp(nine, ten, eleven, twelve);
      parts.viewers.openMessage(ACCOUNT, subject.id);
      const panel = lastPanel();
      panel.say({ kind: 'ready' });
      return { ...parts, panel };
    };

    test('follows their time in the same tab, and marks each shown one as read', () => {
      const { panel, actions } = opened(ten);
      panel.say({ kind: 'openVoicemail', direction: 'next', through: false });
      expect(shownIn(panel)).toEqual(message(eleven));
      panel.say({ kind: 'openVoicemail', direction: 'previous', through: false });
      expect(shownIn(panel)).toEqual(message(nine));
      panel.say({ kind: 'openVoicemail', direction: 'previous', through: false });
      expect(shownIn(panel), 'before the first is the last').toEqual(message(twelve));
      expect(actions.shown.mock.calls).toEqual([eleven, nine, twelve].map(({ id }) => [ACCOUNT, id]));
      expect(panels).toHaveLength(1);
    });

    test('sends the page how many others are unread', async () => {
      const { panel, change } = opened(nine);
      expect(await said(panel, 'start')).toMatchObject({ view: { message: { otherUnread: 2 } } });
      change({ ...twelve, readStatus: 'Read' });
      expect(await said(panel, 'update')).toMatchObject({ view: { message: { otherUnread: 1 } } });
    });

    test('plays each once, even if none is marked as read, until none is left', () => {
      const { panel, actions } = opened(ten);
      const seen: unknown[] = [];
      for (let current: Message | undefined = ten; current;) {
        panel.say({ kind: 'heard', messageId: current.id });
        panel.say({ kind: 'openVoicemail', direction: 'next', through: true });
        const next = shownIn(panel);
        current = [nine, eleven, twelve].find(
          (each) => JSON.stringify(message(each)) === JSON.stringify(next),
        );
        if (panel.posted.at(-1)?.kind === 'noVoicemail') break;
        seen.push(next);
      }
      expect(seen).toEqual([message(eleven), message(twelve), message(nine)]);
      expect(actions.heard.mock.calls).toEqual([ten, eleven, twelve, nine].map(({ id }) => [ACCOUNT, id]));
      expect(actions.shown, 'marked when heard, not when shown').not.toHaveBeenCalled();
      expect(panel.posted.filter(({ kind, through }) => kind === 'start' && through)).toHaveLength(3);
    });

    test('does not return to one that was not played to its end', () => {
      const { panel } = opened(nine);
      for (const next of [eleven, twelve]) {
        panel.say({ kind: 'openVoicemail', direction: 'next', through: true });
        expect(shownIn(panel)).toEqual(message(next));
      }
      panel.say({ kind: 'heard', messageId: twelve.id });
      panel.say({ kind: 'openVoicemail', direction: 'next', through: true });
      expect(panel.posted.at(-1)).toEqual({ kind: 'noVoicemail' });
    });

    test('lets a page report only its own message as heard', () => {
      const { panel, actions } = opened(nine);
      panel.say({ kind: 'heard', messageId: eleven.id });
      expect(actions.heard).not.toHaveBeenCalled();
    });
  });

  test('remembers the sound settings and ignores invalid ones', async () => {
    const { viewers } = setUp(voicemail);
    viewers.openMessage(ACCOUNT, voicemail.id);
    const sound = { volume: 0.5, muted: false, rate: 1.5, skipSilence: true };
    lastPanel().say({ kind: 'remember', change: { what: 'sound', sound } });
    lastPanel().say({ kind: 'remember', change: { what: 'sound', sound: { ...sound, rate: 40 } } });
    lastPanel().dispose();
    viewers.openMessage(ACCOUNT, voicemail.id);
    lastPanel().say({ kind: 'ready' });
    expect(await said(lastPanel(), 'start')).toMatchObject({ memory: { sound } });
  });

  describe('with a conversation', () => {
    const conversationId = '8234962969801171948';
    const read = aMessage({ conversationId, readStatus: 'Read' });
    const unread = aMessage({ conversationId });
    const deleted = aMessage({ conversationId, availability: 'Deleted' });
    const elsewhere = aMessage({ conversationId: '5' });

    function ask(panel: FakePanel, id: number, asked: object): void {
      panel.say({ kind: 'request', id, request: asked });
    }

    test('sends the requested part', async () => {
      const { viewers } = setUp(read, unread, deleted, elsewhere);
      viewers.openConversation(ACCOUNT, conversationId);
      ask(lastPanel(), 1, { kind: 'readPart', place: { kind: 'end' }, before: 9, after: 0, deleted: true });
      expect(await said(lastPanel(), 'answer')).toMatchObject({
        conversation: {
          kind: 'part',
          total: 3,
          bubbles: [{ messageId: read.id }, { messageId: unread.id }, { messageId: deleted.id }],
        },
      });
    });

    test('counts messages as shown that the page has seen, except those of another conversation', () => {
      const { viewers, actions } = setUp(read, unread, elsewhere);
      viewers.openConversation(ACCOUNT, conversationId);
      lastPanel().say({ kind: 'seen', messageIds: [unread.id, elsewhere.id, 'unknown'] });
      expect(actions.shown.mock.calls).toEqual([[ACCOUNT, unread.id]]);
    });

    test('changes exactly the named messages of the conversation, and refuses a change of none', async () => {
      const { viewers, actions } = setUp(read, unread, deleted, elsewhere);
      viewers.openConversation(ACCOUNT, conversationId);
      ask(lastPanel(), 1, { kind: 'change', change: 'delete', messageIds: [read.id, elsewhere.id] });
      expect(await said(lastPanel(), 'answer')).toEqual({ kind: 'answer', id: 1 });
      expect(actions.change.mock.calls).toEqual([[ACCOUNT, 'delete', [read.id]]]);
      ask(lastPanel(), 2, { kind: 'change', change: 'delete', messageIds: [elsewhere.id] });
      expect(await said(lastPanel(), 'failure')).toMatchObject({ id: 2 });
      ask(lastPanel(), 3, { kind: 'change', change: 'delete', messageIds: [] });
      await expect.poll(() => lastPanel().posted.at(-1)).toMatchObject({ kind: 'failure', id: 3 });
      expect(actions.change).toHaveBeenCalledTimes(1);
    });

    test('exports the selected messages, or copies all', async () => {
      const { viewers, actions } = setUp(read, unread, elsewhere);
      viewers.openConversation(ACCOUNT, conversationId);
      const messageIds = [read.id, elsewhere.id];
      ask(lastPanel(), 1, { kind: 'export', messageIds, deleted: false });
      ask(lastPanel(), 2, { kind: 'copyAs', deleted: true });
      await expect.poll(() => actions.copyConversation).toHaveBeenCalled();
      const whole = { accountId: ACCOUNT, conversationId };
      expect(actions.exportConversation.mock.calls).toEqual([
        [{ ...whole, messageIds: [read.id], deleted: false }],
      ]);
      expect(actions.copyConversation.mock.calls).toEqual([[{ ...whole, deleted: true }]]);
    });

    test('refuses requests for a conversation from the page of a message', async () => {
      const { viewers, actions } = setUp(read, voicemail);
      viewers.openMessage(ACCOUNT, voicemail.id);
      ask(lastPanel(), 1, { kind: 'change', change: 'delete', messageIds: [voicemail.id] });
      expect(await said(lastPanel(), 'failure')).toMatchObject({ id: 1 });
      expect(actions.change).not.toHaveBeenCalled();
    });

    test('keeps what was unread when it was opened, and determines it again when it is opened again', async () => {
      const { viewers, change } = setUp(read, unread);
      viewers.openConversation(ACCOUNT, conversationId);
      change({ ...unread, readStatus: 'Read' });
      lastPanel().say({ kind: 'ready' });
      expect(await said(lastPanel(), 'start')).toMatchObject({
        view: { conversation: { unread: { count: 1, messageId: unread.id } } },
      });
      const next = aMessage({ conversationId });
      change(next);
      viewers.openConversation(ACCOUNT, conversationId);
      expect(await said(lastPanel(), 'update')).toMatchObject({
        view: { conversation: { unread: { count: 1, messageId: next.id } } },
      });
    });

    test('sends a new revision after each change', async () => {
      const { viewers, change } = setUp(read, unread);
      viewers.openConversation(ACCOUNT, conversationId);
      lastPanel().say({ kind: 'ready' });
      change({ ...read, messageStatus: 'Delivered' });
      expect(await said(lastPanel(), 'update')).toMatchObject({ view: { conversation: { revision: 2 } } });
    });

    test('shows it while only deleted messages are left, and reports it as gone without any', async () => {
      const { viewers, remove } = setUp(deleted);
      viewers.openConversation(ACCOUNT, conversationId);
      lastPanel().say({ kind: 'ready' });
      expect(await said(lastPanel(), 'start')).toMatchObject({
        view: { conversation: { title: 'Ada Park', alive: 0, deleted: 1 } },
      });
      remove(deleted.id);
      expect(await said(lastPanel(), 'update')).toEqual({ kind: 'update', view: { kind: 'gone' } });
    });
  });

  test('closes every tab when it is disposed', () => {
    const { viewers } = setUp(voicemail);
    viewers.openMessage(ACCOUNT, voicemail.id);
    viewers.dispose();
    expect(lastPanel().isDisposed).toBe(true);
  });

  const document: Attachment = {
    id: 'd1',
    type: 'RenderedDocument',
    contentType: 'image/tiff',
    fileName: 'fax.tif',
  };
  const fax = aMessage({ type: 'Fax', attachments: [document] });

  test('answers that a fax is still being rendered', async () => {
    const { viewers, source } = setUp(fax);
    source.readContent.mockRejectedValue(new ApiError({ status: 503, errorCode: 'MSG-368' }));
    viewers.openMessage(ACCOUNT, fax.id);
    request(lastPanel(), fax.id, 'd1');
    expect(await said(lastPanel(), 'failure')).toMatchObject({ rendering: true });
  });

  test('remembers rotation, inversion and thumbnails of documents for the next page', async () => {
    const { viewers } = setUp(fax);
    viewers.openMessage(ACCOUNT, fax.id);
    for (const change of [
      { what: 'rotation', attachmentId: 'd1', rotation: 90 },
      { what: 'inverted', theme: 'dark', on: true },
      { what: 'thumbnails', on: false },
    ])
      lastPanel().say({ kind: 'remember', change });
    lastPanel().dispose();
    viewers.openMessage(ACCOUNT, fax.id);
    lastPanel().say({ kind: 'ready' });
    expect(await said(lastPanel(), 'start')).toMatchObject({
      memory: { documents: { rotations: { d1: 90 }, inverted: ['dark'], thumbnails: false } },
    });
    lastPanel().say({ kind: 'remember', change: { what: 'rotation', attachmentId: 'd1', rotation: 0 } });
    lastPanel().say({ kind: 'ready' });
    await expect
      .poll(() => lastPanel().posted.at(-1))
      .toMatchObject({
        kind: 'start',
        memory: { documents: { rotations: {} } },
      });
  });

  test('does not apply a rotation to a document of another account with the same id', async () => {
    const { viewers } = setUp(fax);
    viewers.openMessage(ACCOUNT, fax.id);
    const change = { what: 'rotation', attachmentId: 'd1', rotation: 90 };
    lastPanel().say({ kind: 'remember', change });
    viewers.openMessage(OTHER_ACCOUNT, fax.id);
    lastPanel().say({ kind: 'ready' });
    expect(await said(lastPanel(), 'start')).toMatchObject({ memory: { documents: { rotations: {} } } });
  });

  describe('after a restart', () => {
    const restore = async (state: unknown): Promise<FakePanel> => {
      const panel = new FakePanel('kept title', { localResourceRoots: [], enableScripts: true });
      await serializers.get('ringcentralMailbox.viewer')?.deserializeWebviewPanel(panel, state);
      return panel;
    };

    test('restores a tab with its message', async () => {
      const { viewers } = setUp(fax);
      viewers.openMessage(ACCOUNT, fax.id);
      lastPanel().say({ kind: 'ready' });
      const { subject } = await said(lastPanel(), 'start');
      lastPanel().dispose();
      const panel = await restore({ subject, anything: 'else' });
      panel.say({ kind: 'ready' });
      expect(await said(panel, 'start')).toMatchObject({
        view: { kind: 'message', message: { id: fax.id } },
      });
      expect(panel.webview.options.localResourceRoots).toHaveLength(3);
      viewers.openMessage(ACCOUNT, fax.id);
      expect(panel.reveals, 'the tab that is there is the one for the message').toHaveLength(1);
    });

    test('reports a message as gone once the mailbox is complete without it', async () => {
      const { source, change } = setUp();
      source.settled.mockReturnValue(false);
      const panel = await restore({ subject: { kind: 'message', accountId: ACCOUNT, messageId: fax.id } });
      panel.say({ kind: 'ready' });
      expect(panel.posted, 'while the message may still be fetched').toEqual([]);
      source.settled.mockReturnValue(true);
      change(voicemail);
      expect(await said(panel, 'start')).toMatchObject({ view: { kind: 'gone' } });
    });

    test('keeps a tab open that was kept open before', async () => {
      const other = aMessage({ type: 'Fax' });
      const { viewers } = setUp(voicemail, other);
      const panel = await restore({
        subject: { kind: 'message', accountId: ACCOUNT, messageId: voicemail.id },
        kept: true,
      });
      panel.say({ kind: 'ready' });
      expect(await said(panel, 'start')).toMatchObject({ kept: true });
      viewers.openMessage(ACCOUNT, other.id);
      expect(panel.title).toBe('kept title');
      expect(panels).toHaveLength(1);
    });

    test('does not show a message of another account with the same id', async () => {
      setUp(fax);
      const panel = await restore({
        subject: { kind: 'message', accountId: OTHER_ACCOUNT, messageId: fax.id },
      });
      panel.say({ kind: 'ready' });
      expect(await said(panel, 'start')).toMatchObject({ view: { kind: 'gone' } });
    });

    test('closes a tab without a valid state', async () => {
      setUp(fax);
      expect((await restore({ subject: { kind: 'message', messageId: fax.id } })).isDisposed).toBe(true);
      expect((await restore(undefined)).isDisposed).toBe(true);
      expect(
        (await restore({ subject: { kind: 'message', accountId: ACCOUNT, messageId: 7 } })).isDisposed,
      ).toBe(true);
    });

    test('shows a message that is fetched later, and nothing until then', async () => {
      const { source, change } = setUp();
      source.settled.mockReturnValue(false);
      const panel = await restore({ subject: { kind: 'message', accountId: ACCOUNT, messageId: fax.id } });
      panel.say({ kind: 'ready' });
      expect(panel.posted, 'the page goes on saying that it loads').toEqual([]);
      change(fax);
      expect(await said(panel, 'start')).toMatchObject({ view: { kind: 'message' } });
      expect(panel.iconPath?.dark.path).toContain('fax-dark');
    });
  });

  describe('printing a document', () => {
    test('opens it in another program on the desktop', async () => {
      const { viewers, actions } = setUp(fax);
      viewers.openMessage(ACCOUNT, fax.id);
      request(lastPanel(), fax.id, 'd1', 'print');
      await said(lastPanel(), 'answer');
      await expect.poll(() => actions.openExternally).toHaveBeenCalledWith(ACCOUNT, fax.id, 'd1');
      expect(informed[0]?.choices).toEqual(['Open', 'Save…']);
    });

    test.each([
      ['in a browser', { uiKind: UIKind.Web, remoteName: undefined }],
      ['on another machine', { uiKind: UIKind.Desktop, remoteName: 'ssh-remote' }],
    ])('offers to save it %s', async (_where, place) => {
      const before = { uiKind: env.uiKind, remoteName: env.remoteName };
      Object.assign(env, place);
      try {
        const { viewers, actions } = setUp(fax);
        viewers.openMessage(ACCOUNT, fax.id);
        request(lastPanel(), fax.id, 'd1', 'print');
        await said(lastPanel(), 'answer');
        await expect.poll(() => actions.save).toHaveBeenCalledWith(ACCOUNT, fax.id, 'd1');
        expect(informed[0]?.choices).toEqual(['Save…']);
      } finally {
        Object.assign(env, before);
      }
    });
  });
});
