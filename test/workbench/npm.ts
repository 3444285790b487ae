import { run } from './run';

/** How to run npm: the one that runs us, if any, since a shell script cannot be spawned on every platform. */
export function npmCommand(args: readonly string[]): { command: string; args: readonly string[] } {
  const cli = process.env['npm_execpath'];
  return cli?.endsWith('npm-cli.js')
    ? { command: process.execPath, args: [cli, ...args] }
    : { command: 'npm', args };
}

/** Runs npm quietly in a folder; see `run` for errors. */
export async function npm(args: readonly string[], cwd: string): Promise<void> {
  const { command, args: all } = npmCommand([...args, '--no-audit', '--no-fund', '--loglevel=error']);
  await run(command, all, cwd);
}
