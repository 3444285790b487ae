/** Writes what tests see into the documents that they hold to: `tsx test/writeDocument.ts test/unit/trust`, or other tests. */
import { spawn } from 'node:child_process';
import * as path from 'node:path';
import { projectRoot } from './workbench/paths';

const vitest = path.join(projectRoot, 'node_modules/vitest/vitest.mjs');
// One file after the other, for several of them write into the same document.
const child = spawn(process.execPath, [vitest, 'run', '--no-file-parallelism', ...process.argv.slice(2)], {
  cwd: projectRoot,
  env: { ...process.env, WRITE_DOCUMENTS: '1' },
  stdio: 'inherit',
});
child.once('close', (code) => {
  process.exitCode = code ?? 1;
});
