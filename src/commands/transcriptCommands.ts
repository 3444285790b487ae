import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { numberText, plural } from '../display/language';
import { titleText } from '../display/transcript/entryText';
import { jsonTranscript } from '../display/transcript/jsonTranscript';
import { markdownTranscript } from '../display/transcript/markdownTranscript';
import { plainTextTranscript } from '../display/transcript/plainTextTranscript';
import { transcript, type TranscriptFormat } from '../display/transcript/transcript';
import { pickOne, showInformation, showStatus, withCancellableProgress } from '../display/window';
import { Command } from '../ids';
import type { Account, Accounts } from '../mailbox/accounts';
import { safeFileName } from '../mailbox/safeFileName';
import { readExcerpt, type ExcerptOptions } from '../mailbox/excerpt';
import { creationTime, otherPartyKey } from '../mailbox/message';
import type { MailboxViews } from '../tree/mailboxViews';
import { isNode } from '../tree/nodes';
import type { Viewers } from '../viewers/viewers';
import type { Excerpt } from '../viewers/viewerSource';
import type { CommandRegistry } from './commandRegistry';
import { conversationIn, pickConversation } from './conversationCommands';
import { messagesOf } from './messageCommands';
import { pickMessages, targetsOf, type Target } from './targets';
import { writeInParts } from './writeInParts';

/** Below this it is done before a notification could be read. */
const PROGRESS_FROM = 500;

/** Leaves room for what a file dialog may add. */
const NAME_LENGTH = 100;

/** What is to be written down. */
interface Chosen {
  readonly account: Account;
  /** Oldest first. Never empty. */
  readonly ids: readonly string[];
  /** Whether they are with several others, and no conversation. */
  readonly isMixed: boolean;
}

/** What a command takes: the conversation of what it is called for, or just what it is called for. */
type Extent = 'conversation' | 'messages';

/** Taking conversations and other messages out of VS Code, whole or in part. */
export function registerTranscriptCommands(
  commands: CommandRegistry,
  accounts: Accounts,
  views: MailboxViews,
  viewers: Viewers,
): void {
  /** Called by a row, by a page with its excerpt, or from the palette: for the conversation in front, else for the selection. */
  const chooseConversation = async (args: readonly unknown[], title: string): Promise<Chosen | undefined> => {
    const [given] = args;
    const excerpt = isExcerpt(given) ? given : isNode(given) ? undefined : viewers.activeConversation;
    if (excerpt) return chosenOf(excerpt, accounts);
    const targets = targetsOf(args, views, 'messages');
    const conversation =
      (targets && conversationIn(targets)) ?? (await pickConversation(accounts, views, title));
    return (
      conversation &&
      chosenOf(
        { accountId: conversation.account.id, conversationId: conversation.conversationId, deleted: false },
        accounts,
      )
    );
  };

  /** Exactly the messages that are selected, or that the selected groups hold. */
  const chooseMessages = async (args: readonly unknown[], title: string): Promise<Chosen | undefined> => {
    const targets =
      targetsOf(args, views, 'messages') ??
      (await pickMessages(title, accounts, views, { view: 'messages' }));
    const [target, ...others] = targets ?? [];
    if (others.length > 0) {
      void showInformation(vscode.l10n.t('Select messages of a single account.'));
      return undefined;
    }
    return target && { account: target.account, ids: oldestFirst(target), isMixed: isMixed(target) };
  };

  const choose = (extent: Extent, args: readonly unknown[], title: string): Promise<Chosen | undefined> =>
    extent === 'conversation' ? chooseConversation(args, title) : chooseMessages(args, title);

  const copy = async (extent: Extent, args: readonly unknown[], title: string): Promise<void> => {
    const chosen = await choose(extent, args, title);
    const format = chosen && (await pickFormat(title));
    if (!format) return;
    await withProgress(vscode.l10n.t('Copying messages'), chosen, async (options) => {
      let text = '';
      for await (const part of written(chosen, format, options)) text += part;
      await vscode.env.clipboard.writeText(text);
    });
    showStatus('check', copiedText(chosen.ids.length), 5_000);
  };
  commands.registerForRows(Command.CopyConversation, (...args) =>
    copy('conversation', args, vscode.l10n.t('Copy Conversation As…')),
  );
  commands.registerForRows(Command.CopyMessages, (...args) =>
    copy('messages', args, vscode.l10n.t('Copy Messages As…')),
  );

  const exportIt = async (extent: Extent, args: readonly unknown[], title: string): Promise<void> => {
    const chosen = await choose(extent, args, title);
    const format = chosen && (await pickFormat(title));
    if (!format) return;
    const target = await vscode.window.showSaveDialog({
      title,
      defaultUri: vscode.Uri.joinPath(defaultFolder(), fileName(chosen, format)),
    });
    if (!target) return;
    await withProgress(vscode.l10n.t('Exporting messages'), chosen, (options) =>
      writeInParts(target, written(chosen, format, options)),
    );
    const open = vscode.l10n.t('Open');
    void showInformation(vscode.l10n.t('Saved {0}.', path.posix.basename(target.path)), open).then((answer) =>
      answer === open ? vscode.commands.executeCommand('vscode.open', target) : undefined,
    );
  };
  commands.registerForRows(Command.ExportConversation, (...args) =>
    exportIt('conversation', args, vscode.l10n.t('Export Conversation…')),
  );
  commands.registerForRows(Command.ExportMessages, (...args) =>
    exportIt('messages', args, vscode.l10n.t('Export Messages…')),
  );
}

