import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Attachment, Message } from '../api/schema';
import { withCancellableProgress } from '../display/cancellableProgress';
import { attachmentName } from '../display/messageText';
import { Command } from '../ids';
import { readAttachment } from '../mailbox/attachmentContent';
import { attachmentFileName, programFileName } from '../mailbox/attachmentFileName';
import type { Account, Accounts } from '../mailbox/accounts';
import { openableAttachments } from '../mailbox/message';
import type { MailboxViews } from '../tree/mailboxViews';
import type { Viewers } from '../viewers/viewers';
import type { CommandRegistry } from './commandRegistry';
import { markReadOnOpen } from './markReadOnOpen';
import { messageOf, pickMessage, type ChosenMessage } from './targets';
import type { TemporaryFiles } from './temporaryFiles';

interface Chosen extends ChosenMessage {
  readonly attachment: Attachment;
}

/** Names an attachment where there is no row for it. */
interface AttachmentName {
  readonly accountId: string;
  readonly messageId: string;
  readonly attachmentId: string;
}

/** Opening and saving attachments. */
export function registerAttachmentCommands(
  commands: CommandRegistry,
  accounts: Accounts,
  views: MailboxViews,
  viewers: Viewers,
  temporaryFiles: TemporaryFiles,
  log: vscode.LogOutputChannel,
): void {
  const named = ({ accountId, messageId, attachmentId }: AttachmentName): Chosen | undefined => {
    const account = accounts.get(accountId);
    const message = account?.mailbox.store.get(messageId);
    const attachment = message?.attachments.find(({ id }) => id === attachmentId);
    return account && message && attachment && { account, message, attachment };
  };

  /** Called by a row, by a viewer with the attachment's name, or from the palette. */
  const choose = async ([target]: readonly unknown[], title: string): Promise<Chosen | undefined> => {
    if (isAttachmentName(target)) return named(target);
    const chosen =
      messageOf(target, views, 'messages') ??
      (await pickMessage(title, accounts, views, { view: 'messages', filter: { hasAttachment: true } }));
    const attachment = chosen && (await pickAttachment(title, chosen.message));
    return attachment && { ...chosen, attachment };
  };

  commands.registerForRows(Command.OpenAttachment, async (...args) => {
    const chosen = await choose(args, vscode.l10n.t('Open Attachment'));
    if (!chosen) return;
    const { account, message, attachment } = chosen;
    viewers.openMessage(account.id, message.id, { attachmentId: attachment.id });
    await markReadOnOpen(account.mailbox, message, log);
  });

  commands.registerForRows(Command.SaveAttachment, async (...args) => {
    const title = vscode.l10n.t('Save Attachment');
    const chosen = await choose(args, title);
    if (!chosen) return;
    const name = attachmentFileName(chosen.message, chosen.attachment);
    const target = await vscode.window.showSaveDialog({
      title,
      defaultUri: vscode.Uri.joinPath(defaultFolder(), name),
    });
    if (!target) return;
    await writeAttachment(chosen, target);
    const open = vscode.l10n.t('Open Externally');
    void vscode.window
      .showInformationMessage(vscode.l10n.t('Saved {0}.', path.posix.basename(target.path)), open)
      .then((answer) => (answer === open ? vscode.env.openExternal(target) : undefined));
  });

  commands.registerForRows(Command.OpenAttachmentExternally, async (...args) => {
    const chosen = await choose(args, vscode.l10n.t('Open Attachment Externally'));
    if (!chosen) return;
    const name = programFileName(chosen.message, chosen.attachment);
    if (name === undefined) {
      offerSaving(chosen, attachmentFileName(chosen.message, chosen.attachment));
      return;
    }
    const target = await temporaryFiles.place(name);
    await writeAttachment(chosen, target);
    if (!(await vscode.env.openExternal(target))) offerSaving(chosen, name);
  });
}

function offerSaving({ account, message, attachment }: Chosen, name: string): void {
  const save = vscode.l10n.t('Save…');
  const text = vscode.l10n.t('{0} is not opened with another program from here. Save it instead.', name);
  void vscode.window.showWarningMessage(text, save).then((answer) => {
    if (answer === save)
      void vscode.commands.executeCommand(Command.SaveAttachment, nameOf(account, message, attachment));
  });
}

function nameOf(account: Account, message: Message, attachment: Attachment): AttachmentName {
  return { accountId: account.id, messageId: message.id, attachmentId: attachment.id };
}

function isAttachmentName(value: unknown): value is AttachmentName {
  const { accountId, messageId, attachmentId } = (value ?? {}) as Partial<
    Record<keyof AttachmentName, unknown>
  >;
  return [accountId, messageId, attachmentId].every((id) => typeof id === 'string');
}

async function pickAttachment(title: string, message: Message): Promise<Attachment | undefined> {
  const attachments = openableAttachments(message);
  if (attachments.length <= 1) return attachments[0];
  const items = attachments.map((attachment) => ({
    label: attachmentName(attachment),
    description: attachment.contentType ?? '',
    attachment,
  }));
  return (await vscode.window.showQuickPick(items, { title }))?.attachment;
}

function defaultFolder(): vscode.Uri {
  return vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(os.homedir());
}

/** Writes beside the target first, so that an interruption never leaves half a file under the final name. */
async function writeAttachment({ account, message, attachment }: Chosen, target: vscode.Uri): Promise<void> {
  const title = vscode.l10n.t('Downloading {0}', attachmentFileName(message, attachment));
  await withCancellableProgress(title, async (signal, progress) => {
    const partial = target.with({ path: `${target.path}.part` });
    try {
      const bytes = await readAttachment(account.mailbox.api, attachment, signal, (received) => {
        if (attachment.size) progress.report({ increment: (received / attachment.size) * 100 });
      });
      await vscode.workspace.fs.writeFile(partial, bytes);
      await vscode.workspace.fs.rename(partial, target, { overwrite: true });
    } catch (error) {
      await removeIfThere(partial);
      throw error;
    }
  });
}

async function removeIfThere(file: vscode.Uri): Promise<void> {
  try {
    await vscode.workspace.fs.delete(file);
  } catch (error) {
    if (!(error instanceof vscode.FileSystemError && error.code === 'FileNotFound')) throw error;
  }
}
