import * as vscode from 'vscode';
import { isMailboxError } from '../api/errors';
import { numberText } from '../display/language';
import { withCancellableProgress } from '../display/window';
import type { AttachmentContents, ContentSource } from '../mailbox/content/attachmentContents';
import { inPercent, saveContent } from './saveContent';
import type { TemporaryFiles } from './temporaryFiles';

/** One attachment, and where it is to be. */
export interface SaveJob {
  readonly source: ContentSource;
  readonly target: vscode.Uri;
}

export interface SaveOutcome {
  readonly saved: readonly SaveJob[];
  /** Those that failed, and those that were not tried because they would have failed likewise, or were cancelled. */
  readonly unsaved: readonly SaveJob[];
  /** Why the first one failed; undefined if all were saved. */
  readonly error?: unknown;
}

/** Saves attachments one after the other, with progress and cancel. What is saved by then stays, whatever happens. */
export async function saveAll(
  contents: AttachmentContents,
  temporaryFiles: TemporaryFiles,
  jobs: readonly SaveJob[],
): Promise<SaveOutcome> {
  const [first] = jobs;
  if (!first) return { saved: [], unsaved: [] };
  const isOne = jobs.length === 1;
  const title = isOne
    ? vscode.l10n.t('Downloading {0}', fileName(first))
    : vscode.l10n.t('Saving {0} attachments', numberText(jobs.length));
  return withCancellableProgress(title, async (signal, progress) => {
    const saved: SaveJob[] = [];
    const unsaved: SaveJob[] = [];
    let reason: { readonly error: unknown } | undefined;
    for (const [index, job] of jobs.entries()) {
      if (reason && stopsAll(reason.error)) {
        unsaved.push(job);
        continue;
      }
      if (!isOne)
        progress.report({ message: vscode.l10n.t('{0} of {1}: {2}', index + 1, jobs.length, fileName(job)) });
      try {
        const onProgress = isOne ? inPercent(progress) : undefined;
        await saveContent(contents, temporaryFiles, job.source, job.target, { signal, onProgress });
        saved.push(job);
      } catch (error) {
        unsaved.push(job);
        // The one that stopped all is what the user wants to know of.
        reason = reason && !stopsAll(error) ? reason : { error };
      }
      if (!isOne) progress.report({ increment: 100 / jobs.length });
    }
    return { saved, unsaved, ...reason };
  });
}

export function fileName({ target }: SaveJob): string {
  return target.path.slice(target.path.lastIndexOf('/') + 1);
}

/** Whether what comes next would fail for the same reason. */
function stopsAll(error: unknown): boolean {
  const kinds = [
    'cancelled',
    'network',
    'signInRequired',
    'unauthorized',
    'appPermission',
    'userPermission',
  ] as const;
  const codes = ['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'NoPermissions'];
  return (
    kinds.some((kind) => isMailboxError(error, kind)) ||
    codes.includes((error as NodeJS.ErrnoException | undefined)?.code ?? '')
  );
}
