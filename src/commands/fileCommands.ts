import * as vscode from 'vscode';
import { pickOne } from '../display/window';
import { Command, FILE_SCHEME } from '../ids';
import type { Accounts } from '../mailbox/accounts';
import { filePath } from '../mailbox/files/mailboxPath';
import { JSON_RECORD, MARKDOWN, mainFiles, type MessageFile } from '../mailbox/files/messageFiles';
import type { MailboxViews } from '../tree/mailboxViews';
import type { CommandRegistry } from './commandRegistry';
import { markReadOnOpen, markReadOnPlay } from './markReadOnOpen';
import { messageOf, pickMessage, type ChosenMessage } from './targets';

/** Opening messages as files, in the editors that VS Code and other extensions have for them. */
export function registerFileCommands(
  commands: CommandRegistry,
  accounts: Accounts,
  views: MailboxViews,
  log: vscode.LogOutputChannel,
): void {
  const choose = async ([row]: readonly unknown[], title: string): Promise<ChosenMessage | undefined> =>
    messageOf(row, views, 'messages') ?? (await pickMessage(title, accounts, views, { view: 'messages' }));

  commands.registerForRows(Command.OpenAsMarkdown, async (...args) => {
    const chosen = await choose(args, vscode.l10n.t('Open as Markdown'));
    if (!chosen) return;
    await vscode.commands.executeCommand('vscode.open', uriOf(chosen, MARKDOWN));
    await markReadOnOpen(chosen.account.mailbox, chosen.message, log);
  });

  commands.registerForRows(Command.OpenRawRecord, async (...args) => {
    const chosen = await choose(args, vscode.l10n.t('Open as JSON'));
    if (chosen) await vscode.commands.executeCommand('vscode.open', uriOf(chosen, JSON_RECORD));
  });

  commands.registerForRows(Command.OpenWith, async (...args) => {
    const title = vscode.l10n.t('Open With Another Editor');
    const chosen = await choose(args, title);
    const file = chosen && (await pickFile(title, chosen));
    if (!file) return;
    // VS Code asks with which editor. Its own command by the API wants to be told.
    await vscode.commands.executeCommand('explorer.openWith', uriOf(chosen, file));
    const { account, message } = chosen;
    await markReadOnOpen(account.mailbox, message, log);
    // Whether that editor plays the recording, nobody is told.
    if (file !== MARKDOWN) await markReadOnPlay(account.mailbox, message, log);
  });
}

function uriOf({ account, message }: ChosenMessage, { name }: MessageFile): vscode.Uri {
  return vscode.Uri.from({ scheme: FILE_SCHEME, path: filePath(account, message, name) });
}

/** What is attached, else the message as it reads. */
async function pickFile(title: string, { message }: ChosenMessage): Promise<MessageFile | undefined> {
  const files = mainFiles(message);
  if (files.length <= 1) return files[0];
  const items = [...files, MARKDOWN].map((file) => ({ label: file.name, file }));
  return (await pickOne(items, { title }))?.file;
}
