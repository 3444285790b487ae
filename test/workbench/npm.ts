/** How to run npm: the one that runs us, if any, since a shell script cannot be spawned on every platform. */
export function npmCommand(args: readonly string[]): { command: string; args: readonly string[] } {
  const cli = process.env['npm_execpath'];
  return cli?.endsWith('npm-cli.js')
    ? { command: process.execPath, args: [cli, ...args] }
    : { command: 'npm', args };
}
