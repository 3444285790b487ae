import { accessSync, constants } from 'node:fs';
import * as path from 'node:path';
import { chromium } from '@playwright/test';
import { projectRoot } from './paths';
import { run, runNode } from './run';

/** Debian's name of a Chromium without windows. */
const HEADLESS_SHELL = 'chromium-headless-shell';

/** Makes Chromium keep to itself, start as root in a container, and collect garbage less often. */
export const browserArguments: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Megabytes: opening a workbench fills the usual ones many times.
  '--js-flags=--min-semi-space-size=32 --max-semi-space-size=64',
];

/**
 * The path of a Chrome or Chromium; installs one where there is none. The environment's CHROME_PATH chooses another.
 * @param shown whether the browser is to have windows; without, one that cannot have any is preferred, because it opens pages
 * with a third of the work
 */
export async function provisionBrowser({ shown = false } = {}): Promise<string> {
  const present = findBrowser(shown);
  if (present) return present;
  console.error('There is no Chrome or Chromium on this machine; installing Chromium (once) …');
  if (!(process.getuid?.() === 0 && (await installWithApt(shown)))) {
    await runNode([path.join(projectRoot, 'node_modules/@playwright/test/cli.js'), 'install', 'chromium']);
  }
  const installed = findBrowser(shown);
  if (!installed) throw new Error('Chromium was installed but not found. Set CHROME_PATH to its executable.');
  return installed;
}

/** Tells whether it succeeded; not every Linux has apt, nor Chromium in it. */
async function installWithApt(shown: boolean): Promise<boolean> {
  const browser = shown ? 'chromium' : HEADLESS_SHELL;
  const packages = [browser, 'fonts-liberation', 'fonts-noto-color-emoji'];
  try {
    await run('apt-get', ['update', '-q']);
    await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...packages]);
    return true;
  } catch (error) {
    console.error(`Chromium does not come with apt here: ${String(error)}`);
    return false;
  }
}

function findBrowser(shown: boolean): string | undefined {
  const chosen = process.env['CHROME_PATH'];
  if (chosen) return [chosen].find(isRunnable);
  const shells = shown ? [] : onPath([HEADLESS_SHELL]);
  return [...shells, ...installedBrowsers(), chromium.executablePath()].find(isRunnable);
}

/** Where Chrome, Chromium and Edge usually are on this platform. */
function installedBrowsers(): string[] {
  switch (process.platform) {
    case 'darwin':
      return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
        (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
      );
    case 'win32':
      return inEach(
        [process.env['ProgramFiles'], process.env['ProgramFiles(x86)'], process.env['LOCALAPPDATA']],
        [
          'Google/Chrome/Application/chrome.exe',
          'Chromium/Application/chrome.exe',
          'Microsoft/Edge/Application/msedge.exe',
        ],
      );
    default:
      return onPath(['google-chrome', 'google-chrome-stable', 'chromium', 'microsoft-edge']);
  }
}

function onPath(names: readonly string[]): string[] {
  return inEach(process.env['PATH']?.split(path.delimiter) ?? [], names);
}

function inEach(folders: readonly (string | undefined)[], names: readonly string[]): string[] {
  return folders.flatMap((folder) => (folder ? names.map((name) => path.join(folder, name)) : []));
}

function isRunnable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
