import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../builders/freePort';
import { npmCommand } from '../../workbench/npm';
import { projectRoot } from '../../workbench/paths';

// On Windows nothing tells a process that its shell is gone.
test.skipIf(process.platform === 'win32')(
  'npm run emulator prints one line of JSON and ends when npm is terminated',
  async () => {
    const { command, args } = npmCommand([
      'run',
      '--silent',
      'emulator',
      '--',
      '--port',
      String(await freePort()),
    ]);
    const npm = spawn(command, args, { cwd: projectRoot, stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void npm.kill('SIGTERM'));
    const lines: string[] = [];
    const output = createInterface(npm.stdout).on('line', (line) => lines.push(line));
    await Promise.race([once(output, 'line'), once(output, 'close')]);
    const { url } = JSON.parse(lines.join('\n')) as { url: string };
    expect((await fetch(`${url}/restapi/v1.0/account/~/extension/~`)).status).toBe(401);

    npm.kill('SIGTERM');

    // The emulator holds the other end of the pipe, so this is its end as well as npm's.
    await once(output, 'close');
    await expect(fetch(url)).rejects.toThrow('fetch failed');
    expect(lines).toHaveLength(1);
  },
);
