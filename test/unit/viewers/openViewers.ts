import { mkdtempSync, rmSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type * as vscode from 'vscode';
import { expect, onTestFinished, vi } from 'vitest';
import type { Attachment, Message } from '../../../src/api/schema';
import { Emitter } from '../../../src/util/emitter';
import type { Content } from '../../../src/viewers/protocol';
import type { PlaceContent } from '../../../src/viewers/viewerSource';
import { MemoryMessageStore } from '../../../src/mailbox/store/memoryMessageStore';
import { Viewers } from '../../../src/viewers/viewers';
import { FakeMemento } from '../../fakes/memento';
import { closeTabs, type FakePanel, informed, openedLinks, panels, Uri } from './fakeVscode';

export const ACCOUNT = '101@platform.example.com';
export const OTHER_ACCOUNT = '102@platform.example.com';

export const recording: Attachment = {
  id: 'a1',
  type: 'AudioRecording',
  contentType: 'audio/wav',
  fileName: 'a.wav',
};

/** Viewers of these messages, in an editor that is not there. */
export function setUp(...messages: Message[]) {
  const store = new MemoryMessageStore();
  store.apply({ put: messages });
  const changed = new Emitter<void>();
  const warnings: string[] = [];
  const source = {
    message: (account: string, id: string) => (account === ACCOUNT ? store.get(id) : undefined),
    messages: (account: string) => (account === ACCOUNT ? store : undefined),
    revision: 1,
    isDialable: vi.fn((_account: string, _message: Message) => false),
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
    played: vi.fn(),
    heard: vi.fn(),
    reply: vi.fn(),
    call: vi.fn(),
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

export function lastPanel(): FakePanel {
  const panel = panels.at(-1);
  if (!panel) throw new Error('No panel was opened.');
  return panel;
}

/** Waits for the panel's next message of a kind. */
export async function said(panel: FakePanel, kind: string): Promise<Record<string, unknown>> {
  await expect.poll(() => panel.posted.map((message) => message.kind)).toContain(kind);
  return panel.posted.findLast((message) => message.kind === kind) ?? {};
}

/** A content that comes from a stream. */
export function contentFrom(stream: Readable): Parameters<PlaceContent>[1] {
  return { file: { createReadStream: () => stream } as unknown as FileHandle, size: 5 };
}

export function request(
  panel: FakePanel,
  messageId: string,
  attachmentId: string,
  kind = 'readContent',
): void {
  panel.say({ kind: 'request', id: 1, request: { kind, messageId, attachmentId } });
}

/** Closes what earlier tests have opened. */
export function resetWindow(): void {
  panels.length = 0;
  openedLinks.length = 0;
  closeTabs();
  informed.length = 0;
}