function oldestFirst(target: Target): readonly string[] {
  const time = new Map(messagesOf(target).map((message) => [message.id, creationTime(message)]));
  return target.ids.toSorted((one, other) => (time.get(one) ?? 0) - (time.get(other) ?? 0));
}

function isMixed(target: Target): boolean {
  return new Set(messagesOf(target).map(otherPartyKey)).size > 1;
}

function chosenOf(excerpt: Excerpt, accounts: Accounts): Chosen | undefined {
  const account = accounts.get(excerpt.accountId);
  if (!account) return undefined;
  const { conversationId, messageIds } = excerpt;
  const everything = account.mailbox.store
    .ids({
      availability: messageIds || excerpt.deleted ? 'AliveOrDeleted' : 'Alive',
      filter: { conversationId },
    })
    .reverse();
  const wanted = messageIds && new Set(messageIds);
  const ids = wanted ? everything.filter((id) => wanted.has(id)) : everything;
  return ids.length > 0 ? { account, ids, isMixed: false } : undefined;
}

function written(
  { account, ids, isMixed: mixed }: Chosen,
  format: TranscriptFormat,
  options: ExcerptOptions,
): AsyncGenerator<string> {
  return transcript(readExcerpt(account.mailbox, ids, options), format, mixed);
}

async function withProgress(
  title: string,
  { ids }: Chosen,
  task: (options: ExcerptOptions) => Promise<void>,
): Promise<void> {
  if (ids.length < PROGRESS_FROM) return task({});
  await withCancellableProgress(title, (signal, progress) => {
    let reported = 0;
    return task({
      signal,
      onProgress: (done, total) => {
        progress.report({
          increment: ((done - reported) / total) * 100,
          message: vscode.l10n.t('{0} of {1}', numberText(done), numberText(total)),
        });
        reported = done;
      },
    });
  });
}

async function pickFormat(title: string): Promise<TranscriptFormat | undefined> {
  const items = [
    {
      label: vscode.l10n.t('Markdown'),
      description: vscode.l10n.t('formatted, with names, days, and times'),
      format: markdownTranscript,
    },
    {
      label: vscode.l10n.t('Plain Text'),
      description: vscode.l10n.t('the same, without formatting'),
      format: plainTextTranscript,
    },
    {
      label: vscode.l10n.t('JSON'),
      description: vscode.l10n.t('for programs, with all available data'),
      format: jsonTranscript,
    },
  ];
  return (await pickOne(items, { title }))?.format;
}

function copiedText(count: number): string {
  return plural(count, {
    one: (number) => vscode.l10n.t('Copied {0} message.', number),
    other: (number) => vscode.l10n.t('Copied {0} messages.', number),
  });
}

function fileName({ account, ids, isMixed: mixed }: Chosen, { extension }: TranscriptFormat): string {
  const title = titleText(mixed ? undefined : account.mailbox.store.get(ids.at(-1) ?? ''));
  return `${safeFileName(title, NAME_LENGTH)}.${extension}`;
}

function defaultFolder(): vscode.Uri {
  return vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(os.homedir());
}

function isExcerpt(value: unknown): value is Excerpt {
  const { accountId, conversationId, messageIds, deleted } = (value ?? {}) as Partial<
    Record<keyof Excerpt, unknown>
  >;
  return (
    typeof accountId === 'string' &&
    typeof conversationId === 'string' &&
    typeof deleted === 'boolean' &&
    (messageIds === undefined ||
      (Array.isArray(messageIds) && messageIds.every((id) => typeof id === 'string')))
  );
}
