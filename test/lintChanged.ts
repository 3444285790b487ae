/**
 * `npm run test:changed`: oxlint and oxfmt on the files that differ from the main branch, or on all files if git cannot
 * tell which do or if the settings of the tools have changed. Nothing is cached, because a file's lint depends on the types
 * of other files; for the same reason, a change can break the lint of an unchanged file, which only `npm run test:lint` finds.
 */
import * as path from 'node:path';
import { changedFiles } from './changedFiles';
import { projectRoot } from './workbench/paths';
import { runNode } from './workbench/run';

/** A change in one of these can change what is found in any file. */
const settings = /^(\.ox(lint|fmt)rc\.json|package-lock\.json|(.*\/)?tsconfig\.json)$/;
const lintable = /\.(ts|mts|js|cjs|mjs)$/;

async function main(): Promise<void> {
  const changed = await changedFiles(projectRoot);
  const everything = !changed || changed.some((file) => settings.test(file));
  const files = everything ? ['.'] : changed;
  const sources = everything ? files : files.filter((file) => lintable.test(file));
  console.log(everything ? 'Checking all files.' : `Checking ${files.length} changed files.`);
  const passed = await Promise.all([
    check('oxlint/bin/oxlint', ['--no-error-on-unmatched-pattern'], sources),
    check('oxfmt/bin/oxfmt', ['--check', '--no-error-on-unmatched-pattern'], files),
  ]);
  if (passed.includes(false)) process.exitCode = 1;
}

/** Runs a tool, which prints what it finds. @returns whether it found nothing */
async function check(
  program: string,
  options: readonly string[],
  files: readonly string[],
): Promise<boolean> {
  if (files.length === 0) return true;
  try {
    await runNode([path.join('node_modules', program), ...options, '--', ...files], projectRoot);
    return true;
  } catch {
    // The error would only repeat the names of all the files.
    console.error(`${path.basename(program)} failed.`);
    return false;
  }
}

void main();
