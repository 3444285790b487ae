import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as vscode from 'vscode';
import { partialOf, removeIfThere } from './partialFile';

/**
 * Writes a text as it comes, whatever is at `target` before. It is written beside it first, under a name that nothing else
 * has, and is on the disk before it has its own, so that half a file is never under the final name, and no other file is
 * touched; of a failed one nothing is left.
 */
export async function writeInParts(target: vscode.Uri, parts: AsyncIterable<string>): Promise<void> {
  const partial = partialOf(target);
  try {
    await write(partial, parts);
    await vscode.workspace.fs.rename(partial, target, { overwrite: true });
  } catch (error) {
    await removeIfThere(partial);
    throw error;
  }
}

/** Only this computer's files can be written bit by bit; other file systems of VS Code take a file as a whole. */
async function write(file: vscode.Uri, parts: AsyncIterable<string>): Promise<void> {
  if (file.scheme === 'file') {
    await pipeline(Readable.from(parts), createWriteStream(file.fsPath, { flags: 'wx', flush: true }));
    return;
  }
  const chunks: Uint8Array[] = [];
  for await (const part of parts) chunks.push(Buffer.from(part));
  await vscode.workspace.fs.writeFile(file, Buffer.concat(chunks));
}
