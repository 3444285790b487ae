/** Runs test/integration in a desktop VS Code that is downloaded for it: `npm run test:desktop [-- VERSION]`. */
import * as path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { projectRoot } from './paths';
import { runNode } from './run';

async function main(): Promise<void> {
  await runNode(['esbuild.js', 'shipped', 'integration'], projectRoot);
  await runTests({
    version: process.argv[2] ?? 'stable',
    extensionDevelopmentPath: projectRoot,
    extensionTestsPath: path.join(projectRoot, 'dist/test/integration/index.js'),
    launchArgs: ['--disable-extensions', '--disable-workspace-trust'],
  });
}

void main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
