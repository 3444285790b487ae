import { spawn } from 'node:child_process';

/**
 * Runs a program to its end with its output on stderr, where progress belongs.
 * @throws Error naming the command when it cannot be started or ends with another code than 0.
 */
export async function run(command: string, args: readonly string[], cwd?: string): Promise<void> {
  const child = spawn(command, args, {
    stdio: ['ignore', process.stderr, process.stderr],
    ...(cwd && { cwd }),
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`"${command} ${args.join(' ')}" ended with code ${String(code)}.`);
}

/** Runs a Node program, e.g. a package's command line, with the Node that runs this one. */
export async function runNode(args: readonly string[], cwd?: string): Promise<void> {
  await run(process.execPath, args, cwd);
}
