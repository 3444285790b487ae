import * as vscode from 'vscode';
import { markReadOnOpen } from './commands/markReadOnOpen';
import { reportFailures } from './commands/runAction';
import type { Connection } from './connection';
import { Command } from './ids';
import type { ViewerActions } from './viewers/viewerSource';

/** Does what the viewers' pages want, in the current mailbox. */
export function mailboxViewerActions(connection: Connection, log: vscode.LogOutputChannel): ViewerActions {
  const execute = async (command: Command, ...args: string[]): Promise<void> => {
    await vscode.commands.executeCommand(command, ...args);
  };
  return {
    save: (messageId, attachmentId) => execute(Command.SaveAttachment, messageId, attachmentId),
    openExternally: (messageId, attachmentId) =>
      execute(Command.OpenAttachmentExternally, messageId, attachmentId),
    shown: async (messageId) => {
      const { mailbox } = connection;
      const message = mailbox?.store.get(messageId);
      if (mailbox && message) await markReadOnOpen(mailbox, [message], log);
    },
    heard: async (messageId) => {
      const { mailbox } = connection;
      if (mailbox) reportFailures(await mailbox.actions.setReadStatus([messageId], 'Read'), log);
    },
  };
}
