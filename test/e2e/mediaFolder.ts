import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { projectRoot } from '../workbench/paths';

const folders: string[] = [];

process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/**
 * A new folder with the sample mailbox's media and some of the fixtures, for emulators to serve. It goes with the process, and no
 * sooner: a worker may come back to a file whose tests seemed to have ended.
 */
export function mediaFolder(...fixtures: readonly string[]): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mailbox-media-'));
  folders.push(folder);
  for (const source of ['media/sample', ...fixtures.map((name) => `test/fixtures/${name}`)])
    cpSync(path.join(projectRoot, source), folder, { recursive: true });
  return folder;
}
