/**
 * Installs the project's packages where they are missing or out of date, so that every npm script works in a fresh clone.
 * Needs nothing but Node 20. Prints only on stderr: the stdout of a script belongs to the script.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

/** @returns {Record<string, { version?: string, optional?: boolean }>} */
function lockedPackages(lockFile) {
  return existsSync(lockFile) ? JSON.parse(readFileSync(lockFile, 'utf8')).packages : {};
}

const installed = lockedPackages('node_modules/.package-lock.json');
const stale = Object.entries(lockedPackages('package-lock.json')).some(
  ([folder, { version, optional }]) =>
    folder !== '' && installed[folder]?.version !== version && !(optional && !installed[folder]),
);

if (stale) {
  console.error('Installing the packages of package-lock.json …');
  // A first installation is exact; a later one only brings what changed. The lock file says what each package must be, so that
  // there is no need to ask whether what npm has in its cache is up to date.
  const npmArguments = [
    existsSync('node_modules') ? 'install' : 'ci',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
  ];
  const npm = process.env.npm_execpath;
  const stdio = ['inherit', process.stderr, process.stderr];
  const { status } = npm?.endsWith('npm-cli.js')
    ? spawnSync(process.execPath, [npm, ...npmArguments], { stdio })
    : spawnSync(['npm', ...npmArguments].join(' '), { stdio, shell: true });
  process.exit(status ?? 1);
}
