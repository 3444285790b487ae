import * as vscode from 'vscode';
import { isMailboxError } from '../api/errors';
import { withCancellableProgress } from '../display/window';
import type { Format } from '../formats/mediaTypes';
import { attachmentFileName, declaredFormat, lacksEnding } from '../mailbox/attachmentFileName';
import type { AttachmentContents, ContentSource } from '../mailbox/content/attachmentContents';
import { inPercent } from './saveContent';

/**
 * The format of an attachment, for a file to get its ending. One whose record says nothing of it is downloaded first, which
 * the user sees and can cancel.
 * @throws MailboxError if it cannot be downloaded, CancelledError if the user cancels that
 */
export async function attachmentFormat(contents: AttachmentContents, source: ContentSource): Promise<Format> {
  const declared = declaredFormat(source.attachment);
  if (declared.type !== '') return declared;
  const name = attachmentFileName(source.message, source.attachment);
  return withCancellableProgress(vscode.l10n.t('Downloading {0}', name), (signal, progress) =>
    contents.format(source, { signal, onProgress: inPercent(progress) }),
  );
}

/**
 * Names to save attachments under, in their order; those without an ending get that of their format, if it can be found out.
 * @throws CancelledError if the user cancels that
 */
export async function namesToSave(
  contents: AttachmentContents,
  sources: readonly ContentSource[],
): Promise<readonly string[]> {
  const names: string[] = [];
  let isReachable = true;
  for (const source of sources) {
    const { message, attachment } = source;
    let format: Format | undefined;
    try {
      if (isReachable && lacksEnding(attachment)) format = await attachmentFormat(contents, source);
    } catch (error) {
      if (isMailboxError(error, 'cancelled')) throw error;
      // Saving it fails for the same reason, and says so.
      isReachable = false;
    }
    names.push(attachmentFileName(message, attachment, format));
  }
  return names;
}
