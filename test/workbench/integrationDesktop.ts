/**
 * Runs test/integration in a desktop VS Code that is downloaded for it:
 * `npm run test:desktop [-- newest|oldest|insiders|VERSION]`. Without a screen, on Linux: `xvfb-run -a npm run test:desktop`.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { desktopVersion } from './desktopVersion';
import { projectRoot, resultsRoot } from './paths';
import { runNode } from './run';
import { quietSettings } from './settings';

async function main(): Promise<void> {
  const manifest = await readFile(path.join(projectRoot, 'package.json'), 'utf8');
  const { engines } = JSON.parse(manifest) as { readonly engines: { readonly vscode: string } };
  const version = desktopVersion(process.argv[2], engines.vscode);
  await runNode(['esbuild.js', 'shipped', 'integration'], projectRoot);
  const results = path.join(resultsRoot, 'desktop');
  await rm(results, { recursive: true, force: true });
  await mkdir(results, { recursive: true });
  // Its path is part of that of a socket, which must not be long.
  const userData = await mkdtemp(path.join(tmpdir(), 'mailbox-'));
  await mkdir(path.join(userData, 'User'));
  await writeFile(path.join(userData, 'User/settings.json'), JSON.stringify(quietSettings));
  try {
    await runTests({
      version,
      extensionDevelopmentPath: projectRoot,
      extensionTestsPath: path.join(projectRoot, 'dist/test/integration/index.js'),
      extensionTestsEnv: {
        MAILBOX_TEST_REPORT: path.join(results, 'integration.json'),
        MAILBOX_TEST_RESULTS: results,
      },
      launchArgs: [
        `--user-data-dir=${userData}`,
        ...['--disable-extensions', '--disable-workspace-trust', '--skip-welcome', '--skip-release-notes'],
        // A runner has no keyring.
        ...(process.platform === 'linux' ? ['--password-store=basic'] : []),
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    });
  } finally {
    await rm(userData, { recursive: true, force: true, maxRetries: 5 });
  }
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
