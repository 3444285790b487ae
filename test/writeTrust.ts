/** Writes into docs/trust.md and docs/server.md what the tests of `test/unit/trust` see. */
import { spawn } from 'node:child_process';
import * as path from 'node:path';
import { projectRoot } from './workbench/paths';

const vitest = path.join(projectRoot, 'node_modules/vitest/vitest.mjs');
// One file after the other, for all of them write into the same documents.
const child = spawn(process.execPath, [vitest, 'run', '--no-file-parallelism', 'test/unit/trust'], {
  cwd: projectRoot,
  env: { ...process.env, WRITE_TRUST: '1' },
  stdio: 'inherit',
});
child.once('close', (code) => {
  process.exitCode = code ?? 1;
});
