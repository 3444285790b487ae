/**
 * Runs unit tests in the Node of the oldest VS Code that `engines.vscode` allows: of what rests on what Node brings, its SQLite,
 * HTTP, streams and files. What is decided above that is the same on any Node, and the integration tests see it in that VS Code.
 * Arguments go to Vitest: names of files, for example.
 */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import * as path from 'node:path';
import { projectRoot } from './workbench/paths';
import { provisionNode } from './workbench/provisionNode';

/** Of the extension host of VS Code 1.107 and 1.108. */
const NODE = '22.21.1';

const EXCLUDED = [
  // Runs npm, with whatever Node that has, and builds what another run may be using.
  'emulator/npmRunEmulator',
  // What is made of answers, which is the same on any Node.
  ...['api/connectionCheck', 'api/exchanges', 'mailbox/content/wrongContent'],
].map((name) => `test/unit/${name}.test.ts`);

const INCLUDED = [
  ...['api', 'storage', 'emulator', 'mailbox/store', 'mailbox/content'].map(
    (folder) => `${folder}/**/*.test.ts`,
  ),
  'util/decodeText.test.ts',
  // What strangers send, down to SQLite; what happens to files and windows, with all that is above them.
  ...['damagedRecords', 'model', 'deletionProperty', 'windows', 'replacedStore', 'fullDisk'].map(
    (name) => `mailbox/${name}.test.ts`,
  ),
].map((name) => `test/unit/${name}`);

async function main(): Promise<void> {
  const node = await provisionNode(NODE);
  const [, , ...given] = process.argv;
  const vitest = path.join(projectRoot, 'node_modules/vitest/vitest.mjs');
  const report = '--outputFile.json=test-results/unit-node22.json';
  const args = [vitest, 'run', report, ...(given.length > 0 ? given : tests())];
  // What random values find they find in any version; here it is about what this one does otherwise.
  const env = { PROPERTY_RUNS: '0.2x', MODEL_RUNS: '8', ...process.env };
  const child = spawn(node, args, { cwd: projectRoot, env, stdio: 'inherit' });
  process.exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** Paths; whatever Vitest is told to leave out by its command line does not hold for its projects. */
function tests(): readonly string[] {
  return globSync(INCLUDED, { cwd: projectRoot, exclude: EXCLUDED });
}

void main();
