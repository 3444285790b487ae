import * as vscode from 'vscode';
import { showWarning, withCancellableProgress } from '../display/window';
import { Command } from '../ids';
import { attachmentFileName, programFileName } from '../mailbox/attachmentFileName';
import type { Accounts } from '../mailbox/accounts';
import type { AttachmentContents } from '../mailbox/content/attachmentContents';
import type { MailboxViews } from '../tree/mailboxViews';
import type { Viewers } from '../viewers/viewers';
import { attachmentFormat } from './attachmentFormat';
import { chooseAttachment, nameOf, type ChosenAttachment } from './chosenAttachment';
import type { CommandRegistry } from './commandRegistry';
import { markReadOnOpen, markReadOnPlay } from './markReadOnOpen';
import { inPercent, saveContent } from './saveContent';
import type { TemporaryFiles } from './temporaryFiles';

/** Opening attachments. */
export function registerAttachmentCommands(
  commands: CommandRegistry,
  accounts: Accounts,
  views: MailboxViews,
  viewers: Viewers,
  contents: AttachmentContents,
  temporaryFiles: TemporaryFiles,
  log: vscode.LogOutputChannel,
): void {
  commands.registerForRows(Command.OpenAttachment, async (...args) => {
    const chosen = await chooseAttachment(args, vscode.l10n.t('Open Attachment'), accounts, views);
    if (!chosen) return;
    const { account, message, attachment } = chosen;
    viewers.openMessage(account.id, message.id, { attachmentId: attachment.id });
    await markReadOnOpen(account.mailbox, message, log);
  });

  commands.registerForRows(Command.OpenAttachmentExternally, async (...args) => {
    const title = vscode.l10n.t('Open Attachment Externally');
    const chosen = await chooseAttachment(args, title, accounts, views);
    if (!chosen) return;
    const { account, message, attachment } = chosen;
    const format = await attachmentFormat(contents, chosen);
    const name = programFileName(message, attachment, format);
    if (name === undefined) {
      offerSaving(chosen, attachmentFileName(message, attachment, format));
      return;
    }
    const target = await temporaryFiles.place(name);
    await withCancellableProgress(vscode.l10n.t('Downloading {0}', name), (signal, progress) =>
      saveContent(contents, temporaryFiles, chosen, target, { signal, onProgress: inPercent(progress) }),
    );
    if (await vscode.env.openExternal(target)) await markReadOnPlay(account.mailbox, message, log);
    else offerSaving(chosen, name);
  });
}

function offerSaving({ account, message, attachment }: ChosenAttachment, name: string): void {
  const save = vscode.l10n.t('Save…');
  const text = vscode.l10n.t("{0} can't be opened in another program from here. Save it instead.", name);
  void showWarning(text, save).then((answer) => {
    if (answer === save)
      void vscode.commands.executeCommand(Command.SaveAttachment, nameOf(account, message, attachment));
  });
}
