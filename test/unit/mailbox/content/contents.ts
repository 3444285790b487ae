import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { LoggedRequest } from '../../../../src/emulator/requestLog';
import { AttachmentCache } from '../../../../src/mailbox/content/attachmentCache';
import { AttachmentContents, type ContentSource } from '../../../../src/mailbox/content/attachmentContents';
import type { Mailbox } from '../../../../src/mailbox/mailbox';
import type { EmulatorAdmin } from '../../../builders/emulatorAdmin';
import type { NetworkGate } from '../networkGate';
import { openEmulatedMailbox, synchronize } from '../openEmulator';
import { IN_MEMORY } from '../stores';

export interface OpenedContents {
  readonly mailbox: Mailbox;
  readonly admin: EmulatorAdmin;
  readonly network: NetworkGate;
  /** Where the cache is. */
  readonly folder: string;
  readonly contents: AttachmentContents;
  readonly cache: AttachmentCache;
  /** Of another window, with the same cache. */
  openAnother(limit?: number): { readonly contents: AttachmentContents; readonly cache: AttachmentCache };
  /** Delivers a message with an attachment of this content, and synchronizes. */
  attach(
    content: string | { file: string },
    fields?: Readonly<Record<string, unknown>>,
  ): Promise<ContentSource>;
  /** Requests for contents since the last call, oldest first. */
  contentRequests(): Promise<readonly LoggedRequest[]>;
}

/** The contents of an emulated mailbox's attachments, with a cache of so many bytes. */
export async function openContents({
  limit = 1_000_000,
  accountId = 'me@example.test',
  sample = false,
} = {}): Promise<OpenedContents> {
  const { mailbox, admin, network } = await openEmulatedMailbox(IN_MEMORY, { messages: 0, impatient: true });
  const parent = mkdtempSync(path.join(tmpdir(), 'mailbox-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const folder = path.join(parent, 'attachments');
  const openAnother: OpenedContents['openAnother'] = (itsLimit = limit) => {
    const cache = new AttachmentCache(
      folder,
      () => itsLimit,
      (error) => {
        throw error;
      },
    );
    return { cache, contents: new AttachmentContents(cache, () => Promise.resolve()) };
  };
  return {
    mailbox,
    admin,
    network,
    folder,
    openAnother,
    ...openAnother(),
    attach: async (content, fields = {}) => {
      const given = typeof content === 'string' ? { text: content } : content;
      const { id } = await admin.deliver({
        attachments: [{ type: 'MmsAttachment', contentType: 'text/plain', ...given, ...fields }],
      });
      await synchronize(mailbox);
      return sourceOf(mailbox, String(id), accountId, sample);
    },
    contentRequests: async () => {
      const requests = (await admin.requests()).filter(({ path }) => path.includes('/content/'));
      await admin.resetRequests();
      return requests;
    },
  };
}

export function sourceOf(
  mailbox: Mailbox,
  messageId: string,
  accountId = 'me@example.test',
  sample = false,
): ContentSource {
  const message = mailbox.store.get(messageId);
  const attachment = message?.attachments[0];
  if (!message || !attachment) throw new Error('There is no such attachment');
  return { account: { id: accountId, sample, mailbox }, message, attachment };
}

export async function textOf(contents: AttachmentContents, source: ContentSource): Promise<string> {
  return Buffer.from(await contents.read(source)).toString();
}

/** Text of so many bytes of which no part is like another. */
export function longText(bytes: number): string {
  return randomBytes(Math.ceil(bytes / 2))
    .toString('hex')
    .slice(0, bytes);
}

/** Paths of everything in a folder and below, relative to it; empty if there is no such folder. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(path.join(folder, file)).isFile())
    .sort();
}

export function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
