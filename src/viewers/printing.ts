import * as vscode from 'vscode';
import { showInformation } from '../display/window';
import type { AttachmentRef } from './protocol';
import type { ViewerActions } from './viewerSource';

/**
 * Leads to paper. VS Code lets no webview print (its frames may not open dialogs), and an extension cannot reach a
 * printer. On a desktop, the program that the computer has for such files can print; it is opened, after a word about
 * what happens. In a browser, or where the extension runs on another machine, only a saved file gets to a printer.
 */
export function printThere(actions: ViewerActions, accountId: string, attachment: AttachmentRef): void {
  const { messageId, attachmentId } = attachment;
  const save = vscode.l10n.t('Save…');
  const open = vscode.l10n.t('Open');
  const local = vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
  const question = showInformation(
    local
      ? vscode.l10n.t("VS Code can't print. Open the document in another program and print it from there.")
      : vscode.l10n.t("VS Code can't print. Save the document and print it from another program."),
    ...(local ? [open, save] : [save]),
  );
  // The page is not kept waiting for the answer, which may never come.
  void question.then((answer) => {
    if (answer === open) return actions.openExternally(accountId, messageId, attachmentId);
    if (answer === save) return actions.save(accountId, messageId, attachmentId);
    return undefined;
  });
}
