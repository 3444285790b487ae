import { mkdir } from 'node:fs/promises';
import * as path from 'node:path';
import { npmCommand } from './npm';
import { projectRoot } from './paths';
import { run, runNode } from './run';

/** Set by whoever runs several suites at once, and has built everything before: a suite must not build under another. */
export const BUILT = 'MAILBOX_TEST_BUILT';

/** Builds what a suite needs, unless that is done; see esbuild.js for the names. */
export async function build(...bundles: readonly string[]): Promise<void> {
  if (process.env[BUILT] !== '1') await runNode(['esbuild.js', ...bundles], projectRoot);
}

/** Builds the extension as it is shipped and packages it, unless that is done. */
export async function buildPackage(vsix: string): Promise<void> {
  if (process.env[BUILT] === '1') return;
  await mkdir(path.dirname(vsix), { recursive: true });
  const { command, args } = npmCommand(['run', '--silent', 'package', '--', '--out', vsix]);
  await run(command, args, projectRoot);
}
