import path from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { ApiError } from '../../../src/api/errors';
import type { Attachment, Message } from '../../../src/api/schema';
import { aMessage } from '../../builders/message';
import {
  contexts,
  env,
  FakePanel,
  informed,
  openedLinks,
  panels,
  serializers,
  showTab,
  UIKind,
} from './fakeVscode';
import {
  ACCOUNT,
  lastPanel,
  OTHER_ACCOUNT,
  recording,
  request,
  resetWindow,
  said,
  setUp,
} from './openViewers';

vi.mock('vscode', () => import('./fakeVscode'));

describe('Viewers', () => {
  const voicemail = aMessage({ type: 'VoiceMail', attachments: [recording] });
  const other = aMessage({ type: 'VoiceMail', attachments: [recording] });

  beforeEach(resetWindow);

  test('opens one tab for a message, named after the other party, and reveals it when it is opened again', () => {
    const { viewers } = setUp(voicemail);
    viewers.openMessage(ACCOUNT, voicemail.id);
    viewers.openMessage(ACCOUNT, voicemail.id, { preserveFocus: true });
    expect(panels).toHaveLength(1);
    expect(lastPanel().title).toBe('Ada Park');
    expect(lastPanel().iconPath?.dark.path).toBe('/extension/media/viewers/voicemail-dark.svg');
    expect(lastPanel().reveals).toEqual([true]);
  });

  test('has the page play a voicemail that is opened to be heard, once for each time', async () => {
    const { viewers } = setUp(voicemail, other);
    viewers.openMessage(ACCOUNT, voicemail.id, { play: true });
    const panel = lastPanel();
    panel.say({ kind: 'ready' });
    expect(await said(panel, 'start')).toMatchObject({ play: true });
    panel.posted.length = 0;
    panel.say({ kind: 'ready' });
    expect(await said(panel, 'start'), 'when VS Code has loaded the page anew').not.toHaveProperty('play');
    viewers.openMessage(ACCOUNT, voicemail.id, { play: true });
    expect(await said(panel, 'play'), 'when it is there already').toEqual({ kind: 'play' });
    panel.posted.length = 0;
    viewers.openMessage(ACCOUNT, other.id, { play: true });
    expect(await said(panel, 'start'), 'in a tab that is used again').toMatchObject({ play: true });
    panel.posted.length = 0;
    viewers.openMessage(ACCOUNT, voicemail.id);
    expect(await said(panel, 'start')).not.toHaveProperty('play');
  });

  test('has other tabs pause what they play when a voicemail is opened to be heard', async () => {
    const text = aMessage({ conversationId: '77' });
    const { viewers } = setUp(voicemail, other, text);
    const open = [
      () => viewers.openMessage(ACCOUNT, voicemail.id, { play: true }),
      () => viewers.openConversation(ACCOUNT, '77'),
      () => viewers.openMessage(ACCOUNT, other.id, { play: true }),
    ];
    for (const each of open) {
      each();
      viewers.keepOpen();
      lastPanel().say({ kind: 'ready' });
      await said(lastPanel(), 'start');
    }
    const pauses = (): number[] =>
      panels.map(
        ({ posted }) => posted.filter((message) => (message as { kind: string }).kind === 'pause').length,
      );
    expect(pauses()).toEqual([1, 1, 0]);
    open[0]?.();
    expect(pauses(), 'one that is open already').toEqual([1, 2, 1]);
    open[1]?.();
    expect(pauses(), 'a conversation plays nothing').toEqual([1, 2, 1]);
  });

  test('opens a new tab for a message whose tab was closed', () => {
    const { viewers } = setUp(voicemail);
    viewers.openMessage(ACCOUNT, voicemail.id);
    lastPanel().dispose();
    viewers.openMessage(ACCOUNT, voicemail.id);
    expect(panels).toHaveLength(2);
  });

  test('opens to the side in a tab of its own there, which is used again, as is the one in front', () => {
    const third = aMessage({ type: 'VoiceMail', attachments: [recording] });
    const { viewers } = setUp(voicemail, other, third);
    viewers.openMessage(ACCOUNT, voicemail.id);
    viewers.openMessage(ACCOUNT, other.id, { toSide: true, preserveFocus: true });
    expect(panels.map(({ viewColumn }) => viewColumn)).toEqual([1, 2]);
    viewers.openMessage(ACCOUNT, third.id, { toSide: true, preserveFocus: true });
    expect(panels, 'the tab at the side shows the next').toHaveLength(2);
    viewers.openMessage(ACCOUNT, other.id);
    expect(panels, 'the tab in front shows the next').toHaveLength(2);
    expect(panels.map(({ viewColumn }) => viewColumn)).toEqual([1, 2]);
  });

  test('opens another tab to the side once the one there is kept, and moves one that is open in front', () => {
    const third = aMessage({ type: 'VoiceMail', attachments: [recording] });
    const { viewers } = setUp(voicemail, other, third);
    viewers.openMessage(ACCOUNT, voicemail.id, { toSide: true });
    viewers.keepOpen();
    viewers.openMessage(ACCOUNT, other.id, { toSide: true });
    expect(panels).toHaveLength(2);
    viewers.keepOpen();
    viewers.openMessage(ACCOUNT, third.id);
    expect(lastPanel().viewColumn).toBe(1);
    viewers.openMessage(ACCOUNT, third.id, { toSide: true });
    expect(panels, 'a message is in one tab').toHaveLength(3);
    expect(lastPanel().viewColumn).toBe(2);
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

  test('says whether a tab in front shows a message, by itself or in its conversation', () => {
    const text = aMessage({ conversationId: '77' });
    const { viewers } = setUp(voicemail, text);
    expect(viewers.isShowing(ACCOUNT, voicemail)).toBe(false);
    viewers.openMessage(ACCOUNT, voicemail.id);
    expect(viewers.isShowing(ACCOUNT, voicemail)).toBe(true);
    expect(viewers.isShowing(OTHER_ACCOUNT, voicemail)).toBe(false);
    expect(viewers.isShowing(ACCOUNT, text)).toBe(false);
    viewers.openConversation(ACCOUNT, '77');
    // One that has only just come.
    expect(viewers.isShowing(ACCOUNT, aMessage({ conversationId: '77' }))).toBe(true);
    expect(viewers.isShowing(ACCOUNT, aMessage({ conversationId: '78' }))).toBe(false);
    lastPanel().visible = false;
    expect(viewers.isShowing(ACCOUNT, text)).toBe(false);
  });

  test('knows what the tab that is worked in shows, of a conversation the newest message', () => {
    const text = aMessage({ conversationId: '77' });
    const { viewers } = setUp(voicemail, text);
    expect(viewers.activeSubject).toBeUndefined();
    viewers.openMessage(ACCOUNT, voicemail.id);
    expect(viewers.activeSubject?.message()?.id).toBe(voicemail.id);
    viewers.openConversation(ACCOUNT, '77');
    lastPanel().active = true;
    expect(viewers.activeSubject?.message()?.id).toBe(text.id);
    expect(viewers.activeConversation?.conversationId).toBe('77');
    lastPanel().active = false;
    expect(viewers.activeSubject).toBeUndefined();
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

  test('tells the page of the only party that can be reached, and of none otherwise', async () => {
    const { viewers, source, changed } = setUp(voicemail);
    viewers.openMessage(ACCOUNT, voicemail.id);
    lastPanel().say({ kind: 'ready' });
    const start = (await said(lastPanel(), 'start')) as { view?: { message: object } };
    expect(start.view?.message).not.toHaveProperty('dialable');
    source.isDialable.mockReturnValue(true);
    changed.fire();
    expect(await said(lastPanel(), 'update')).toMatchObject({
      view: { message: { dialable: { messageId: voicemail.id, name: 'Ada Park' } } },
    });
  });

  test('replies to and calls the party of the message that the page is about, and of no other', () => {
    const { viewers, actions } = setUp(voicemail, other);
    viewers.openMessage(ACCOUNT, voicemail.id);
    for (const kind of ['reply', 'call'] as const) {
      lastPanel().say({ kind, messageId: other.id });
      lastPanel().say({ kind, messageId: 'unknown' });
      lastPanel().say({ kind, messageId: voicemail.id, number: '+4930123456' });
      expect(actions[kind].mock.calls).toEqual([[ACCOUNT, voicemail.id]]);
    }
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
      [0, 1, 2].map((id) => ({
        kind: 'failure',
        id,
        message: "Sentence: This action isn't available here.",
      })),
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

    test('lets a page report only its own message as played or heard', () => {
      const { panel, actions } = opened(nine);
      for (const kind of ['played', 'heard']) panel.say({ kind, messageId: eleven.id });
      expect(actions.played).not.toHaveBeenCalled();
      expect(actions.heard).not.toHaveBeenCalled();
      for (const kind of ['played', 'heard']) panel.say({ kind, messageId: nine.id });
      expect(actions.played.mock.calls).toEqual([[ACCOUNT, nine.id]]);
      expect(actions.heard.mock.calls).toEqual([[ACCOUNT, nine.id]]);
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
