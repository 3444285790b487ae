import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { cleanEnvironment } from './environment';
import { projectRoot } from './paths';
import { quietSettings } from './settings';

/** The command that opens an installed VS Code recent enough for the extension, if there is one. */
export function findDesktop(): string | undefined {
  // In a remote terminal, or in WSL, `code` talks to a VS Code on another machine that does not see our files.
  if (process.env['VSCODE_IPC_HOOK_CLI'] ?? process.env['WSL_DISTRO_NAME']) return undefined;
  const { engines } = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as {
    engines: { vscode: string };
  };
  const [oldestMajor = 0, oldestMinor = 0] = numbers(engines.vscode);
  return ['code', 'code-insiders', 'codium'].find((command) => {
    // Through a shell, because on Windows the command is a batch file.
    const { stdout } = spawnSync(`${command} --version`, { shell: true, encoding: 'utf8' });
    const [major = 0, minor = 0] = numbers(stdout);
    return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  });
}

function numbers(text: string): number[] {
  return (text.match(/\d+/g) ?? []).map(Number);
}

/** Opens VS Code with the extension under development and a profile of its own, and does not wait for it. */
export async function openDesktop(command: string, env: Readonly<Record<string, string>>): Promise<void> {
  const profile = await mkdtemp(path.join(tmpdir(), 'mailbox-'));
  await mkdir(path.join(profile, 'User'));
  await writeFile(path.join(profile, 'User/settings.json'), JSON.stringify(quietSettings));
  const args = [
    '--new-window',
    `--extensionDevelopmentPath=${projectRoot}`,
    `--user-data-dir=${profile}`,
    ...['--disable-extensions', '--disable-workspace-trust', '--skip-welcome', '--skip-release-notes'],
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
  const options = { stdio: 'inherit', env: { ...cleanEnvironment(), ...env } } as const;
  const child =
    process.platform === 'win32'
      ? spawn([command, ...args.map((argument) => `"${argument}"`)].join(' '), { ...options, shell: true })
      : spawn(command, args, options);
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`"${command}" ended with code ${String(code)}.`);
}
