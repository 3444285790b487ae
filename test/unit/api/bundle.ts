import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';

/**
 * Bundles a script as the extension is bundled, runs it in a process of its own, and gives what it prints.
 * @param script TypeScript; imports are relative to the project's root
 */
export async function runBundled(script: string, environment: Record<string, string> = {}): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'mailbox-api-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const outfile = path.join(directory, 'script.cjs');
  await build({
    stdin: { contents: script, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    outfile,
  });
  const { stdout } = await promisify(execFile)(process.execPath, [outfile], {
    env: { ...process.env, ...environment },
  });
  return stdout.trim();
}
