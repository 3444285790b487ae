import { randomUUID } from 'node:crypto';
import * as path from 'node:path';
import * as vscode from 'vscode';

/** Where a file is written first that is to be at `target`: beside it, under a name that nothing else has. */
export function partialOf(target: vscode.Uri): vscode.Uri {
  return target.with({ path: path.posix.join(path.posix.dirname(target.path), `.${randomUUID()}.part`) });
}

/** @throws Error of the file system */
export async function removeIfThere(file: vscode.Uri): Promise<void> {
  try {
    await vscode.workspace.fs.delete(file);
  } catch (error) {
    if (!(error instanceof vscode.FileSystemError && error.code === 'FileNotFound')) throw error;
  }
}
