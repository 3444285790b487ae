import { cpSync, mkdtempSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { projectRoot } from '../workbench/paths';

/** A folder of its own with the sample mailbox's media and some of the fixtures, for an emulator to serve; to be removed. */
export function mediaFolder(...fixtures: readonly string[]): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mailbox-media-'));
  for (const source of ['media/sample', ...fixtures.map((name) => `test/fixtures/${name}`)])
    cpSync(path.join(projectRoot, source), folder, { recursive: true });
  return folder;
}
