import * as vscode from 'vscode';
import { FILE_SCHEME } from '../ids';
import { filePath } from '../mailbox/files/mailboxPath';
import { mainFiles } from '../mailbox/files/messageFiles';
import type { MessageNode, Node } from './nodes';

const URI_LIST = 'text/uri-list';

/**
 * Lets messages be dragged out of a view: into an editor, or wherever files can be dropped. What is dragged are addresses;
 * whoever opens one has the content fetched then.
 */
export const fileDrag: vscode.TreeDragAndDropController<Node> = {
  dragMimeTypes: [URI_LIST],
  dropMimeTypes: [],
  handleDrag(source, dataTransfer) {
    const uris = source.filter((node) => node.kind === 'message').flatMap(fileUris);
    if (uris.length > 0) dataTransfer.set(URI_LIST, new vscode.DataTransferItem(uris.join('\r\n')));
  },
};

/** The files that a message is worth. */
export function fileUris({ account, message }: Pick<MessageNode, 'account' | 'message'>): vscode.Uri[] {
  return mainFiles(message).map(({ name }) =>
    vscode.Uri.from({ scheme: FILE_SCHEME, path: filePath(account, message, name) }),
  );
}
