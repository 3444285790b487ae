import { rename, rm } from 'node:fs/promises';
import * as vscode from 'vscode';
import { throwIfCancelled } from '../api/cancellation';
import type {
  AttachmentContents,
  ContentOptions,
  ContentSource,
} from '../mailbox/content/attachmentContents';
import { writeContent, type Content } from '../mailbox/content/content';
import { partialOf, removeIfThere } from './partialFile';
import type { TemporaryFiles } from './temporaryFiles';

/**
 * Writes an attachment to `target`, whatever is there before: beside it first, so that half a file is never under the final
 * name, and nothing is left when it fails.
 * @throws MailboxError if it cannot be downloaded, CancelledError if the signal is aborted
 * @throws Error of the file system
 */
export async function saveContent(
  contents: AttachmentContents,
  temporaryFiles: TemporaryFiles,
  source: ContentSource,
  target: vscode.Uri,
  options: ContentOptions,
): Promise<void> {
  await contents.use(
    source,
    async (content) => {
      if (target.scheme === 'file') await writeBeside(content, target, options.signal);
      else await copyElsewhere(content, temporaryFiles, target, options.signal);
    },
    options,
  );
}

/** Tells a progress of percents what a download says in bytes. */
export function inPercent(
  progress: vscode.Progress<{ increment?: number }>,
): (received: number, total: number | undefined) => void {
  let reported = 0;
  return (received, total) => {
    if (!total) return;
    const percent = (received / total) * 100;
    progress.report({ increment: percent - reported });
    reported = percent;
  };
}

async function writeBeside(
  content: Content,
  target: vscode.Uri,
  signal: AbortSignal | undefined,
): Promise<void> {
  const partial = partialOf(target).fsPath;
  try {
    // It belongs to whoever saves it, and is as private as their other files. It is on the disk before it has its name.
    await writeContent(content, partial);
    throwIfCancelled(signal);
    await rename(partial, target.fsPath);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** To where only VS Code can write. It takes the file as it is, piece by piece where it can. */
async function copyElsewhere(
  content: Content,
  temporaryFiles: TemporaryFiles,
  target: vscode.Uri,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { fs } = vscode.workspace;
  const here = await temporaryFiles.place('content');
  const partial = partialOf(target);
  try {
    await writeBeside(content, here, signal);
    await fs.copy(here, partial);
    throwIfCancelled(signal);
    await fs.rename(partial, target, { overwrite: true });
  } catch (error) {
    await removeIfThere(partial);
    throw error;
  } finally {
    await removeIfThere(here);
  }
}
