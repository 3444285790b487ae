import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { showInformation } from '../display/window';
import { Command, FILE_SCHEME } from '../ids';
import { FreeNames } from '../mailbox/attachmentFileName';
import type { Accounts } from '../mailbox/accounts';
import type { AttachmentContents, ContentSource } from '../mailbox/content/attachmentContents';
import { creationTime, openableAttachments } from '../mailbox/message';
import type { MailboxViews } from '../tree/mailboxViews';
import { namesToSave } from './attachmentFormat';
import { chooseAttachment } from './chosenAttachment';
import type { CommandRegistry } from './commandRegistry';
import { messagesOf } from './messageCommands';
import { reportSaved } from './reportSaved';
import { saveAll } from './saveAll';
import { pickMessages, targetsOf, type Target } from './targets';
import type { TemporaryFiles } from './temporaryFiles';

/** Names a conversation where there is no row for it. */
export interface ConversationName {
  readonly accountId: string;
  readonly conversationId: string;
}

/** Saving attachments: one as a file, or all of what was chosen into a folder. */
export function registerSaveCommands(
  commands: CommandRegistry,
  accounts: Accounts,
  views: MailboxViews,
  contents: AttachmentContents,
  temporaryFiles: TemporaryFiles,
  log: vscode.LogOutputChannel,
): void {
  commands.registerForRows(Command.SaveAttachment, async (...args) => {
    const title = vscode.l10n.t('Save Attachment');
    const source = await chooseAttachment(args, title, accounts, views);
    if (!source) return;
    const [name = ''] = await namesToSave(contents, [source]);
    const target = await vscode.window.showSaveDialog({
      title,
      defaultUri: vscode.Uri.joinPath(defaultFolder(), name),
    });
    if (!target) return;
    await saveAndReport([{ source, target }], path.posix.basename(target.path));
  });

  commands.registerForRows(Command.SaveAttachments, async (...args) => {
    const title = vscode.l10n.t('Save Attachments');
    const targets =
      targetsIn(args[0], accounts) ??
      targetsOf(args, views, 'messages') ??
      (await pickMessages(title, accounts, views, { view: 'messages', filter: { hasAttachment: true } }));
    if (!targets) return;
    const sources = targets.flatMap(sourcesOf);
    if (sources.length === 0) {
      void showInformation(vscode.l10n.t('There are no attachments to save.'));
      return;
    }
    const [folder] =
      (await vscode.window.showOpenDialog({
        title,
        defaultUri: defaultFolder(),
        canSelectFiles: false,
        canSelectFolders: true,
        openLabel: vscode.l10n.t('Save Here'),
      })) ?? [];
    if (!folder) return;
    const names = new FreeNames((await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name));
    const wanted = await namesToSave(contents, sources);
    const jobs = sources.map((source, index) => {
      const name = names.take(wanted[index] ?? '');
      return { source, target: vscode.Uri.joinPath(folder, name) };
    });
    await saveAndReport(jobs, path.posix.basename(folder.path));
  });

  const saveAndReport = async (jobs: Parameters<typeof saveAll>[2], place: string): Promise<void> => {
    const outcome = await saveAll(contents, temporaryFiles, jobs);
    reportSaved(outcome, place, log, () => saveAndReport(outcome.unsaved, place));
  };
}

function sourcesOf(target: Target): ContentSource[] {
  const { account } = target;
  // Oldest first, so that of equal names the older ones have the smaller numbers.
  return messagesOf(target)
    .sort((one, other) => creationTime(one) - creationTime(other))
    .flatMap((message) =>
      openableAttachments(message).map((attachment) => ({ account, message, attachment })),
    );
}

function targetsIn(value: unknown, accounts: Accounts): readonly Target[] | undefined {
  if (!isConversationName(value)) return undefined;
  const account = accounts.get(value.accountId);
  const filter = { conversationId: value.conversationId };
  return (
    account && [{ account, ids: account.mailbox.store.ids({ availability: 'Alive', filter }), groups: [] }]
  );
}

function isConversationName(value: unknown): value is ConversationName {
  const { accountId, conversationId } = (value ?? {}) as Partial<Record<keyof ConversationName, unknown>>;
  return typeof accountId === 'string' && typeof conversationId === 'string';
}

function defaultFolder(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme !== FILE_SCHEME);
  return folder?.uri ?? vscode.Uri.file(os.homedir());
}
